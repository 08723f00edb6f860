"""Text as numbers: a tuned multilingual encoder that needs no model hub, run without PyTorch."""
