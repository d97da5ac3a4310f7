"""Rules on words, characters, numbers and dates."""
