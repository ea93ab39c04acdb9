"""A guest's account on the screen: posted to, corrected, paid, checked out."""
