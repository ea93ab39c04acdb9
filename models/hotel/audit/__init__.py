"""The night audit: what is answered, posted and proved before a house turns its date."""
