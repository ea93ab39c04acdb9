"""The shop: bills while they grow, and sales."""
