"""The Jinja environment of the fragments and what every group of macros shares."""

import os
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..loading import Guide
from ..models.addresses import page_address
from ..models.base import NumberRef
from ..models.marks import NUMBER
from .register import macro

TEMPLATES = Path(__file__).parent / "templates"
# what was read, in a word; /changes/ tells it in full
GRADES = {"A": "発行者の文書", "A′": "公式文書の写し", "B": "二次資料"}
CERTAINTY = {"inferred": "推定", "damaged": "原資料に乱れあり", "missing": "原資料に残っていない"}


def show_number(value: int | float | str) -> str:
    """Return a number with separators of thousands; words stay as they are."""
    return f"{value:,}" if isinstance(value, int | float) else value


def plain(number: float | None) -> str:
    """Return a number without `.0`, nothing for none."""
    return "" if number is None else show_number(int(number) if number == int(number) else number)


ISO_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")


def day(date: str | None) -> str:
    """Return a date as readers write it: `2026-11-28` as 2026年11月28日, `2016-03` as 2016年3月; other words as they are."""
    found = ISO_DAY.fullmatch(date or "")
    if not found:
        return date or ""
    year, month, number = found.groups()
    return f"{year}年{int(month)}月" + (f"{int(number)}日" if number else "")


@cache
def _compiled() -> BytecodeCache | None:
    """Return where templates are kept compiled: beside what Python keeps of modules, where it may."""
    folder = TEMPLATES / "__pycache__"
    if sys.dont_write_bytecode or not os.access(TEMPLATES, os.W_OK):
        return None
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


class Core:
    """Looks records up and fills templates; the macros are in the classes built on it."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.catalogue = guide.catalogue
        self.methods_by_id = {method.id: method for method in guide.methods}
        self.cases_by_id = {case.id: case for case in guide.cases}
        self.figures_by_id = {figure.id: figure for figure in guide.figures}
        self.terms_by_id = {term.id: term for term in guide.glossary}
        self.links_by_id = {link.id: link for link in guide.links}
        self.groups_by_id = {group.id: group for group in guide.groups}
        self.models_by_id = {model.id: model for model in guide.report.models}
        self.definitions: dict[str, dict[str, Any]] = {}
        self.environment = self._environment()

    def _environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=self._with_numbers,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_compiled(),
        )
        environment.filters["address"] = page_address
        environment.filters["number"] = show_number
        environment.filters["plain"] = plain
        environment.filters["day"] = day
        environment.globals.update(
            guide=self.guide,
            methods=self.methods_by_id,
            cases=self.cases_by_id,
            figures=self.figures_by_id,
            terms=self.terms_by_id,
            links=self.links_by_id,
            groups=self.groups_by_id,
            models=self.models_by_id,
            sets=self.catalogue.sets,
            certainty_words=CERTAINTY,
            grade_words=GRADES,
            sources=self._sources,
            source_links=self._source_links,
            page_title=self._page_title,
            draw=self.figure_markup,
            changes_of=self.changes_of,
            answers_on=self.answers_on,
            notes_at=self.notes_at,
        )
        return environment

    def _with_numbers(self, value: Any) -> Any:
        """Return a value with each 《id》 in it replaced by the number it names."""
        if isinstance(value, str) and not isinstance(value, Markup) and "《" in value:
            return NUMBER.sub(lambda match: self.number(match.group(1)), value)
        return value

    @macro("surveys.yml", inline=True)
    def number(self, name: NumberRef) -> str:
        """Return a number of surveys.yml with its unit; words stand alone."""
        number = next(number for number in self.guide.surveys.numbers if number.id == name)
        if isinstance(number.value, str):
            return number.value
        # t-CO2 stands apart from its number, 件 and kWh do not
        space = " " if number.unit.startswith("t-") else ""
        return f"{show_number(number.value)}{space}{number.unit}"

    def render(self, template: str, **values: Any) -> str:
        """Return a filled template as one block of HTML without blank lines.

        Python-Markdown leaves a block of HTML alone only while no blank line and no indentation
        breaks it.
        """
        html = self.environment.get_template(f"{template}.html").render(**values)
        return re.sub(r"\s*\n\s*", "\n", html).strip()

    def markup(self, template: str, **values: Any) -> Markup:
        """Return a filled template for use inside another one."""
        return Markup(self.render(template, **values))

    def figure_markup(self, name: str) -> Markup:
        """Return a figure for use inside a template; Figures fills this in."""
        raise NotImplementedError

    def absent_of(self, page: str) -> list[tuple[str, str]]:
        """Return what the sources do not hold of a page's subject, as (what, words); Methods fills this in."""
        return []

    def _sources(self, references: list[str]) -> list[tuple[str, str]]:
        """Return (label, address) of sections named as `document:section`."""
        labels = {
            f"{document.id}:{section.id}": (f"{document.label} {section.label}", page_address(section.page))
            for document in self.guide.documents
            for section in document.sections
        }
        return [labels[reference] for reference in references]

    def _source_links(self, references: list[str]) -> list[tuple[str, str]]:
        """Return (labels, address) of each page that the sections are on: one link to a page, not two alike."""
        found: dict[str, list[str]] = {}
        for label, address in self._sources(references):
            found.setdefault(address, []).append(label)
        return [("、".join(labels), address) for address, labels in found.items()]

    def _page_title(self, page: str) -> str:
        """Return what links call a page: the title in its front matter."""
        return self.guide.page_titles.get(page, page)

    def of_kind(self, records: Iterable[Any], field: str, value: str) -> list[Any]:
        """Return the records whose field has a value; raises KeyError when there is none (a misspelt word)."""
        chosen = [record for record in records if getattr(record, field) == value]
        if not chosen:
            raise KeyError(value)
        return chosen

    def changes_of(self, field: str, name: str) -> list[Any]:
        """Return the notes of today that concern a page, term, case or link."""
        return [change for change in self.guide.changes if name in getattr(change, field)]

    def answers_on(self, *grounds: str) -> list[Any]:
        """Return the answers of which a sentence rests on one of the records."""
        wanted = set(grounds)
        return [one for one in self.guide.answers if any(wanted & set(said.grounds) for said in one.said)]

    def notes_at(self, method: str, part: str) -> list[Any]:
        """Return the notes of today that stand at a step of a method, or at a part of its page."""
        return [change for change in self.guide.changes if f"{method}:{part}" in change.steps]
