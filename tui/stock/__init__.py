"""The store room on the screen: stocktakes."""
