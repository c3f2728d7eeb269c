"""The command line: `forum …`."""
