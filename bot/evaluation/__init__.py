"""How good and how fast the assistant is, measured on questions it has not seen and beside what is usual."""
