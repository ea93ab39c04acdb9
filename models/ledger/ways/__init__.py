"""Ways to pay: kinds of tender, the tenders of this store, foreign cash, how cash is rounded."""
