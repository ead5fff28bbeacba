"""The picture of a page that a link to it shows elsewhere (og:image)."""

import shutil
import struct
from html import unescape
from pathlib import Path

import pytest

from macros.editions.pdf.cards import FOLDER, Card, cards_of, drawn, write_cards
from tests.conftest import PUBLIC
from tests.pages import BuiltPage, read_pages

SOME = ("index.html", "methods/index.html", "methods/a3/index.html", "embed/event/index.html", "404.html")
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def some(public_site: Path, tmp_path: Path) -> Path:
    """A few of the built pages."""
    for name in SOME:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(public_site / name, tmp_path / name)
    return tmp_path


def meta(page: BuiltPage) -> dict[str, str]:
    named = page.tree.css("meta[property], meta[name]")
    return {
        str(one.attributes.get("property") or one.attributes["name"]): one.attributes["content"] or "" for one in named
    }


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(PNG)
    return struct.unpack(">II", picture[16:24])


def test_every_page_with_an_address_has_one_of_its_own(public_site: Path) -> None:
    linked = {page.address: meta(page) for page in read_pages(public_site).values() if "og:url" in meta(page)}
    cards = {f"{PUBLIC}{card.page.parent.as_posix()}/".replace("/./", "/"): card for card in cards_of(public_site)}
    assert len(cards) > 50
    assert set(cards) == {told["og:url"] for told in linked.values()}
    assert len({card.name for card in cards.values()}) == len(cards)
    for told in linked.values():
        card = cards[told["og:url"]]
        assert (card.title, card.words) == (told["og:title"], told["og:description"])


def test_a_page_says_below_which_it_lies(public_site: Path) -> None:
    kinds = {card.page.as_posix(): card.kind for card in cards_of(public_site)}
    assert kinds["methods/a1/index.html"] == "取組方法をくらべる"
    assert kinds["methods/index.html"] == kinds["index.html"] == ""


def test_the_head_names_a_picture_that_is_there(some: Path) -> None:
    before = {name: (some / name).read_text(encoding="utf-8") for name in SOME}
    write_cards(some, PUBLIC)
    pages = read_pages(some)
    for address, name in (("/", "index"), ("/methods/", "methods"), ("/methods/a3/", "methods-a3")):
        told = meta(pages[address])
        assert told["og:image"] == f"{PUBLIC}{FOLDER.as_posix()}/{name}.png"
        assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
        assert told["og:title"] in told["og:image:alt"]
        assert told["twitter:card"] == "summary_large_image"
        assert size((some / FOLDER / f"{name}.png").read_bytes()) == (1200, 630)
    assert len(list((some / FOLDER).iterdir())) == 3
    for name in ("embed/event/index.html", "404.html"):
        assert (some / name).read_text(encoding="utf-8") == before[name]


def test_a_site_without_an_address_has_none(some: Path) -> None:
    before = {name: (some / name).read_bytes() for name in SOME}
    write_cards(some, "")
    assert {name: (some / name).read_bytes() for name in SOME} == before
    assert not (some / FOLDER).exists()


def test_words_stay_words_and_come_out_the_same_each_time(some: Path) -> None:
    odd = '#panic("x") $x$ *太字* \\ "引用" <script>&amp; @label // `'
    page = Path("index.html")
    card, plain = Card(page, odd, odd, odd, odd), Card(page, "あ", "", "い", "う")
    assert drawn([card, plain]) == drawn([card, plain])
    assert drawn([card]) != drawn([plain])
    html = (some / page).read_text(encoding="utf-8")
    title = '「A」&"B"<C>'
    escaped = title.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    start = html.index('<meta property="og:title"')
    end = html.index(">", start) + 1
    (some / page).write_text(f'{html[:start]}<meta property="og:title" content="{escaped}">{html[end:]}', "utf-8")
    write_cards(some, PUBLIC)
    alt = next(line for line in (some / page).read_text(encoding="utf-8").splitlines() if "og:image:alt" in line)
    assert title in unescape(alt)
    assert alt.count('"') == 4
