"""Lays out the stacked bars of a survey table."""

from ...models import Table
from .drawing import WIDTH, Canvas, Words
from .layouts import Clean
from .measure import width

# dark and light in turn: neighbours differ without colour too
SHADES = (
    ("#14503c", "#ffffff"),
    ("#b9dccd", "#1d2523"),
    ("#3f6f9e", "#ffffff"),
    ("#f0d9a8", "#1d2523"),
    ("#7a2f12", "#ffffff"),
    ("#d9dedb", "#1d2523"),
)
NARROWEST = 34.0


def chart(canvas: Canvas, table: Table, clean: Clean) -> None:
    """Draw a key and one bar a row; numbers that do not fit stand below."""
    for number, column in enumerate(table.columns, 1):
        canvas.box(0.5, canvas.y + 4, 22, 13, fill=shade(number)[0])
        canvas.y = canvas.write([Words(f"{number}　{clean(column.label)}", 13)], 32, canvas.y, WIDTH - 32)
    for row in table.rows:
        canvas.y = canvas.write([Words(clean(row.label), 13, bold=True)], 0, canvas.y + 6, WIDTH)
        bar(canvas, row.values)


def bar(canvas: Canvas, values: list[int]) -> None:
    """Draw the parts of one bar."""
    start, total, low = 0.0, sum(values), False
    for number, value in enumerate(values, 1):
        wide = WIDTH * value / total
        fill, ink = shade(number)
        canvas.parts.append(
            f'<rect x="{start:.1f}" y="{canvas.y:.1f}" width="{wide:.1f}" height="30" fill="{fill}" stroke="#ffffff"/>'
        )
        fits = wide >= max(NARROWEST, width(str(value), 13))
        look = Words("", 13, bold=True, colour=ink if fits else "#1d2523")
        canvas.line_of_text(str(value), look, start + wide / 2, canvas.y + (25 if fits else 48), centre=True)
        low, start = low or not fits, start + wide
    canvas.y += 52 if low else 36


def shade(number: int) -> tuple[str, str]:
    """Return the colours of a part and of the number in it."""
    return SHADES[(number - 1) % len(SHADES)]
