"""The PDF editions: document trees as Typst, and the press."""
