"""The pictures in the README show the site, and can be taken anew."""

import re
import struct
from pathlib import Path

from playwright.sync_api import Browser

from tests.readme_pictures import HEIGHT, PICTURES, SHOWN, WIDTH, take

SIZE = 200_000


def size(picture: Path) -> tuple[int, int]:
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG")
    assert len(content) <= SIZE
    return struct.unpack(">II", content[16:24])


def test_the_readme_shows_each_picture_with_words_for_it(root: Path) -> None:
    shown = re.findall(r"!\[(.*?)\]\((.*?)\)", (root / "README.md").read_text(encoding="utf-8"))
    assert [place for _, place in shown] == [f".github/pictures/{name}.png" for name in SHOWN]
    assert all(len(words) > 20 for words, _ in shown)
    assert {size(root / place) for _, place in shown} == {(WIDTH, HEIGHT)}
    assert {path.stem for path in PICTURES.iterdir()} == set(SHOWN)


def test_the_pictures_can_be_taken_anew(site: Path, tmp_path: Path, browser: Browser) -> None:
    take(tmp_path, site, browser)
    taken = {path.stem: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(taken) == set(SHOWN)
    assert len(set(taken.values())) == len(SHOWN)
    assert {size(path) for path in tmp_path.iterdir()} == {(WIDTH, HEIGHT)}
