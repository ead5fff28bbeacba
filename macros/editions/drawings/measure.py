"""How wide Japanese words are, and where a line of them may end."""

import unicodedata

# a line does not begin with these, nor end with those
NOT_FIRST = set("、。，．・：；？！）」』】〕〉》ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々,.:;)%＊")
NOT_LAST = set("（「『【〔〈《([")
WIDE = {"W", "F", "A"}


def width(text: str, size: float) -> float:
    """Return the width of a text: a full-width letter is as wide as high, others somewhat over half."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in WIDE else 0.6 for letter in text) * size


def fold(text: str, size: float, room: float) -> list[str]:
    """Return a text as lines no wider than `room`; Latin words stay whole, no letter or two end alone."""
    lines = _fold(text, size, room)
    if len(lines) > 1 and len(lines[-1]) < 4:
        even = _fold(text, size, width(text, size) / len(lines) + 2 * size)
        return even if len(even) == len(lines) else lines
    return lines


def _fold(text: str, size: float, room: float) -> list[str]:
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width(line + piece, size) > room and piece[0] not in NOT_FIRST:
            carried = line[-1] if line[-1] in NOT_LAST else ""
            lines.append(line.removesuffix(carried) if carried else line)
            line = carried
        line += piece
    return [part.strip() for part in [*lines, line] if part.strip()]


def _pieces(text: str) -> list[str]:
    """Return what may not be parted: one full-width letter, or a run of others."""
    pieces: list[str] = []
    for letter in text:
        narrow = unicodedata.east_asian_width(letter) not in WIDE and letter != " "
        if narrow and pieces and pieces[-1][-1].isascii() and pieces[-1] != " ":
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces
