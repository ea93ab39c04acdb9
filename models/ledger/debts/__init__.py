"""What is owed: items of an account, payments on account, accounts put right, tax invoices."""
