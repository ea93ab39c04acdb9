"""Money in and out: the one taking of payments, payments of open work, refunds."""
