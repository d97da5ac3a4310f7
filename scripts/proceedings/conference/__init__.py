"""The conference model: its data types, its construction from documents, and data derived from it."""
