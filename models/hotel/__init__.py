"""The hotel: rooms, rates, reservations, stays, postings, the night audit."""
