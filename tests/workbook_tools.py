"""Fills copies of the workbook of calculators, lets LibreOffice reckon them, and reads what came out."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest.mock import patch
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree
from openpyxl.workbook import Workbook

from macros.calculators import Catalogue
from macros.calculators.fields import read_field
from macros.editions.imprint import Imprint
from macros.editions.workbook.book import workbook
from macros.formulas.numbers import BadNumber, parse_number, show, show_typed
from tests.calculator_tools import catalogue, definition, in_python, renderer

EPOCH = 1_795_219_200
PACKAGE = "libreoffice-calc-nogui"
# a cell without a formula
CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)" s="([0-9]+)"(?: t="s")?(?:/>|><v>[^<]*</v></c>)')
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Form = dict[str, Any]


def whole_catalogue() -> Catalogue:
    """The catalogue with the tables of suppliers, as a build has it."""
    return renderer().guide.catalogue


@cache
def made() -> bytes:
    """The workbook as it is published."""
    return workbook(whole_catalogue(), Imprint(EPOCH))


def prefix(name: str) -> str:
    """Return what the names of a calculator begin with."""
    return name.replace("-", "_")


class Names:
    """Where the defined names of a workbook lead."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.places = {name: next(iter(one.destinations)) for name, one in book.defined_names.items()}

    def cell(self, name: str) -> Any:
        """Return the cell of a name."""
        sheet, place = self.places[name]
        return self.book[sheet][place.replace("$", "")]

    def column(self, name: str) -> list[Any]:
        """Return the cells of a column of a table."""
        return [row[0] for row in self.cell(name)]


@dataclass(frozen=True)
class Case:
    """A form as cells hold it, and as the reference is asked."""

    name: str
    cells: Form
    asked: Form


def case(name: str, form: Form) -> Case:
    """Return a typed form as somebody enters it into cells: numbers as numbers, choices by label, the rest as text."""
    fields = {one.id: one for group in catalogue().calculators[name].groups for one in group.inputs}
    specs, inputs, asked = definition(name)["inputs"], {}, {}
    for key, text in form["inputs"].items():
        if "choices" in specs[key]:
            chosen, reason = read_field(specs[key], text)
            labels = {one.id: one.label for one in fields[key].choices}
            inputs[key] = text if reason else labels.get(chosen)
            asked[key] = text if reason else chosen or ""
        else:
            inputs[key], asked[key] = entered(specs[key], text)
    rows = [_row(definition(name)["rows"]["columns"], row) for row in form["rows"]]
    return Case(
        name,
        {"inputs": inputs, "rows": [[cell for cell, _ in row] for row in rows]},
        {"inputs": asked, "rows": [[text for _, text in row] for row in rows]},
    )


def _row(columns: dict[str, Any], row: list[str]) -> list[tuple[Any, str]]:
    return [entered(spec, text) for spec, text in zip(columns.values(), row, strict=False)]


def entered(spec: dict[str, Any], text: str) -> tuple[Any, str]:
    """Return a typed text as a cell holds it, and the text that says the same to the reference."""
    if "text" in spec:
        return text or None, text
    try:
        value = parse_number(text)
    except BadNumber:
        # a cell keeps as text what is no number
        plain = text.replace("−", "-").replace("△", "-")
        negative = plain[:1] == "-" and plain[1:].isdigit() and float(plain) < 0
        return (float(plain), text) if negative else (f"x{text}", "x")
    if value is None:
        return None, ""
    return value, show_typed(value)


def filled(content: bytes, names: Names, cases: list[Case]) -> bytes:
    """Return a copy of a workbook with forms of different calculators in it: only the cells to fill in are touched."""
    changes: dict[str, dict[str, Any]] = {}
    for one in cases:
        for cell, value in _cells(one, names):
            number = names.book.sheetnames.index(cell.parent.title) + 1
            changes.setdefault(f"xl/worksheets/sheet{number}.xml", {})[cell.coordinate] = value
    copy = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(copy, "w", ZIP_DEFLATED, compresslevel=1) as target:
        for name in source.namelist():
            target.writestr(name, _written(source.read(name), changes.get(name, {})))
    return copy.getvalue()


def _written(sheet: bytes, changes: dict[str, Any]) -> bytes:
    def write(found: re.Match[bytes]) -> bytes:
        place, style = found.group(1).decode(), found.group(2).decode()
        if place not in changes:
            return found.group()
        value, opening = changes[place], f'<c r="{place}" s="{style}"'
        if value is None:
            return f"{opening}/>".encode()
        if isinstance(value, float):
            return f"{opening}><v>{value!r}</v></c>".encode()
        return f'{opening} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'.encode()

    return CELL.sub(write, sheet) if changes else sheet


def _cells(one: Case, names: Names) -> list[tuple[Any, Any]]:
    start = prefix(one.name)
    cells = [(names.cell(f"{start}.{key}"), value) for key, value in one.cells["inputs"].items()]
    columns = definition(one.name)["rows"]["columns"] if one.cells["rows"] else {}
    for column, key in enumerate(columns):
        places = names.column(f"{start}.rows.{key}")
        cells += [(places[i], row[column]) for i, row in enumerate(one.cells["rows"]) if column < len(row)]
    return cells


