"""Pay codes as payments of open work."""
