"""The front desk: arrivals, moves, departures, of one guest and of a group."""
