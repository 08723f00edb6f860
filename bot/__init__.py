"""The assistant of a ward's one-stop counter: finds the procedure a citizen means and says what its record holds."""
