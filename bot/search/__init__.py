"""Which procedure is meant: vectors, words and folded syllables, fused, and the decision answer / choose / unknown."""
