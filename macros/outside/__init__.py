"""Looks at what is out there: links, and pages that hold our frames."""
