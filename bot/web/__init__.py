"""The public gateway: the only door that faces people."""
