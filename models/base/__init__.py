"""Money, quantities, rates, keys, the database: what every trade stands on."""
