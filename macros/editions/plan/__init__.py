"""Documents made from a plan: their templates, what fills them, the scripts that do the same in the browser."""
