"""The Word editions."""
