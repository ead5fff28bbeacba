"""The editions of one method and its figures; everything, read back by other programs, in `make test-full`."""

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from macros.editions.document.book import chapters, page_blocks
from macros.editions.document.tree import Grid, everything
from macros.editions.imprint import SITE_NAME, Imprint
from macros.editions.pdf.publications import printed
from macros.editions.pdf.row_heads import with_row_heads
from macros.editions.plan.command import documents as plan_documents
from macros.editions.plan.papers import texts_in
from macros.editions.works import Desk, figures, method_sheet, planning_sheets
from macros.loading.guide import Guide
from macros.models.marks import NUMBER
from macros.rendering import Renderer
from macros.site.build import build
from tests.pages import read_pages

SVG = "{http://www.w3.org/2000/svg}"
EPOCH = 1_795_219_200
# c1: the flow has two columns
METHOD = "c1"
# parts that the format leaves optional and a small document does without
OPTIONAL = re.compile(r"A required relationship type '.*/(settings|fontTable|theme)' is missing\.")


def new_desk(root: Path, site: Path, guide: Guide, folder: Path) -> Desk:
    return Desk(root, site, guide, Imprint(EPOCH), folder)


@pytest.fixture(scope="module")
def desk(root: Path, site: Path, guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return new_desk(root, site, guide, tmp_path_factory.mktemp("desk") / "press")


@pytest.fixture(scope="module")
def sheets(desk: Desk) -> dict[str, bytes]:
    """The files of one method."""
    return dict(method_sheet(desk, METHOD))


@pytest.fixture(scope="module")
def pdf(sheets: dict[str, bytes]) -> PdfReader:
    return PdfReader(BytesIO(sheets[f"methods/{METHOD}.pdf"]))


def bare(text: str) -> str:
    return "".join(text.split())


def fonts_of(reader: PdfReader) -> list:
    found = {}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[union-attr]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            found[inner["/BaseFont"]] = inner["/FontDescriptor"].get_object()
    return list(found.items())


def test_a_method_is_a_tagged_pdf_in_japanese_of_a_few_pages(pdf: PdfReader) -> None:
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "ja-JP"  # type: ignore[index]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()  # type: ignore[index]
    assert pdf.metadata.title == f"C1 企業等への排出削減・吸収価値の提供｜{SITE_NAME}"
    assert 2 <= len(pdf.pages) <= 4
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages} == {(595, 842)}


def test_gases_and_measures_are_printed_as_people_write_them(pdf: PdfReader, word: docx.document.Document) -> None:
    text = word.element.xml
    assert "CO₂" in text
    assert not re.search(r"CO2|[^_a-z]m3", text)
    # the font of a PDF has no such letters: a small 2 stands below the line
    sizes = set()
    for page in pdf.pages:
        page.extract_text(visitor_text=lambda said, _, __, ___, size: sizes.add(size) if said.strip() == "2" else None)
    assert any(size and size < 7 for size in sizes), sizes


def test_the_fonts_of_a_pdf_are_inside_it_and_are_ours(pdf: PdfReader) -> None:
    for name, descriptor in fonts_of(pdf):
        assert "NotoSansCJKjp" in name
        assert "/FontFile3" in descriptor or "/FontFile2" in descriptor


def test_a_method_reads_in_order_and_keeps_old_and_new_apart(pdf: PdfReader, guide: Guide) -> None:
    text = bare("".join(page.extract_text() for page in pdf.pages))
    order = [
        "取り組み概要",
        "だれが何をやり取りするか",
        "意義・効果・ねらい",
        "留意点",
        "実施の流れ",
        "この資料について",
    ]
    assert [text.find(word) for word in order] == sorted(text.find(word) for word in order)
    method = next(one for one in guide.methods if one.id == METHOD)
    steps = [step for phase in method.flow.phases for step in phase.steps]  # type: ignore[union-attr]
    assert all(bare(step.title) in text for step in steps)
    notes = [change for change in guide.changes if f"methods/{METHOD}" in change.pages]
    assert notes
    assert all(bare("いま｜" + change.title) in text for change in notes)


def test_a_method_has_bookmarks(pdf: PdfReader) -> None:
    (outline,) = [[entry["/Title"] for entry in part] for part in pdf.outline if isinstance(part, list)]  # type: ignore[index]
    assert outline[:3] == ["取り組み概要", "だれが何をやり取りするか", "意義・効果・ねらい"]


