"""The hub's own repository says what is, and its links lead somewhere."""
