"""What the site ships that others made, and `/licences.txt` with the texts that must go with it.

Texts come out of the installed packages where these have them, so that a new version brings its own.
"""

from importlib.metadata import distribution
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

FILE = "licences.txt"


class Part(NamedTuple):
    """Something shipped: its name, where it is used (Japanese), its licence (SPDX) and who holds the rights."""

    name: str
    use: str
    licence: str
    holder: str


IN_BUNDLE = "Material for MkDocsの中"
SHIPPED = (
    Part("Material for MkDocs", "ページの枠、配色、メニュー", "MIT", "Martin Donath"),
    Part("Material Design Icons", "メニューやボタンの記号", "Apache-2.0", "Pictogrammers"),
    Part("Noto Sans CJK JP", "PDFと図の画像の文字", "OFL-1.1", "Adobe"),
    Part("rxjs", IN_BUNDLE, "Apache-2.0", "Google, Inc., Netflix, Inc., Microsoft Corp. and contributors"),
    Part("clipboard", IN_BUNDLE, "MIT", "Zeno Rocha"),
    Part("good-listener", IN_BUNDLE, "MIT", "Zeno Rocha"),
    Part("select", IN_BUNDLE, "MIT", "Zeno Rocha"),
    Part("tiny-emitter", IN_BUNDLE, "MIT", "2017 Scott Corgan"),
    Part(
        "escape-html",
        IN_BUNDLE,
        "MIT",
        '2012-2013 TJ Holowaychuk, 2015 Andreas Lubbe, 2015 Tiancheng "Timothy" Gu',
    ),
    Part("focus-visible", IN_BUNDLE, "W3C-20150513", "W3C (MIT, ERCIM, Keio, Beihang), WICG"),
    Part("tslib", IN_BUNDLE, "0BSD", "Microsoft Corporation"),
)


def write_licences(folder: Path, *, fonts: bool) -> None:
    """Write `/licences.txt` into a built site; `fonts` tells whether the editions are in it."""
    (folder / FILE).write_text(licence_texts(fonts=fonts), encoding="utf-8")


def licence_texts(*, fonts: bool) -> str:
    """Return the whole file: what is shipped, then each licence once; that of the fonts if the PDFs are there.

    Raises PackageNotFoundError when a package is not installed.
    """
    environment = Environment(  # noqa: S701 - a plain text, not HTML
        loader=PackageLoader(__package__ or ""), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    texts = {
        "material": _of_package("mkdocs-material", "LICENSE"),
        "icons": (files("material") / "templates" / ".icons" / "material" / "LICENSE").read_text(encoding="utf-8"),
        "apache": _of_package("packaging", "LICENSE.APACHE"),  # the licence's own words, the same for all
        "font": _of_package("noto-cjk-sans-jp-regular", "LICENSE") if fonts else "",
    }
    version = distribution("mkdocs-material").version
    text = environment.get_template("licences.txt").render(parts=SHIPPED, texts=texts, version=version)
    return text.rstrip("\n") + "\n"


def _of_package(name: str, file: str) -> str:
    """Return a licence file of an installed package."""
    paths = distribution(name).files or ()
    path = next(path for path in paths if path.name == file and ".dist-info" in str(path))
    return path.read_text(encoding="utf-8").strip("\n")
