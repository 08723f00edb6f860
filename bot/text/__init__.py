"""Vietnamese as text: pure functions over strings, and the reading of a message before anything else looks at it."""
