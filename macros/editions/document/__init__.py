"""A built page as a tree of blocks, from which PDF and Word are written."""
