"""The picture that a link to a page shows elsewhere (og:image): one a page, set from what the head of the page says.

The pictures are named by their whole address, so a site that does not know its own has none.
"""

import re
import shutil
import tempfile
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path

from . import press
from .typesetting import literal

SHEET = Path(__file__).parent / "card.typ"
FOLDER = Path("assets", "cards")
WIDTH, HEIGHT = 1200, 630
TOLD = re.compile(r'<meta property="og:(\w+)" content="([^"]*)">')
PLACE = '<meta name="twitter:card" content="summary">'


@dataclass(frozen=True)
class Card:
    """What the picture of one page says, and where the page stands in the site."""

    page: Path
    site: str
    kind: str
    title: str
    words: str

    @property
    def name(self) -> str:
        """The file of the picture; the home page's is `index.png`."""
        return f"{'-'.join(self.page.parent.parts) or 'index'}.png"

    def call(self) -> str:
        """Return the call that sets the picture."""
        return f"#card({', '.join(map(literal, (self.site, self.kind, self.title, self.words)))})"


def write_cards(site: Path, address: str) -> None:
    """Draw a picture for every page of the built site and name it in the page's head."""
    if not address:
        return
    cards = cards_of(site)
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for card, picture in zip(cards, drawn(cards), strict=True):
        (folder / card.name).write_bytes(picture)
        path = site / card.page
        named = path.read_text(encoding="utf-8").replace(PLACE, _tags(card, address), 1)
        path.write_text(named, encoding="utf-8")


def cards_of(site: Path) -> list[Card]:
    """Return what the picture of each page that readers may link to says."""
    told = {path.relative_to(site): _told(path) for path in sorted(site.rglob("index.html"))}
    told = {page: words for page, words in told.items() if "url" in words}
    return [
        Card(page, words["site_name"], _kind(page, told), words["title"], words["description"])
        for page, words in told.items()
    ]


def drawn(cards: list[Card]) -> list[bytes]:
    """Return the pictures as PNG, 1,200 by 630 pixels; the same bytes on every machine."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(SHEET, Path(folder) / SHEET.name)
        markup = "\n".join([f'#import "{SHEET.name}": card', *(card.call() for card in cards)])
        return press.sheets(Path(folder), markup, WIDTH / 600)


def _told(path: Path) -> dict[str, str]:
    head = path.read_text(encoding="utf-8").partition("</head>")[0]
    return {name: unescape(content) for name, content in TOLD.findall(head)}


def _kind(page: Path, told: dict[Path, dict[str, str]]) -> str:
    """Return the title of the page that a page lies below; nothing for those at the top."""
    parts = page.parent.parts
    above = Path(parts[0], "index.html") if len(parts) > 1 else page
    return told[above]["title"] if above != page and above in told else ""


def _tags(card: Card, address: str) -> str:
    picture = {
        "": f"{address}{(FOLDER / card.name).as_posix()}",
        ":type": "image/png",
        ":width": str(WIDTH),
        ":height": str(HEIGHT),
        ":alt": f"ページの題「{card.title}」とサイトの名前",
    }
    tags = [f'<meta property="og:image{name}" content="{escape(value)}">' for name, value in picture.items()]
    return "\n  ".join([*tags, PLACE.replace("summary", "summary_large_image")])
