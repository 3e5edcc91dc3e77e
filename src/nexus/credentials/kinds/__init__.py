"""The kinds of credentials, one module each; ``identifying`` has the table of them."""
