"""The formula language: text to tree, units, values, words and rounding."""
