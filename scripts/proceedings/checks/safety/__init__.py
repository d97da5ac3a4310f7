"""Rules on what must not be published: marks of secrecy, credentials, files of other kinds."""
