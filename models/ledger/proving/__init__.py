"""Proof: what must hold of documents, drawers, debts and seals; and the store put back."""
