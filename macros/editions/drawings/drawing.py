"""A canvas for figures: boxes, arrows and real text, written as SVG."""

from dataclasses import dataclass, field
from html import escape

from .measure import fold

WIDTH = 720.0
INK, SOFT, GREEN, LINE, GROUND, PAPER = "#1d2523", "#4b5753", "#14503c", "#6f7f78", "#f4f7f5", "#ffffff"
FONTS = "'Noto Sans CJK JP','Noto Sans JP','BIZ UDPGothic','Hiragino Sans','Yu Gothic',Meiryo,sans-serif"
LEADING = 1.5


@dataclass(frozen=True)
class Words:
    """A paragraph of a figure."""

    text: str
    size: float = 14
    bold: bool = False
    colour: str = INK
    hang: str = ""

    def lines(self, room: float) -> list[str]:
        """Return the paragraph as lines; `hang` stands before the first."""
        return fold(self.text, self.size, room - len(self.hang) * self.size)


@dataclass
class Canvas:
    """Collects the parts of a figure; `y` is where the next one goes."""

    y: float = 0
    parts: list[str] = field(default_factory=list)

    def height_of(self, words: list[Words], room: float) -> float:
        """Return how high paragraphs stand in a width."""
        return sum(len(one.lines(room)) * one.size * LEADING for one in words)

    def write(self, words: list[Words], x: float, y: float, room: float, *, centre: bool = False) -> float:
        """Write paragraphs from `y` down; return where they end."""
        for one in words:
            for number, line in enumerate(one.lines(room)):
                y += one.size * LEADING
                start = x + len(one.hang) * one.size
                if one.hang and not number:
                    self.line_of_text(one.hang, one, x, y)
                self.line_of_text(line, one, x + room / 2 if centre else start, y, centre=centre)
        return y

    def line_of_text(self, text: str, look: Words, x: float, y: float, *, centre: bool = False) -> None:
        """Write one line; `y` is the lower edge of its line box."""
        weight = ' font-weight="700"' if look.bold else ""
        anchor = ' text-anchor="middle"' if centre else ""
        base = y - look.size * 0.38
        self.parts.append(
            f'<text x="{x:.1f}" y="{base:.1f}" font-size="{look.size:g}" fill="{look.colour}"{weight}{anchor}>{escape(text)}</text>'
        )

    def box(self, x: float, y: float, width: float, height: float, *, fill: str = PAPER, stroke: str = LINE) -> None:
        """Draw a box."""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="5" fill="{fill}" stroke="{stroke}"/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, *, dashed: bool = False, colour: str = LINE) -> None:
        """Draw a line."""
        dashes = ' stroke-dasharray="6 4"' if dashed else ""
        self.parts.append(
            f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{colour}" stroke-width="1.6" fill="none"{dashes}/>'
        )

    def arrow(self, x1: float, y1: float, x2: float, y2: float, *, dashed: bool = False) -> None:
        """Draw an arrow, level or upright."""
        self.line(x1, y1, x2, y2, dashed=dashed, colour=GREEN)
        if y1 == y2:
            back = -9 if x2 > x1 else 9
            points = f"{x2:.1f},{y2:.1f} {x2 + back:.1f},{y2 - 5:.1f} {x2 + back:.1f},{y2 + 5:.1f}"
        else:
            points = f"{x2:.1f},{y2:.1f} {x2 - 5:.1f},{y2 - 9:.1f} {x2 + 5:.1f},{y2 - 9:.1f}"
        self.parts.append(f'<polygon points="{points}" fill="{GREEN}"/>')

    def card(
        self,
        words: list[Words],
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        centre: bool = True,
        fill: str = PAPER,
    ) -> None:
        """Draw a box with paragraphs in its middle."""
        self.box(x, y, width, height, fill=fill)
        inside = self.height_of(words, width - 20)
        self.write(words, x + 10, y + (height - inside) / 2, width - 20, centre=centre)

    def svg(self, title: str, alt: str) -> str:
        """Return the figure with its title and what it says in words."""
        height = self.y + 8
        body = "\n".join(self.parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}" height="{height:.0f}" viewBox="0 0 {WIDTH:g} {height:.0f}"'
            f' role="img" aria-labelledby="title desc" xml:lang="ja" font-family="{FONTS}">\n'
            f'<title id="title">{escape(title)}</title>\n<desc id="desc">{escape(alt)}</desc>\n'
            f'<rect width="100%" height="100%" fill="{PAPER}"/>\n{body}\n</svg>\n'
        )
