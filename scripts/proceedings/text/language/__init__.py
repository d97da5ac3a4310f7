"""How Vietnamese texts write dates, document numbers and syllables: one grammar for each, used by all others."""
