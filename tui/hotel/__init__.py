"""The hotel: what its desk sees."""
