"""What every request passes before a door opens, and every response on its way out."""
