"""A real hub in a real browser."""
