"""Money and debt: accounts, documents, shifts, days, tenders, receivables and payables, proof."""
