"""Rules on the form of one text: headings, lists, notes, links, length."""
