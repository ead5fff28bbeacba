"""The Word editions and the planning sheets."""
