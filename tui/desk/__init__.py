"""The desk: the app, its gate of keys and scans, the frame of every screen, the menu."""
