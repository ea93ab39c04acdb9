"""Before the arrival: bookings, blocks of groups, other dates, cancelling."""
