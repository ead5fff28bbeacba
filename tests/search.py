"""Questions to the search and how good the answers are. README of the query file: tests/search-queries.json.

`class` is how the query is typed, `any` what answers it: a result whose address begins with one that starts
with `/`, or whose title holds one of the others; `later` holds what came to answer it after it was written, which no
first run counted. `round` 1 was written before the ranking, 2 and 3 after it
worked on the round before, 4 with the calculators, 5 to 9 later; what they said on their first run is in
decisions/0010.
"""

import json
import statistics
import subprocess
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

TESTS = Path(__file__).parent
DEEPEST = 10


@dataclass(frozen=True)
class Query:
    """A query as typed and what answers it."""

    kind: str
    text: str
    any: tuple[str, ...]

    def answered_by(self, title: str, address: str) -> bool:
        """Tell whether a result is what the query wants."""
        return any(address.startswith(one) if one.startswith("/") else folded(one) in folded(title) for one in self.any)


def folded(text: str) -> str:
    """Return a title or name as the judgement compares them."""
    return "".join(unicodedata.normalize("NFKC", text).lower().replace("・", "").split())


def queries() -> list[Query]:
    """Return all queries that have an answer."""
    rows = json.loads((TESTS / "search-queries.json").read_text(encoding="utf-8"))
    return [Query(row["class"], row["query"], (*row["any"], *row.get("later", ()))) for row in rows]


def unseen(rounds: range) -> list[Query]:
    """Return the queries of some rounds, each written by readers of several kinds (`brief`) before any answer was seen."""
    rows = json.loads((TESTS / "search-unseen.json").read_text(encoding="utf-8"))
    return [
        Query(row["class"], row["query"], (*row["any"], *row.get("later", ())))
        for row in rows
        if row["round"] in rounds
    ]


def unanswerable(rounds: range) -> list[str]:
    """Return what the readers of some rounds asked though nothing here answers it."""
    rows = json.loads((TESTS / "search-unseen-nonsense.json").read_text(encoding="utf-8"))
    return [row["query"] for row in rows if row["round"] in rounds]


def nonsense() -> list[str]:
    """Return queries that nothing on the site answers."""
    return json.loads((TESTS / "search-nonsense.json").read_text(encoding="utf-8"))


def ask(site: Path, texts: list[str], times: int = 1) -> dict[str, Any]:
    """Ask the engine of a built site in the Node that comes with Playwright."""
    node = compute_driver_executable()[0]
    command = [node, str(TESTS / "ask.js"), str(site), str(times)]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)


def rank(query: Query, results: list[dict[str, str]]) -> int:
    """Return the place of the first result that answers, 0 for none."""
    places = (place for place, one in enumerate(results, 1) if query.answered_by(one["title"], one["address"]))
    return next(places, 0)


@dataclass
class Score:
    """How a class of queries is answered."""

    count: int
    first: float
    five: float
    mrr: float
    zero: float


def scores(asked: list[Query], answers: list[list[dict[str, str]]]) -> dict[str, Score]:
    """Return the score of each class, and of all under `all`."""
    by_kind: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for query, results in zip(asked, answers, strict=True):
        for kind in (query.kind, "all"):
            by_kind[kind].append((rank(query, results), len(results)))
    total = by_kind.pop("all")
    return {kind: _score(places) for kind, places in [*by_kind.items(), ("all", total)]}


def _score(places: list[tuple[int, int]]) -> Score:
    ranks = [place for place, _ in places]
    return Score(
        len(places),
        statistics.mean(place == 1 for place in ranks),
        statistics.mean(1 <= place <= 5 for place in ranks),
        statistics.mean(1 / place if 1 <= place <= DEEPEST else 0 for place in ranks),
        statistics.mean(count == 0 for _, count in places),
    )
