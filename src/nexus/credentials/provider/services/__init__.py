"""Writes of the provider: registering apps, letting them in, handing tokens out."""
