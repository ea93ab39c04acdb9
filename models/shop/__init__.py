"""The shop: goods, prices, tax, promotions, stock, purchasing, sales."""
