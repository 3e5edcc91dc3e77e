"""Real servers and a real browser for the tests that need them."""
