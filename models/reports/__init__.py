"""What the owner and the slips read: queries over what was posted.

Nothing here changes anything.
"""
