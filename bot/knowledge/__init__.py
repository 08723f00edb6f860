"""What the ward knows: the model of a procedure and of a ward, loading and checking."""
