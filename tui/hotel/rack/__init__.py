"""The room rack and the chart of rooms."""
