"""Pay codes at a payment gateway, on the screen."""