def elements(below: dict, *kinds: str) -> Iterator[dict]:
    """The elements of a PDF's structure of some kinds, in the order of reading."""
    found = below.get("/K", [])
    for one in found if isinstance(found, list) else [found]:
        one = one.get_object()
        if isinstance(one, dict) and "/S" in one:
            yield from [one] if one["/S"] in kinds else elements(one, *kinds)


def table_word(cell: dict, name: str) -> object:
    return next(one.get(name) for one in (one.get_object() for one in cell["/A"]) if one["/O"] == "/Table")


def tables(pdf: PdfReader) -> list[list[list[dict]]]:
    """The cells of every table of a PDF, row by row."""
    found = elements(pdf.trailer["/Root"]["/StructTreeRoot"], "/Table")  # type: ignore[index]
    return [[list(elements(row, "/TD", "/TH")) for row in elements(table, "/TR")] for table in found]


def grids(desk: Desk) -> list[Grid]:
    """The tables of the method's page, with their `th`."""
    blocks = everything(printed(page_blocks(desk.site, f"/methods/{METHOD}/")))
    return [one for one in blocks if isinstance(one, Grid)]


def test_a_head_of_the_page_is_a_head_of_the_pdf_cell_by_cell(pdf: PdfReader, desk: Desk) -> None:
    expected = [[[cell.head for cell in row] for row in grid.rows] for grid in grids(desk)]
    assert [[[cell["/S"] == "/TH" for cell in row] for row in table] for table in tables(pdf)] == expected
    assert sum(row[0] for table in expected for row in table if len(row) > 1) > 4


def test_a_head_says_of_what_and_no_cell_names_other_heads(pdf: PdfReader, desk: Desk) -> None:
    for table, grid in zip(tables(pdf), grids(desk), strict=True):
        for number, (row, cells) in enumerate(zip(table, grid.rows, strict=True)):
            column = number < grid.heads or len(cells) == 1
            scopes = {table_word(cell, "/Scope") for cell in row if cell["/S"] == "/TH"}
            assert scopes <= {"/Column" if column else "/Row"}
        rows_have_heads = any(cell.head for row in grid.rows[grid.heads :] for cell in row if len(row) > 1)
        if rows_have_heads:
            assert {table_word(cell, "/Headers") for row in table for cell in row} == {None}


def test_the_tags_are_added_to_what_typst_wrote(sheets: dict[str, bytes]) -> None:
    content = sheets[f"methods/{METHOD}.pdf"]
    assert content.count(b"%%EOF") == 2
    assert with_row_heads(content)[: len(content)] == content


@pytest.fixture(scope="module")
def word(sheets: dict[str, bytes]) -> docx.document.Document:
    return docx.Document(BytesIO(sheets[f"methods/{METHOD}.docx"]))


def test_a_word_document_has_headings_tables_and_words_for_its_pictures(word: docx.document.Document) -> None:
    titles = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert titles[0] == ("Heading 1", "C1 企業等への排出削減・吸収価値の提供")
    assert ("Heading 2", "実施の流れ") in titles
    flow = next(table for table in word.tables if "計画・準備" in table._tbl.xpath("string(.)"))
    assert flow.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert [len(row._tr.tc_lst) for row in flow.rows][:2] == [2, 1]
    pictures = word.element.xpath("//wp:docPr")
    assert pictures
    assert all(one.get("descr") for one in pictures)


def test_a_word_document_is_in_japanese_with_a_japanese_font_and_its_own_name(word: docx.document.Document) -> None:
    styles = word.styles.element
    assert styles.xpath("string(./w:docDefaults/w:rPrDefault/w:rPr/w:lang/@w:eastAsia)") == "ja-JP"
    assert styles.xpath("string(./w:style[@w:styleId='Normal']/w:rPr/w:rFonts/@w:eastAsia)") == "游ゴシック"
    assert word.core_properties.title.startswith("C1 ")
    assert str(word.core_properties.created).startswith("2026-11-21")


def test_a_word_table_tells_which_heads_it_has(word: docx.document.Document, desk: Desk) -> None:
    told = []
    for table in word.tables:
        (look,) = table._tbl.xpath("./w:tblPr/w:tblLook")
        value = int(look.get(qn("w:val")), 16)
        told.append((look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))))
        assert told[-1] == (str(value >> 5 & 1), str(value >> 7 & 1))
    expected = [
        (bool(grid.heads), any(row[0].head and len(row) > 1 for row in grid.rows[grid.heads :])) for grid in grids(desk)
    ]
    assert told == [(str(int(row)), str(int(column))) for row, column in expected]
    assert len(set(told)) > 1


