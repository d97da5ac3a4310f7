"""Output for MkDocs, browsers and web servers."""
