"""Conversion of Markdown to the HTML that site and print share."""
