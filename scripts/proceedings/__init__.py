"""Conference proceedings: a plan and speeches, read into a typed model and rendered as site and book."""
