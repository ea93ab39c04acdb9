"""The office: home, settings, approvals, devices, what is printed, the log."""
