"""What is charged on guests' folios: services, nights, packages, fees; and how it is put right."""
