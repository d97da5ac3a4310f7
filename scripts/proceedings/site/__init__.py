"""What MkDocs, browsers and web servers get."""
