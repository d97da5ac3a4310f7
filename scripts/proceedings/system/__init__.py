"""The machine: files and their names, pictures, git, the packages of the operating system."""
