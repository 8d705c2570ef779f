"""Checks of the arithmetic a text asserts, one file a kind."""
