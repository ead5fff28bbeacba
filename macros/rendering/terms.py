"""Macros of the glossary and the list of documents and sites."""

import unicodedata
from itertools import groupby
from typing import Any

from ..models import Term
from ..models.base import LinkKindRef
from .core import Core
from .register import macro

ROWS = {
    "あ": "あいうえおぁぃぅぇぉ",
    "か": "かきくけこがぎぐげご",
    "さ": "さしすせそざじずぜぞ",
    "た": "たちつてとだぢづでどっ",
    "な": "なにぬねの",
    "は": "はひふへほばびぶべぼぱぴぷぺぽ",
    "ま": "まみむめも",
    "や": "やゆよゃゅょ",
    "ら": "らりるれろ",
    "わ": "わをん",
}
ROW_IDS = dict(zip(ROWS, ["a", "ka", "sa", "ta", "na", "ha", "ma", "ya", "ra", "wa"], strict=True))
TERM_KINDS = {
    "glossary": "概要版の用語解説",
    "footnote": "原資料の脚注",
    "inline": "原資料の本文",
    "used-only": "原資料で使われる語",
    "today": "いまの用語",
}


class Terms(Core):
    """`glossary`, `glossary_search`, `links`."""

    @macro("glossary.yml", home="glossary")
    def glossary(self) -> str:
        """Return the search box, the index by reading and all terms."""
        terms = sorted(self.guide.glossary, key=lambda term: reading_key(term.reading))
        rows = [
            {"row": row, "id": ROW_IDS[row], "terms": list(members)}
            for row, members in groupby(terms, key=lambda term: row_of(term.reading))
        ]
        return self.render("glossary", rows=rows, all_rows=ROW_IDS, kinds=TERM_KINDS, search_keys=search_keys)

    @macro(home="index")
    def glossary_search(self) -> str:
        """Return a small form that opens the glossary with what was typed."""
        return self.render("glossary-search")

    @macro("links.yml", home="links", owed=True)
    def links(self, kind: LinkKindRef) -> str:
        """Return all entries of links.yml of a kind."""
        return self.render("link-list", entries=self.of_kind(self.guide.links, "kind", kind))


def reading_key(reading: str) -> str:
    """Return a reading as it is sorted: unvoiced, without marks."""
    plain = unicodedata.normalize("NFD", reading)
    return "".join(letter for letter in plain if letter.isalpha() and not unicodedata.combining(letter))


def row_of(reading: str) -> str:
    """Return the row of the kana table (あ, か …) a reading belongs to."""
    return next(row for row, letters in ROWS.items() if reading[0] in letters)


def search_keys(term: Term) -> str:
    """Return all that a term may be found by, parted by spaces."""
    keys: list[Any] = [term.term, term.reading, term.english, term.symbol, *term.aliases]
    keys += [part for sub in term.sub_items for part in (sub.term, sub.symbol, sub.english)]
    return " ".join(key for key in keys if key)