def judged(content: bytes, folder: Path) -> list[str]:
    """What another checker says against an Office file."""
    path = folder / "judged.docx"
    path.write_bytes(content)
    told = [
        error for error in OpenXmlValidator().validate(str(path)).errors if not OPTIONAL.fullmatch(error.description)
    ]
    return [f"{error.path}: {error.description}" for error in told]


def test_a_checker_has_nothing_against_the_word_files(sheets: dict[str, bytes], desk: Desk, tmp_path: Path) -> None:
    assert judged(sheets[f"methods/{METHOD}.docx"], tmp_path) == []


def test_a_word_file_carries_nothing_of_the_document_it_began_with(sheets: dict[str, bytes]) -> None:
    with ZipFile(BytesIO(sheets[f"methods/{METHOD}.docx"])) as archive:
        names = " ".join(archive.namelist()) + archive.read("[Content_Types].xml").decode()
    assert not [one for one in ("stylesWithEffects", "thumbnail", "customXml") if one in names]


@pytest.fixture(scope="module")
def blanks(desk: Desk) -> dict[str, bytes]:
    """The sheets to fill in by hand, by their names in the archive."""
    [(name, content)] = planning_sheets(desk)
    assert name == "planning-sheets.zip"
    with ZipFile(BytesIO(content)) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


def test_the_archive_has_every_document_of_every_method(blanks: dict[str, bytes], guide: Guide) -> None:
    names = {f"planning-sheet-{method.id}.docx" for method in guide.methods}
    for method in guide.methods:
        papers = [one.id for one in guide.plan.papers if method.id in (one.methods or [method.id])]
        names |= {f"{method.id}/{paper}.docx" for paper in papers if paper != "planning-sheet"}
    assert set(blanks) == names


@pytest.mark.parametrize("name", ["a1", "b2", "d2"])
def test_a_blank_sheet_is_the_document_of_a_plan_with_gaps(
    name: str, blanks: dict[str, bytes], desk: Desk, guide: Guide
) -> None:
    plan = {"type": "offset-plan", "v": 1, "method": name, "facts": {}, "calculators": []}
    empty, _, _ = plan_documents(desk.renderer, json.dumps(plan).encode())
    for paper, content in empty.items():
        blank = blanks[f"planning-sheet-{name}.docx" if paper == "planning-sheet" else f"{name}/{paper}.docx"]
        said = Counter(texts_in(blank))
        # what is still open is told of a plan, not asked on a sheet
        if paper != "handover":
            assert Counter(texts_in(content)) - said == Counter(), paper
        assert said[guide.plan.gap] > 3, paper
        assert not any(re.search(r"\d[\d,.]* (kg-CO₂|t-CO₂|円)$", text) for text in said), paper
        with ZipFile(BytesIO(blank)) as one, ZipFile(BytesIO(content)) as other:
            assert one.read("word/styles.xml") == other.read("word/styles.xml")


def test_a_blank_sheet_names_what_its_calculator_asks_and_counts(blanks: dict[str, bytes], desk: Desk) -> None:
    event = desk.renderer.catalogue.calculators["event"]
    assert {line.label for line in event.lines} <= set(texts_in(blanks["planning-sheet-a1.docx"]))
    assert {"電気", "鉄道の人数", "宿泊"} <= set(texts_in(blanks["a1/data-request.docx"]))
    assert not {"クレジットの価格", "電気の係数（自分で入れる値）"} & set(texts_in(blanks["a1/data-request.docx"]))


def test_a_checker_has_nothing_against_a_blank_sheet(blanks: dict[str, bytes], tmp_path: Path) -> None:
    for name in ("planning-sheet-a1.docx", "a1/data-request.docx", "d2/report.docx"):
        assert judged(blanks[name], tmp_path) == []


