"""Stock: places, moves, cost, and goods that come with an opening stock."""
