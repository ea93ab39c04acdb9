"""How keys, pastes and scans enter, what keys are called, and numbers as they are typed."""
