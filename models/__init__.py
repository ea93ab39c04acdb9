"""What is true without a screen or a device: the trades, their rules and their books."""

# Here, because it must come before anything that imports peewee.
from models.base import late_driver as late_driver
