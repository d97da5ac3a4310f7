"""Conference materials: a plan and its speeches, read into one typed model and rendered as site and book."""
