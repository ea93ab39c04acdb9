"""The salon on the screen."""
