"""The header examples in `hosting/`: frames for the calculators only, and the same for every kind of host."""

import re
from pathlib import Path

import pytest

from tests.calculator_tools import IDS

HOSTING = Path(__file__).parent.parent / "hosting"
OTHERS = ["/", "/embed/", "/calculators/event/", "/downloads/site.zip", "/embed/resize.js"]


def cloud_rules(address: str) -> dict[str, str]:
    """What a host that reads `_headers` sends: rules add up, `!` takes away."""
    sent: dict[str, str] = {}
    for block in re.split(r"\n(?=/)", (HOSTING / "_headers").read_text(encoding="utf-8")):
        path, *lines = [line for line in block.splitlines() if line and not line.startswith("#")] or [""]
        if path and re.fullmatch(path.replace("*", ".*"), address):
            for line in map(str.strip, lines):
                if line.startswith("! "):
                    sent.pop(line[2:], None)
                else:
                    key, _, value = line.partition(": ")
                    assert key not in sent, (address, key)
                    sent[key] = value
    return sent


@pytest.mark.parametrize("name", IDS)
def test_calculators_may_be_framed(name: str) -> None:
    assert cloud_rules(f"/embed/{name}/")["Content-Security-Policy"] == "frame-ancestors *"


@pytest.mark.parametrize("address", OTHERS)
def test_nothing_else_may_be_framed(address: str) -> None:
    sent = cloud_rules(address)
    assert sent["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert (sent["X-Content-Type-Options"], sent["Referrer-Policy"]) == ("nosniff", "no-referrer")


@pytest.mark.parametrize("file", ["nginx.conf", "apache.conf"])
def test_the_pattern_of_other_hosts_means_the_same(file: str) -> None:
    text = (HOSTING / file).read_text(encoding="utf-8")
    pattern = re.search(r"\^/embed/\[a-z\]\[a-z-\]\*/", text)
    assert pattern
    assert all(re.match(pattern[0], f"/embed/{name}/") for name in IDS)
    assert not any(re.match(pattern[0], address) for address in OTHERS)
    assert {"frame-ancestors *", "frame-ancestors 'none'"} <= set(re.findall(r'frame-ancestors [^"]+', text))
    assert {"nosniff", "no-referrer"} <= set(re.findall(r"[a-z-]+", text))
