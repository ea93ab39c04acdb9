"""What goes on paper, and how it gets there."""
