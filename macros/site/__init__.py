"""The build: its steps, its builders and what they add to the pages."""
