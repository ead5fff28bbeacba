"""Lays out the figures of data/figures: one function for each kind."""

from collections.abc import Callable

from ...models import Arrow, Figure, Node
from .drawing import GREEN, GROUND, PAPER, SOFT, WIDTH, Canvas, Words

GAP = 14.0
Clean = Callable[[str], str]


def node_words(node: Node, clean: Clean) -> list[Words]:
    """Return what stands in the box of a party."""
    listed = [*node.holds, *node.does]
    return [
        Words(clean(node.label), bold=True),
        *([Words(clean(node.role), 12, colour=SOFT)] if node.role else []),
        *(Words(clean(text), 12, hang="・") for text in listed),
    ]


def row_of_nodes(canvas: Canvas, nodes: list[Node], clean: Clean) -> list[float]:
    """Draw parties side by side; return the middle of each."""
    width = (WIDTH - GAP * (len(nodes) - 1)) / len(nodes)
    told = [node_words(node, clean) for node in nodes]
    height = max(canvas.height_of(words, width - 20) for words in told) + 16
    middles = []
    for number, words in enumerate(told):
        x = number * (width + GAP)
        canvas.card(words, x + 0.5, canvas.y, width - 1, height, centre=not any(one.hang for one in words), fill=GROUND)
        middles.append(x + width / 2)
    canvas.y += height
    return middles


def relation(canvas: Canvas, figure: Figure, clean: Clean) -> None:
    """Draw who gives what to whom: parties above, one arrow a row below."""
    middles = row_of_nodes(canvas, figure.nodes, clean)
    places = dict(zip((node.id for node in figure.nodes), middles, strict=True))
    top, lines_at = canvas.y, len(canvas.parts)
    for arrow in figure.arrows:
        draw_arrow(canvas, arrow, places, figure, clean)
    canvas.y += 10
    uprights = Canvas()
    for middle in middles:
        uprights.line(middle, top, middle, canvas.y, colour="#c3cec9")
    canvas.parts[lines_at:lines_at] = uprights.parts
    if any(arrow.certainty == "inferred" for arrow in figure.arrows):
        legend(canvas)


def draw_arrow(canvas: Canvas, arrow: Arrow, places: dict[str, float], figure: Figure, clean: Clean) -> None:
    """Draw one arrow with its label above it, on a ground that covers the uprights."""
    start, end = places[arrow.source], places[arrow.target]
    left, room = min(start, end), abs(end - start) - 24
    words = [Words(clean(arrow.label), 13, bold=True)]
    via = next((node.label for node in figure.nodes if node.id == arrow.via), None)
    words += [Words(f"（{via}を通す）", 12, colour=SOFT)] if via else []
    words += [Words(clean(arrow.detail), 12, colour=SOFT)] if arrow.detail else []
    height = canvas.height_of(words, room)
    canvas.y += 10
    widest = max(len(line) * one.size for one in words for line in one.lines(room))
    canvas.parts.append(
        f'<rect x="{left + 12 + (room - widest) / 2:.1f}" y="{canvas.y:.1f}" width="{widest:.1f}" height="{height:.1f}" fill="{PAPER}"/>'
    )
    canvas.y = canvas.write(words, left + 12, canvas.y, room, centre=True) + 6
    canvas.arrow(start, canvas.y, end, canvas.y, dashed=arrow.certainty == "inferred")


def legend(canvas: Canvas) -> None:
    """Say what a dashed arrow means."""
    told = "破線の矢印の向きと両端は、原資料の文字起こしに残っていないため、言葉の意味からの推定です。"
    canvas.y += 10
    canvas.line(0, canvas.y + 10, 34, canvas.y + 10, dashed=True, colour=GREEN)
    canvas.y = canvas.write([Words(told, 12, colour=SOFT)], 44, canvas.y, WIDTH - 44)


def steps(canvas: Canvas, figure: Figure, clean: Clean) -> None:
    """Draw steps one under the other, with arrows between."""
    for number, item in enumerate(figure.items):
        if number:
            canvas.arrow(WIDTH / 2, canvas.y, WIDTH / 2, canvas.y + 22)
            canvas.y += 22
        words = [Words(clean(item.title), bold=True), *_texts(item, clean)]
        height = canvas.height_of(words, WIDTH - 90) + 18
        canvas.box(0.5, canvas.y, WIDTH - 1, height, fill=GROUND)
        canvas.line_of_text(
            item.mark or "", Words("", 17, bold=True, colour=GREEN), 38, canvas.y + height / 2 + 13, centre=True
        )
        canvas.write(words, 76, canvas.y + 9, WIDTH - 90)
        canvas.y += height


def _texts(item: object, clean: Clean) -> list[Words]:
    text = [Words(clean(item.text), 12.5)] if item.text else []  # type: ignore[attr-defined]
    return text + [Words(clean(one), 12.5, hang="・") for one in item.texts]  # type: ignore[attr-defined]


def groups(canvas: Canvas, figure: Figure, clean: Clean) -> None:
    """Draw groups in two columns under what they belong to."""
    canvas.card(
        [Words(clean(figure.centre or ""), 16, bold=True, colour=PAPER)], WIDTH / 4, 0, WIDTH / 2, 44, fill=GREEN
    )
    canvas.line(WIDTH / 2, 44, WIDTH / 2, 60)
    canvas.y = 60
    width = (WIDTH - GAP) / 2
    for start in range(0, len(figure.items), 2):
        pair = [
            [Words(clean(one.title), bold=True, colour=GREEN), *_texts(one, clean)]
            for one in figure.items[start : start + 2]
        ]
        height = max(canvas.height_of(words, width - 24) for words in pair) + 18
        for number, words in enumerate(pair):
            canvas.box(number * (width + GAP) + 0.5, canvas.y, width - 1, height, fill=GROUND)
            canvas.write(words, number * (width + GAP) + 12, canvas.y + 8, width - 24)
        canvas.y += height + GAP


def labels(canvas: Canvas, figure: Figure, clean: Clean) -> None:
    """Draw the boxes and words of a figure whose arrows are lost."""
    for start in range(0, len(figure.nodes), 3):
        row_of_nodes(canvas, figure.nodes[start : start + 3], clean)
        canvas.y += GAP
    told = [
        Words(clean(f"{one.title}：{one.text}" if one.text else one.title), 13, hang=one.mark or "・")
        for one in figure.items
    ]
    half = (len(told) + 1) // 2 if len(told) > 4 else len(told)
    room = WIDTH if half == len(told) else (WIDTH - GAP) / 2
    ends = [canvas.write(told[:half], 4, canvas.y, room - 8)]
    ends.append(canvas.write(told[half:], room + GAP, canvas.y, room - 8))
    canvas.y = max(ends) + 3


def catalogue(canvas: Canvas, clean: Clean, groups_with_methods: list[tuple]) -> None:
    """Draw the groups with their methods."""
    for group, methods in groups_with_methods:
        words = [
            Words(f"{group.code}　{group.title}", 15, bold=True, colour=GREEN),
            Words(clean(group.description), 12.5, colour=SOFT),
            *(Words(clean(one.overview), 13, hang=f"{one.code}　") for one in methods),
        ]
        height = canvas.height_of(words, WIDTH - 28) + 18
        canvas.box(0.5, canvas.y, WIDTH - 1, height, fill=GROUND)
        canvas.write(words, 14, canvas.y + 8, WIDTH - 28)
        canvas.y += height + GAP


KINDS = {"relation": relation, "steps": steps, "groups": groups, "labels": labels}
