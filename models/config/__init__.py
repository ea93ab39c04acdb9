"""config.toml: what only this machine knows, and the rule of each of its values."""
