"""Attacks and malformed files, and what runs them."""
