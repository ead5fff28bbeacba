"""The editions to take away: PDF, Word, planning sheets and figures, made from the built pages and the data."""


class EditionError(Exception):
    """An edition could not be made; the text names it and what the tool said."""
