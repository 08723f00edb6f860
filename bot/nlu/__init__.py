"""Rasa graph components: our tokenizer and the aspects of a question."""
