"""Random addresses, from one seed: nothing throws, nothing runs, and no number is a wrong one."""

import json
import random
import re
import subprocess
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from macros.calculators.running import run
from tests.calculator_tools import ALLOT, ENGINE, IDS, ROOT, catalogue, close, definition, node

SEED = 20261121
SETS = [one.id for one in catalogue().sets.sets]
READER = ROOT / "tests/parity/address.js"
MORE = ROOT / "docs/assets/js/calculator-more.js"
PIECES = [
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "javascript:alert(1)", "%", "%E0%A4%A", "%00", "\u202e",
    "&", "=", "#", ";", ",", "..", "//", "http://a.example", "a@b.example", "__proto__", "constructor", "toString",
    "NaN", "Infinity", "-0", "1e309", "0x10", "１２０", "1,200", "1,5", "△5", "9" * 40, "　", "\n", "null", "undefined",
    "plan", "actual", "2011", "2026", "guidebook", "own", "forest", "0", "1", "100", "0.5", "environment", "環境課", "😀" * 30,
]  # fmt: skip
QUERY_KEYS = ["factors", "theme", "accent", "title", "org", "lock", "v", "__proto__", "x"]


def some_text(rng: random.Random) -> str:
    text = "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 3)))
    return text if rng.random() < 0.2 else quote(text)


def some_query(rng: random.Random, names: list[str]) -> str:
    def value(key: str) -> str:
        if key == "lock" and rng.random() < 0.7:
            return ",".join(rng.choices(names, k=rng.randint(1, 4)))
        if key == "accent" and rng.random() < 0.7:
            return f"{rng.randrange(1 << 24):06x}"
        return some_text(rng)

    keys = rng.choices(QUERY_KEYS, k=rng.randint(0, 6))
    return "?" + "&".join(f"{key}={value(key)}" for key in keys)


def some_fragment(rng: random.Random, names: list[str]) -> str:
    pairs = [
        f"{name}={some_value(rng)}" for name in rng.choices([*names, "nonsense", "__proto__"], k=rng.randint(0, 12))
    ]
    if rng.random() < 0.3:
        rows = (",".join(some_value(rng) for _ in range(rng.randint(1, 5))) for _ in range(rng.randint(1, 4)))
        pairs.append("rows=" + ";".join(rows))
    return "#" + "&".join(["v=1"] * (rng.random() < 0.9) + pairs)


def some_value(rng: random.Random) -> str:
    return str(round(rng.uniform(0, 5000), rng.randint(0, 3))) if rng.random() < 0.7 else some_text(rng)


def made(count: int) -> list[dict[str, Any]]:
    """Return `count` addresses, shared among the calculators."""
    rng = random.Random(SEED)  # noqa: S311
    jobs = []
    for name in IDS:
        names = list(definition(name)["inputs"])
        each = range(count // len(IDS) // 2)
        jobs.append(
            {
                "name": name,
                "definition": definition(name),
                "queries": [some_query(rng, names) for _ in each],
                "fragments": [some_fragment(rng, names) for _ in each],
            }
        )
    return jobs


@pytest.fixture(scope="module")
def read() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """10,000 addresses with what JavaScript reads of them."""
    jobs = made(10_000)
    command = [node(), str(READER), str(ALLOT), str(ENGINE), str(MORE)]
    done = subprocess.run(command, input=json.dumps(jobs), capture_output=True, text=True, check=True)
    return list(zip(jobs, json.loads(done.stdout), strict=True))


def test_of_a_query_only_what_is_sound_is_left(read: list) -> None:
    for job, found in read:
        for one in found["queries"]:
            assert one["factors"] in {None, *SETS}
            assert one["accent"] is None or re.fullmatch(r"[0-9a-f]{6}", one["accent"])
            assert set(one["lock"]) <= set(job["definition"]["inputs"])
            for name in (one["title"], one["org"]):
                assert len(name) <= 40
                assert not re.search(r"//|:/|@|[\x00-\x1f\u202e]|\w\.[a-z]{2}", name)


def test_a_fragment_gives_the_numbers_of_the_reference(read: list) -> None:
    for job, found in read:
        for text, one in zip(job["fragments"], found["fragments"], strict=True):
            texts = {key: value for key, value in one["texts"].items() if key in job["definition"]["inputs"]}
            rows = one["rows"] if job["definition"]["rows"] else []
            wanted = run(job["definition"], texts, rows)
            assert one["shown"] == wanted.shown, (job["name"], text)
            assert one["problems"] == wanted.problems, (job["name"], text)
            values = wanted.lines | wanted.results
            assert all(close(one["values"][key], values[key]) for key in values), (job["name"], text)


def load_pages(page: Page, count: int) -> None:
    """Open pages with random addresses: nothing is executed and no number is none."""
    page.on("dialog", lambda dialog: pytest.fail(f"executed: {dialog.message}"))
    jobs = made(count * 2)
    for job in jobs:
        for query, fragment in zip(job["queries"], job["fragments"], strict=True):
            page.goto("about:blank")
            page.goto(f"/embed/{job['name']}/{query}{fragment}")
            page.locator("offset-calculator[data-ready]").wait_for()
            values = page.locator("output").evaluate_all("list => list.map((one) => one.dataset.value)")
            assert all(value == "" or re.fullmatch(r"-?\d+(\.\d+)?(e[+-]\d+)?", value) for value in values)
            assert page.locator("main :is(img, script, iframe)").count() == 0


def test_pages_with_random_addresses_behave(new_page: Callable[..., Page]) -> None:
    load_pages(new_page(375, 800), 20)


@pytest.mark.full
def test_many_pages_with_random_addresses_behave(new_page: Callable[..., Page]) -> None:
    load_pages(new_page(375, 800), 300)
