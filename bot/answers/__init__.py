"""What is said: every word comes from a record, a ward's profile or a fixed phrase; nothing is generated."""
