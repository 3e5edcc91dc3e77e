"""Tests of everything that touches Git, with real repositories and real servers."""