class Reckoned:
    """The values of a workbook that LibreOffice has saved; read without a library, which takes ten times as long."""

    def __init__(self, path: Path, names: Names) -> None:
        self.names = names
        with ZipFile(path) as archive:
            self.strings = ["".join(one.itertext()) for one in etree.fromstring(archive.read("xl/sharedStrings.xml"))]
            self.sheets = {
                title: self._sheet(archive.read(f"xl/worksheets/sheet{number}.xml"))
                for number, title in enumerate(names.book.sheetnames, 1)
            }

    def _sheet(self, content: bytes) -> dict[str, tuple[str, Any]]:
        cells = etree.fromstring(content).iter(f"{MAIN}c")
        return {cell.get("r"): (cell.get("t", "n"), cell.findtext(f"{MAIN}v") or "") for cell in cells}

    def _value(self, sheet: str, place: str) -> Any:
        kind, text = self.sheets[sheet].get(place, ("n", ""))
        if kind == "s":
            return self.strings[int(text)]
        return float(text) if kind == "n" and text else text

    def value(self, name: str) -> Any:
        """Return what the cell of a name holds."""
        cell = self.names.cell(name)
        return self._value(cell.parent.title, cell.coordinate)

    def column(self, name: str) -> list[Any]:
        """Return what the cells of a column hold."""
        return [self._value(cell.parent.title, cell.coordinate) for cell in self.names.column(name)]

    def errors(self) -> list[tuple[str, str]]:
        """Return where an error value stands."""
        return [
            (title, place) for title, cells in self.sheets.items() for place, (kind, _) in cells.items() if kind == "e"
        ]


def reckoned(books: list[bytes], names: Names, folder: Path) -> list[Reckoned]:
    """Let LibreOffice open, reckon and save workbooks, all in one run; one that is missing fails by name."""
    assert shutil.which("soffice"), f"soffice が要ります（Debian・Ubuntu: apt install {PACKAGE}）"
    paths = [folder / f"{i:03}.xlsx" for i in range(len(books))]
    for path, content in zip(paths, books, strict=True):
        path.write_bytes(content)
    out = folder / "out"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
    done = subprocess.run([*command, *map(str, paths)], capture_output=True, check=False, timeout=1800)
    missing = [path.name for path in paths if not (out / path.name).exists()]
    assert not missing, f"{PACKAGE} が要ります: {missing[:3]} {done.stderr.decode()[-300:]}"
    return [Reckoned(out / path.name, names) for path in paths]


def answer(one: Reckoned, name: str, count: int) -> Form:
    """Return what a reckoned workbook gives for a calculator, in the shape of the reference."""
    start, spec = prefix(name), definition(name)
    keys = [*(f"line_{line['id']}" for line in spec["lines"]), *(result["id"] for result in spec["results"])]
    results = [result["id"] for result in spec["rows"]["results"]] if spec["rows"] else []
    columns = {key: [number(value) for value in one.column(f"{start}.raw.rows.{key}")] for key in results}
    return {
        "values": {key: number(one.value(f"{start}.raw.{key}")) for key in keys},
        "rounded": {key: one.value(f"{start}.shown.{key}") for key in keys},
        "steps": {key: arithmetic(one.value(f"{start}.steps.{key}"), name, key) for key in keys},
        "others": {key: number(one.value(f"{start}.other.{key}")) for key in keys if "factors" in spec["inputs"]},
        "rows": [{key: columns[key][i] for key in results} for i in range(count)],
    }


def arithmetic(text: str | None, name: str, key: str) -> str:
    """Return the arithmetic that a cell shows, without the help below it."""
    helps = {result.id: result.help for result in catalogue().calculators[name].results if result.help}
    return (text or "").removesuffix(f"（{helps[key]}）" if key in helps else "").rstrip("\n")


def number(value: Any) -> float | None:
    """Return a number, or None for an empty text and the mark of what is withheld."""
    return None if value in {None, "", "×"} else float(value)


def _fifteen(value: float | None) -> float | None:
    return value if value is None else float(f"{value:.15g}")


def expected(one: Case) -> Form:
    """Return what the reference gives, and what it gives with the other set of factors.

    Spreadsheets hold numbers to 15 digits when they show them: 3 × 1.65, a little below 4.95 in binary, is 5.0 there
    and 4.9 in the reference. So the texts of the reference are asked at 15 digits; its values are not touched.
    """
    with (
        patch("macros.calculators.running.show", lambda value, digits: show(_fifteen(value), digits)),
        patch("macros.formulas.words.show", lambda value, digits: show(_fifteen(value), digits)),
        patch("macros.formulas.words.show_typed", lambda value: show_typed(_fifteen(value))),
    ):
        here = in_python(one.name, one.asked)
    if "factors" in definition(one.name)["inputs"]:
        spec = definition(one.name)["inputs"]["factors"]
        aliases, chosen = spec["aliases"], one.asked["inputs"].get("factors") or spec["default"]
        other = aliases["current" if chosen == aliases["guidebook"] else "guidebook"]
        other = other if chosen in spec["choices"] else chosen
        asked = one.asked | {"inputs": one.asked["inputs"] | {"factors": other}}
        here["others"] = in_python(one.name, asked)["values"]
    return here
