"""Pay codes at a payment gateway."""
