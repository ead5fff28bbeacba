"""Puts a built site on a host, and looks after what it has to do with the outside world. Python's own library only."""
