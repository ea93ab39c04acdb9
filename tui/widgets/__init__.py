"""The widgets of the counter. Each draws its own rows; none parses markup."""
