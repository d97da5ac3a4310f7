"""Attacks and malformed files, and the programs that run them."""
