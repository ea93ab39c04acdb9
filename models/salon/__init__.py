"""The salon: services, appointments, tickets, commission. It may use the shop, never the hotel."""
