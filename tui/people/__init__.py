"""People on the screen: who signs in and approves, staff and roles, companies."""
