"""Runs the Typst compiler with the fonts of the pinned packages only, so that any machine sets the same pages."""

import re
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from shutil import copyfile
from typing import Any

import typst

from ...models.typography import plain
from .. import EditionError
from .row_heads import with_row_heads

FONT_PACKAGES = ("noto_cjk_sans_jp_regular", "noto_cjk_sans_jp_bold")
# signs that the fonts lack, in the words of a figure: not in its title or an attribute
BELOW = re.compile(r"[₂₃₄₆](?=[^<>]*</(?:text|tspan)>)")
STYLE = Path(__file__).parent / "edition.typ"


def fonts() -> list[str]:
    """Return the folders of the fonts."""
    return [str(files(name)) for name in FONT_PACKAGES]


def prepare(folder: Path, drawings: dict[str, str]) -> Path:
    """Lay out a folder to print from: the style and the figures."""
    (folder / "figures").mkdir(parents=True)
    copyfile(STYLE, folder / STYLE.name)
    for name, svg in drawings.items():
        (folder / "figures" / f"{name}.svg").write_text(BELOW.sub(_lowered, svg), encoding="utf-8")
    return folder


def _lowered(sign: re.Match[str]) -> str:
    return f'<tspan baseline-shift="sub" font-size="70%">{plain(f"C{sign[0]}")[1:]}</tspan>'


def pdf(folder: Path, markup: str, epoch: int) -> bytes:
    """Return a tagged PDF (PDF/UA-1) of a markup."""
    return with_row_heads(_compile(folder, markup, format="pdf", pdf_standards=["ua-1"], timestamp=epoch))


def pngs(folder: Path, names: list[str], width: int = 1440) -> dict[str, bytes]:
    """Return figures of the folder as PNG, `width` pixels wide."""
    pages = "\n".join(
        f'#page(width: 720pt, height: auto, margin: 0pt)[#image("figures/{name}.svg", width: 720pt)]' for name in names
    )
    return dict(zip(names, sheets(folder, pages, width / 720), strict=True))


def sheets(folder: Path, markup: str, scale: float) -> list[bytes]:
    """Return each sheet of a markup as PNG, `scale` pixels a point."""
    made = _compile(folder, markup, format="png", ppi=72 * scale)
    return [made] if isinstance(made, bytes) else made


def _compile(folder: Path, markup: str, **options: Any) -> Any:
    source = folder / "main.typ"
    source.write_text(markup, encoding="utf-8")
    try:
        return typst.compile(str(source), root=str(folder), font_paths=fonts(), ignore_system_fonts=True, **options)
    except typst.TypstError as error:
        raise EditionError(f"Typst: {error}") from error


def typst_date(epoch: int) -> str:
    """Return a time as a Typst date of Japan."""
    when = datetime.fromtimestamp(epoch + 9 * 3600, UTC)
    return f"datetime(year: {when.year}, month: {when.month}, day: {when.day})"
