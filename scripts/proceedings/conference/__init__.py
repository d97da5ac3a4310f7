"""The conference as its documents state it: the model, how it is read, and what is derived from it."""
