"""Grammars of Vietnamese dates, document numbers and syllables, shared by all modules."""
