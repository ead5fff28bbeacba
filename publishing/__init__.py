"""Puts a built site on a host, and looks after what the site has to do with the outside world.

`release` and `store` need nothing but Python; the checks read the data and need the environment of `make`.
"""
