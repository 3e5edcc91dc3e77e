"""The commands that make and serve a checkout."""
