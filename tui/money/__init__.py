"""Money on the screen: the shift, the drawer, payment, accounts, the day."""
