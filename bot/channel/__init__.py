"""How Rasa is reached by the gateway, and what it remembers of a conversation: no longer than needed."""
