"""Parsing of a single Markdown file and of the Vietnamese in it; independent of the conference model."""
