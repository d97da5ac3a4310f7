"""Interface to the operating system: file output, file names, pictures, git, required packages."""