@pytest.mark.parametrize("name", ["a1", "c2", "d2"])
def test_a_blank_sheet_follows_the_steps_of_its_method(name: str, blanks: dict[str, bytes], desk: Desk) -> None:
    text = "\n".join(texts_in(blanks[f"planning-sheet-{name}.docx"]))
    method = desk.renderer.content(name)
    for phase in method.flow.phases if method.flow else []:
        assert f"{phase.name}（期間 {phase.duration or '原資料に記載なし'}）" in text
        assert all(sub.text.replace("＊", "") in text for step in phase.steps for sub in step.substeps)
    for change in desk.renderer.changes_of("pages", f"methods/{name}"):
        assert change.title.replace("＊", "") in text
    assert desk.imprint.edition() in text
    assert "＊" not in text
    assert "《" not in text


def test_every_figure_is_drawn_with_all_its_words_inside_its_frame(desk: Desk, guide: Guide) -> None:
    drawings = {one.name: one for one in desk.drawings}
    assert set(drawings) >= {figure.id for figure in guide.figures} | {"a1-flow", "c2-flow", "chart-trend"}
    for one in drawings.values():
        tree = etree.fromstring(one.svg.encode())
        assert "出典：" in bare("".join(tree.itertext()))
        assert tree.findtext(f"{SVG}title")
        assert len(tree.findtext(f"{SVG}desc") or "") > 20
        for box in tree.iter(f"{SVG}rect", f"{SVG}text"):
            assert 0 <= float(box.get("x", "0")) <= 720, one.name


def test_the_words_of_a_relation_are_all_in_its_drawing(desk: Desk, guide: Guide) -> None:
    renderer = Renderer(guide)
    drawings = {one.name: bare("".join(etree.fromstring(one.svg.encode()).itertext())) for one in desk.drawings}
    for figure in guide.figures:
        said = [figure.title, *(node.label for node in figure.nodes), *(arrow.label for arrow in figure.arrows)]
        said += [text for item in figure.items for text in (item.title, *item.texts)]
        for text in said:
            shown = NUMBER.sub(lambda found: renderer.number(found.group(1)), text).replace("＊", "")
            assert bare(shown) in drawings[figure.id], figure.id


def test_the_book_has_every_page_of_the_menu_that_paper_can_hold(root: Path, site: Path) -> None:
    held = {chapter.address for chapter in chapters(root, site)}
    left = set(read_pages(site)) - held
    assert {address for address in left if not address.startswith(("/calculators/", "/embed/"))} == {
        "/", "/404.html", "/about/accessibility/", "/about/privacy/", "/downloads/", "/plan/",
    }  # fmt: skip


def test_the_page_offers_no_file_that_is_not_there(site: Path) -> None:
    """A site without editions tells how they are made."""
    downloads = site / "downloads"
    html = (downloads / "index.html").read_text(encoding="utf-8")
    offered = re.findall(r'href="([^":]+\.(?:pdf|docx|xlsx|zip))"', html)
    assert [name for name in offered if not (downloads / name).is_file()] == []
    assert bool(offered) != ("make build" in html)


# -- everything -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with all editions."""
    folder = tmp_path_factory.mktemp("published") / "site"
    build(root, folder, editions=True)
    return folder


def run(program: str, package: str, *arguments: object) -> str:
    """Run another program; one that is missing fails the test by name."""
    assert shutil.which(program), f"{program} が要ります（Debian・Ubuntu: apt install {package}）"
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, check=True, timeout=300)
    return done.stdout.decode("utf-8", "replace")


@pytest.mark.full
def test_every_file_is_offered_with_its_checksum(published: Path) -> None:
    downloads = published / "downloads"
    html = (downloads / "index.html").read_text(encoding="utf-8")
    sums = dict(line.split("  ")[::-1] for line in (downloads / "SHA256SUMS").read_text().splitlines())
    made = {path.relative_to(downloads).as_posix() for path in downloads.rglob("*") if path.is_file()}
    assert made - {"index.html", "SHA256SUMS"} == set(sums)
    assert all(f'href="../downloads/{name}"' in html for name in sums)
    assert all(value in html for name, value in sums.items() if "/" not in name)
    assert "data-download=" not in "".join(path.read_text(encoding="utf-8") for path in published.rglob("*.html"))


@pytest.mark.full
def test_poppler_reads_every_pdf(published: Path) -> None:
    for path in sorted((published / "downloads").rglob("*.pdf")):
        facts = run("pdfinfo", "poppler-utils", path)
        assert re.search(r"Tagged: +yes", facts)
        lines = run("pdffonts", "poppler-utils", path).splitlines()[2:]
        # name, type, encoding, embedded, subset, unicode, object
        assert {tuple(line.split()[-5:-2]) for line in lines} == {("yes", "yes", "yes")}
        pages = int(re.search(r"Pages: +(\d+)", facts)[1])  # type: ignore[index]
        assert pages > 100 if path.stem == "guidebook" else 2 <= pages <= 4, path.name


