"""The works: each function makes some of the files of /downloads/. Another edition is one more function here."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..loading import Guide
from ..rendering import Renderer
from .archive import packed
from .document import book
from .drawings.figures import Artist, Drawing
from .imprint import Imprint
from .pdf import press, publications
from .plan.blank import blank_sheets
from .word import documents
from .workbook.book import workbook

FIGURES_README = """カーボン・オフセットガイドブック オンライン　図

各図は、SVG（拡大しても粗くならない。文字を直せる）とPNG（文書に貼る）の2種類です。
図の下の行が出典です。使うときは、この行を残してください。

図の題、登場する人や団体の名前、矢印の言葉は、原資料（2011年・2012年）のものです。
配置と、破線の矢印の向きは、原資料の文字起こしに残っていないため、このサイトで決めました。

このサイトで描いた図は CC BY 4.0 で使えます。原資料の言葉の権利は、それぞれの発行者にあります。

"""


@dataclass
class Desk:
    """What all works share: the checked data, the built site, the time of the edition and the drawn figures."""

    root: Path
    site: Path
    guide: Guide
    imprint: Imprint
    folder: Path

    @cached_property
    def renderer(self) -> Renderer:
        """The renderer of the pages, for what it looks up."""
        return Renderer(self.guide)

    @cached_property
    def drawings(self) -> list[Drawing]:
        """All figures."""
        return Artist(self.renderer).all()

    @cached_property
    def press(self) -> Path:
        """The folder to print from."""
        return press.prepare(self.folder, {one.name: one.svg for one in self.drawings})

    @cached_property
    def pictures(self) -> dict[str, bytes]:
        """All figures as PNG."""
        return press.pngs(self.press, [one.name for one in self.drawings])

    @cached_property
    def chapters(self) -> list[book.Chapter]:
        """The pages of the book."""
        return book.chapters(self.root, self.site)

    def pdf(self, markup: str) -> bytes:
        """Print a markup."""
        return press.pdf(self.press, markup, self.imprint.epoch)


Files = Iterator[tuple[str, bytes]]


def whole_book(desk: Desk) -> Files:
    """Yield the guidebook as PDF and as Word document."""
    yield "guidebook.pdf", desk.pdf(publications.guidebook(desk.guide, desk.chapters, desk.imprint))
    yield "guidebook.docx", documents.guidebook(desk.guide, desk.chapters, desk.pictures, desk.imprint)


def method_sheets(desk: Desk) -> Files:
    """Yield each method as PDF and as Word document."""
    for method in desk.guide.methods:
        yield from method_sheet(desk, method.id)


def method_sheet(desk: Desk, name: str) -> Files:
    """Yield one method as PDF and as Word document."""
    method = desk.renderer.methods_by_id[name]
    blocks = book.page_blocks(desk.site, f"/methods/{name}/")
    yield f"methods/{name}.pdf", desk.pdf(publications.method_sheet(method, blocks, desk.imprint))
    yield f"methods/{name}.docx", documents.method_sheet(method, blocks, desk.pictures, desk.imprint)


def planning_sheets(desk: Desk) -> Files:
    """Yield the planning sheets of all methods, and a folder of the other documents of each, in one zip."""
    sheets: dict[str, bytes] = {}
    for method in desk.guide.methods:
        made = method_blanks(desk, method.id)
        sheets[f"planning-sheet-{method.id}.docx"] = made.pop("planning-sheet")
        sheets |= {f"{method.id}/{name}.docx": content for name, content in made.items()}
    yield "planning-sheets.zip", packed(dict(sorted(sheets.items())), desk.imprint.epoch)


def method_blanks(desk: Desk, name: str) -> dict[str, bytes]:
    """Return the documents of one method to fill in by hand, by their ids."""
    edition = f"{desk.imprint.edition()}の取組方法{desk.renderer.methods_by_id[name].code}。{desk.imprint.address()}"
    return blank_sheets(desk.renderer, name, edition)


def figures(desk: Desk) -> Files:
    """Yield all figures, as SVG and PNG, in one zip."""
    listed = "".join(f"{one.name}　{one.title}\n" for one in desk.drawings)
    files = {"README.txt": (FIGURES_README + listed).replace("\n", "\r\n").encode("utf-8-sig")}
    for one in desk.drawings:
        files |= {f"{one.name}.svg": one.svg.encode(), f"{one.name}.png": desk.pictures[one.name]}
    yield "figures.zip", packed(files, desk.imprint.epoch)


def calculators(desk: Desk) -> Files:
    """Yield all calculators as one workbook."""
    yield "calculators.xlsx", workbook(desk.renderer.catalogue, desk.imprint)


WORKS: tuple[Callable[[Desk], Files], ...] = (whole_book, method_sheets, planning_sheets, figures, calculators)


def publish(desk: Desk, downloads: Path) -> None:
    """Write the files of all works."""
    for work in WORKS:
        for name, content in work(desk):
            path = downloads / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def publish_all(root: Path, site: Path, guide: Guide, imprint: Imprint) -> None:
    """Write all editions into the site."""
    with tempfile.TemporaryDirectory() as folder:
        publish(Desk(root, site, guide, imprint, Path(folder) / "press"), site / "downloads")
