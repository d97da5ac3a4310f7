"""One Markdown file and the language it is written in. Nothing here knows what a conference is."""