@pytest.mark.full
def test_the_book_reads_from_cover_to_index(published: Path, guide: Guide) -> None:
    pdf = published / "downloads" / "guidebook.pdf"
    text = bare(run("pdftotext", "poppler-utils", pdf, "-"))
    titles = [
        bare(title)
        for page, title in guide.page_titles.items()
        if page.startswith("methods/") and page != "methods/index"
    ]
    assert all(title in text for title in titles)
    assert all(bare(term.term) in text for term in guide.glossary)
    order = ["目次", "カーボン・オフセットは、減らす努力", "用語さくいん太い数字は"]
    assert [text.find(word) for word in order[::2]] == sorted(text.find(word) for word in order[::2])
    assert "�" not in text
    outline = PdfReader(pdf).outline
    assert "用語さくいん" in [entry["/Title"] for entry in outline if not isinstance(entry, list)]


@pytest.mark.full
def test_libreoffice_opens_every_word_document(published: Path, guide: Guide, tmp_path: Path) -> None:
    documents = sorted((published / "downloads").rglob("*.docx"))
    with ZipFile(published / "downloads" / "planning-sheets.zip") as archive:
        archive.extractall(tmp_path / "sheets")
    documents += sorted([*(tmp_path / "sheets").glob("*.docx"), *(tmp_path / "sheets" / METHOD).iterdir()])
    assert len(documents) == 10 + 9 + 9
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for number, path in enumerate(documents):
        folder = tmp_path / str(number)
        run(
            "soffice",
            "libreoffice-writer-nogui",
            profile,
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
            folder,
            path,
        )
        assert judged(path.read_bytes(), tmp_path) == [], path.name
        text = (folder / f"{path.stem}.txt").read_text(encoding="utf-8-sig")
        assert "カーボン・オフセット" in text or guide.plan.gap in text
        assert docx.Document(str(path)).core_properties.title


@pytest.mark.full
def test_a_checker_has_nothing_against_the_workbook(published: Path) -> None:
    assert OpenXmlValidator().validate(str(published / "downloads" / "calculators.xlsx")).errors == []


@pytest.mark.full
def test_no_page_of_a_method_but_the_last_is_half_empty(published: Path, tmp_path: Path) -> None:
    methods = sorted((published / "downloads" / "methods").iterdir())
    words = [path for path in methods if path.suffix == ".docx"]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ("--headless", "--convert-to", "pdf", "--outdir", tmp_path)
    run("soffice", "libreoffice-writer-nogui", profile, *convert, *words)
    printed_pages = [path for path in methods if path.suffix == ".pdf"] + sorted(tmp_path.glob("*.pdf"))
    assert len(printed_pages) == 18
    for path in printed_pages:
        pages = run("pdftotext", "poppler-utils", "-bbox", path, "-").split("<page ")[1:]
        assert min(map(filled_share, pages[:-1])) > 0.7, path


def filled_share(page: str) -> float:
    """How far down a page its words go, the page number left out."""
    height = float(re.search(r'height="([\d.]+)', page)[1])  # type: ignore[index]
    ends = [float(end) / height for end in re.findall(r'yMax="([\d.]+)"', page)]
    return max(end for end in ends if end < 0.93)


@pytest.mark.full
def test_the_zip_of_figures_has_each_as_svg_and_png(published: Path, guide: Guide) -> None:
    with ZipFile(published / "downloads" / "figures.zip") as archive:
        names = archive.namelist()
        assert archive.read(names[1])[:4] in {b"<svg", b"\x89PNG"}
    stems = {name.partition(".")[0] for name in names} - {"README"}
    assert stems >= {figure.id for figure in guide.figures}
    assert sorted(names) == sorted(["README.txt", *(f"{stem}.{kind}" for stem in stems for kind in ("png", "svg"))])


def test_one_figure_and_one_sheet_are_the_same_twice(desk: Desk, sheets: dict[str, bytes], tmp_path: Path) -> None:
    other = new_desk(desk.root, desk.site, desk.guide, tmp_path / "press")
    assert dict(method_sheet(other, METHOD)) == sheets
    assert dict(figures(other)) == dict(figures(desk))
