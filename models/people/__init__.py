"""People who are not users: customers, companies, suppliers."""
