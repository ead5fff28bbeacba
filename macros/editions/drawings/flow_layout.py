"""Lays out the flow of a method: phases with their duration, steps in one column or two."""

from ...models import Flow, Step
from .drawing import GREEN, GROUND, PAPER, SOFT, WIDTH, Canvas, Words
from .layouts import GAP, Clean

NO_DURATION = "（原資料に記載なし）"


def flow(canvas: Canvas, chart: Flow, clean: Clean) -> None:
    """Draw a flow."""
    width = (WIDTH - GAP) / 2
    for number, column in enumerate(chart.columns):
        canvas.card([Words(clean(column.label), 13, bold=True)], number * (width + GAP) + 0.5, 0, width - 1, 44)
    canvas.y = 44 + GAP if chart.columns else 0
    for phase in chart.phases:
        band(canvas, clean(phase.name), f"期間 {phase.duration or NO_DURATION}")
        for row in rows(phase.steps):
            draw_row(canvas, row, chart, clean)
    for note in [*chart.footnotes, *([chart.note] if chart.note else [])]:
        canvas.y = canvas.write([Words(clean(note), 12, colour=SOFT)], 0, canvas.y, WIDTH) + 2


def band(canvas: Canvas, name: str, duration: str) -> None:
    """Draw the band that opens a phase."""
    canvas.box(0.5, canvas.y, WIDTH - 1, 32, fill=GREEN, stroke=GREEN)
    canvas.line_of_text(name, Words("", 14, bold=True, colour=PAPER), 12, canvas.y + 27)
    canvas.line_of_text(duration, Words("", 12, colour=PAPER), WIDTH * 0.6, canvas.y + 25)
    canvas.y += 32 + 8


def rows(steps: list[Step]) -> list[list[Step]]:
    """Return the steps by row: one that names a neighbour stands beside it."""
    found: list[list[Step]] = []
    for step in steps:
        if step.beside and found and found[-1][0].id == step.beside:
            found[-1].append(step)
        else:
            found.append([step])
    return found


def draw_row(canvas: Canvas, row: list[Step], chart: Flow, clean: Clean) -> None:
    """Draw the steps of a row, each in its column or across both."""
    order = [column.id for column in chart.columns]
    narrow = (WIDTH - GAP) / 2
    told = [(step, step_words(step, chart, clean)) for step in row]
    rooms = [narrow if step.column else WIDTH for step, _ in told]
    height = max(canvas.height_of(words, room - 24) for (_, words), room in zip(told, rooms, strict=True)) + 16
    for (step, words), room in zip(told, rooms, strict=True):
        x = order.index(step.column) * (narrow + GAP) if step.column else 0
        canvas.box(x + 0.5, canvas.y, room - 1, height, fill=GROUND)
        canvas.write(words, x + 12, canvas.y + 7, room - 24)
    canvas.y += height + 10


def step_words(step: Step, chart: Flow, clean: Clean) -> list[Words]:
    """Return what stands in the box of a step."""
    mark = f"（{step.no}）" if step.no else "○"
    sure = "" if step.certainty == "stated" else "（推定）"
    words = [Words(clean(step.title) + sure, bold=True, hang=mark)]
    for column in [None, *(column.id for column in chart.columns)]:
        chosen = [sub for sub in step.substeps if sub.column == column]
        if chosen and column and not step.column:
            label = next(one.label for one in chart.columns if one.id == column)
            words.append(Words(f"{clean(label)}：", 12, bold=True, colour=SOFT))
        words += [Words(clean(substep_text(sub)), 12.5, hang=f"{sub.mark}　") for sub in chosen]
    return words + ([Words(clean(step.note), 11.5, colour=SOFT)] if step.note else [])


def substep_text(sub: object) -> str:
    """Return a sub-step with the paper it makes and who reviews it."""
    paper = f"書類：{sub.document}" if sub.document else ""  # type: ignore[attr-defined]
    way = " → ".join(part for part in (paper, sub.reviewer) if part)  # type: ignore[attr-defined]
    act = f"：{sub.act}" if sub.act else ""  # type: ignore[attr-defined]
    return sub.text + (f"（{way}{act}）" if way else "")  # type: ignore[attr-defined]
