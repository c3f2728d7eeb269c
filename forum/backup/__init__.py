"""A whole site in one file, whichever database it is on: `forum backup create|restore`."""
