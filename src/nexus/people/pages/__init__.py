"""The door for browsers: getting in, and looking after one's account."""
