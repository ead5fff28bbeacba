"""The open data and the feed: whole, true to the data, valid for tools that are not ours, the same every time."""

import csv
import json
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any
from uuid import uuid5
from xml.etree import ElementTree as ET

import frictionless
import pytest
from jsonschema import Draft202012Validator
from playwright.sync_api import Page

from macros.exports import writing
from macros.exports.datasets import DATASETS, RECORDS, Dataset, Publisher
from macros.exports.head import Head, Site
from macros.exports.sheets import tables_of
from macros.exports.tables import PART, named
from macros.exports.views import open_suppliers
from macros.exports.writing import write
from macros.loading.guide import Guide
from macros.loading.problems import DataError
from macros.models.typography import plain
from macros.pages.check import load
from macros.rendering import Renderer
from macros.site.feed import NAMESPACE, write_feed
from tests.pages import BuiltPage, address_of, read_pages

TIME = 1_800_000_000  # 2027-01-15 17:00 in Japan
SITE = Site("題", "https://www.example.jp/offset/")
ATOM = {"atom": "http://www.w3.org/2005/Atom"}
ENTRY = "{http://www.w3.org/2005/Atom}entry"
# what an entry of ours holds besides what Atom asks for
INNER = ("published", "link", "category", "content")
CONTRACT = {
    "methods",
    "cases",
    "glossary",
    "links",
    "factors",
    "calculators",
    "surveys",
    "changes",
    "offers",
    "answers",
    "precedents",
    "factor-sets",
}
NAMES = [dataset.name for dataset in DATASETS]
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")

each_dataset = pytest.mark.parametrize("dataset", DATASETS, ids=NAMES)


def write_all(folder: Path, head: Head) -> None:
    """Write the exports and the feed, as the build does."""
    renderer = Renderer(head.guide)
    write(folder, head, renderer.number)
    write_feed(folder, head, renderer)


@pytest.fixture(scope="module")
def exported(guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    write_all(folder, Head(guide, SITE, TIME))
    return folder


@pytest.fixture(scope="module")
def data(exported: Path) -> Path:
    return exported / "data"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BuiltPage]:
    return read_pages(site)


def read_json(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows as Python's own reader has them; a row too long or too short fails."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def known(guide: Guide, dataset: Dataset) -> dict[str, list[Any]]:
    """The records of `data/` that a data set must hold, by its keys."""
    if dataset.name == "factors":
        return {RECORDS: [factor for topic in guide.factors for factor in topic.factors]}
    if dataset.name == "factor-sets":
        return {RECORDS: guide.factor_sets.sets}
    if dataset.name == "calculators":
        return {RECORDS: guide.calculators, "constants": guide.calculator_parts.constants}
    if dataset.name == "suppliers":  # tests/test_supplier_choices.py holds its rows to the tables
        return {RECORDS: open_suppliers(guide)}
    found = getattr(guide, dataset.name)
    return {kind.key: found if kind.key == RECORDS else getattr(found, kind.key) for kind in dataset.kinds}


# in a table that is laid out for people a record has several rows; its id is in the first column
LAID_OUT = {"factors": "id", "calculators": "calculators_id"}
# what a record says besides the fields of its file
MORE_FIELDS = {"factors": {"topic"}, "factor-sets": {"role", "replaces"}}


def parts(value: Any) -> Iterator[Any]:
    """Every value inside a value."""
    yield value
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    for part in inside:
        yield from parts(part)


def test_the_data_sets_of_the_contract_are_there() -> None:
    assert set(NAMES) >= CONTRACT


def test_two_exports_are_the_same_to_the_byte(guide: Guide, exported: Path, tmp_path: Path) -> None:
    write_all(tmp_path, Head(guide, SITE, TIME))
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (exported, tmp_path)
    )
    assert first == second
    assert len(first) > 3 * len(DATASETS)


OTHERS = (
    Dataset("figures", "about/#{id}"),
    Dataset("remarks", "about/#{id}"),
    Dataset("lost-figures", "about/#{id}"),
    Dataset("chooser", "methods/#{id}"),
    Dataset("guidebook", {"editions": "guide/#{id}"}),
)


def test_a_data_set_is_added_with_one_line(guide: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "DATASETS", OTHERS)
    write_all(tmp_path, Head(guide, SITE, TIME))
    for dataset in OTHERS:
        document = read_json(tmp_path / "data" / f"{dataset.name}.json")
        assert problems(tmp_path / "data", dataset.name, document) == []
    # what is not published cannot be pointed to
    told = frictionless.validate(str(tmp_path / "data" / "datapackage.json")).flatten(["name", "type", "message"])
    assert [one for one in told if one[1] != "foreign-key"] == []


# -- JSON ---------------------------------------------------------------------------------------


def problems(data: Path, name: str, value: Any) -> list[str]:
    schema = read_json(data / f"{name}.schema.json")
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message[:120]}" for error in validator.iter_errors(value)]


@each_dataset
def test_json_fits_its_schema(data: Path, dataset: Dataset) -> None:
    assert problems(data, dataset.name, read_json(data / f"{dataset.name}.json")) == []


def test_a_schema_refuses_what_the_models_refuse(data: Path) -> None:
    changes = read_json(data / "changes.json")
    changes["records"][0] |= {"grade": "C", "checked_on": "soon", "sources": [], "more": 1}
    del changes["records"][1]["title"]
    del changes["licence"]
    told = problems(data, "changes", changes)
    assert len(told) == 6, told


@each_dataset
def test_every_part_of_a_schema_has_a_japanese_title(data: Path, dataset: Dataset) -> None:
    schema = read_json(data / f"{dataset.name}.schema.json")
    objects = [part for part in parts(schema) if isinstance(part, dict) and isinstance(part.get("properties"), dict)]
    named = [*objects, *(field for one in objects for field in one["properties"].values() if isinstance(field, dict))]
    assert len(objects) >= 4
    assert [one for one in named if not JAPANESE.search(one["title"].replace("id", "名"))] == []


@each_dataset
def test_json_says_licence_sources_and_date(data: Path, dataset: Dataset) -> None:
    head = read_json(data / f"{dataset.name}.json")
    assert head["licence"]["name"] == "CC-BY-4.0"
    assert [source["id"] for source in head["sources"]] == ["guide", "report"]
    assert head["date"] == "2027-01-15"
    assert head["site"] == {"title": SITE.title, "address": SITE.address}
    assert (data / head["$schema"]).is_file()


@each_dataset
def test_every_record_is_in_json_and_csv(guide: Guide, data: Path, dataset: Dataset) -> None:
    document = read_json(data / f"{dataset.name}.json")
    for i, (key, records) in enumerate(known(guide, dataset).items()):
        ids = [record.id for record in records]
        table = read_csv(data / (f"{dataset.name}.csv" if i == 0 else f"{dataset.name}-{key}.csv"))
        assert [record["id"] for record in document[key]] == ids
        told = [row[LAID_OUT.get(dataset.name, "id") if i == 0 else "id"] for row in table]
        assert (list(dict.fromkeys(told)) if dataset.name in LAID_OUT else told) == ids
        assert ids


@each_dataset
def test_every_field_is_in_json(guide: Guide, data: Path, dataset: Dataset) -> None:
    document = read_json(data / f"{dataset.name}.json")
    for key, records in known(guide, dataset).items():
        for record, published in zip(records, document[key], strict=True):
            more = MORE_FIELDS.get(dataset.name, set())
            assert set(published) == {*type(record).model_fields, "address", *more}


@each_dataset
def test_texts_read_as_on_the_pages(data: Path, dataset: Dataset) -> None:
    document = read_json(data / f"{dataset.name}.json")
    assert [part for part in parts(document) if isinstance(part, str) and re.search("[＊《]", part)] == []


def test_numbers_named_in_texts_are_filled_in(guide: Guide) -> None:
    publisher = Publisher(guide, Renderer(guide).number)
    assert publisher.words("クレジット＊で《offset-total》を") == "クレジットで100 t-CO₂を"
    named = [one for one in parts([record.model_dump() for record in guide.cases]) if "《" in str(one)]
    assert named


@each_dataset
def test_addresses_lead_to_the_records(exported: Path, pages: dict[str, BuiltPage], dataset: Dataset) -> None:
    document = read_json(exported / "data" / f"{dataset.name}.json")
    dead = []
    for kind in dataset.kinds:
        for record in document[kind.key]:
            page, _, anchor = record["address"].partition("#")
            if f"/{page}" not in pages or (anchor and anchor not in pages[f"/{page}"].ids):
                dead.append(record["address"])
    assert dead == []


def test_pages_of_a_record_are_addresses(data: Path, pages: dict[str, BuiltPage]) -> None:
    named = {page for record in read_json(data / "changes.json")["records"] for page in record["pages"]}
    assert {"/" + page.removeprefix("./") for page in named} <= set(pages)
    assert "methods/" in named


# -- CSV ----------------------------------------------------------------------------------------


def test_csv_has_bom_line_ends_stable_names_and_licence(data: Path) -> None:
    for path in sorted(data.glob("*.csv")):
        content = path.read_bytes()
        names = content.decode("utf-8-sig").split("\r\n")[0].split(",")
        assert content.startswith(b"\xef\xbb\xbf"), path.name
        assert content.endswith(b"\r\n"), path.name
        assert content.count(b"\n") == content.count(b"\r\n"), path.name
        assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]*", name)] == [], path.name
        assert len(set(names)) == len(names), path.name
        assert {row["licence"] for row in read_csv(path)} <= {"CC-BY-4.0"}, path.name


@each_dataset
def test_no_value_of_a_list_holds_what_parts_them(data: Path, dataset: Dataset) -> None:
    lists = [part for part in parts(read_json(data / f"{dataset.name}.json")) if isinstance(part, list)]
    assert [word for words in lists for word in map(named, words) if PART in str(word)] == []


def test_lists_of_records_have_tables_of_their_own(guide: Guide, data: Path) -> None:
    sources = read_csv(data / "changes-sources.csv")
    wanted = [(change.id, plain(one.title), one.url or "") for change in guide.changes for one in change.sources]
    assert [(row["changes_id"], row["title"], row["url"]) for row in sources] == wanted
    substeps = read_csv(data / "methods-substeps.csv")
    wanted = [
        (method.id, phase.id, step.id, sub.mark)
        for method in guide.methods
        for phase in (method.flow.phases if method.flow else [])
        for step in phase.steps
        for sub in step.substeps
    ]
    assert [(row["methods_id"], row["phases_id"], row["steps_id"], row["mark"]) for row in substeps] == wanted


def test_lists_of_one_kind_share_a_table_that_names_the_field(guide: Guide, data: Path) -> None:
    rows = [row for row in read_csv(data / "methods-entries.csv") if row["methods_id"] == "d2"]
    method = next(method for method in guide.methods if method.id == "d2")
    assert len([row for row in rows if row["field"] == "summary"]) == len(method.summary)
    assert method.things_to_settle is not None
    settled = [row for row in rows if row["field"] == "things_to_settle.items"]
    assert [row["position"] for row in settled] == [str(n) for n, _ in enumerate(method.things_to_settle.items, 1)]


def test_a_survey_table_is_as_printed(guide: Guide, data: Path) -> None:
    for table in guide.surveys.tables:
        rows = read_csv(data / f"surveys-{table.id}.csv")
        names = [column.id.replace("-", "_") for column in table.columns]
        assert [[int(row[name]) for name in names] for row in rows] == [row.values for row in table.rows]


def test_factors_csv_has_a_row_for_every_value_with_its_source(guide: Guide, data: Path) -> None:
    rows = read_csv(data / "factors.csv")
    sources = {source.id: source for source in guide.factor_sources}
    wanted = [
        (
            topic.id,
            factor.id,
            plain(factor.unit),
            value.set,
            value.value,
            value.valid_to or "",
            sources[value.source].licence,
        )
        for topic in guide.factors
        for factor in topic.factors
        for value in factor.values
    ]
    names = ("topic_id", "id", "unit", "set", "value", "valid_to", "source_licence")
    assert [tuple(float(row[name]) if name == "value" else row[name] for name in names) for row in rows] == wanted
    assert {row["source_title"] for row in rows} <= {plain(source.title) for source in sources.values()}


def test_factors_json_keeps_values_and_sources_in_the_factor(guide: Guide, data: Path) -> None:
    rail = next(one for one in read_json(data / "factors.json")["records"] if one["id"] == "travel-rail")
    known = next(one for topic in guide.factors for one in topic.factors if one.id == "travel-rail")
    assert [value["value"] for value in rail["values"]] == [value.value for value in known.values]
    assert {"title", "publisher", "date", "url", "licence"} < set(rail["values"][0]["source"])
    assert rail["topic"]["id"] == "travel"


def test_factors_say_that_their_values_are_their_publishers(data: Path) -> None:
    factors, cases = (read_json(data / f"{name}.json")["rights"] for name in ("factors", "cases"))
    assert factors.startswith(cases)
    assert "値ごとの出典" in factors
    assert "値ごとの出典" not in cases


def test_calculators_are_published_without_references_to_shared_parts(guide: Guide, data: Path) -> None:
    whole = guide.catalogue.calculators
    for one in read_json(data / "calculators.json")["records"]:
        known = whole[one["id"]]
        fields = [field for group in one["groups"] for field in group["inputs"]]
        assert [field["id"] for field in fields] == [field.id for group in known.groups for field in group.inputs]
        assert [result["formula"] for result in one["results"]] == [result.formula for result in known.results]
        assert [line["formula"] for line in one["lines"]] == [line.formula for line in known.lines]
        assert len(one["examples"]) == len(known.examples)


def test_calculators_csv_has_a_row_for_every_field_line_and_result(guide: Guide, data: Path) -> None:
    rows = read_csv(data / "calculators.csv")
    for known in guide.catalogue.calculators.values():
        wanted = [("input", field.id) for group in known.groups for field in group.inputs]
        if known.rows:
            wanted += [("row-input", column.id) for column in known.rows.columns]
            wanted += [("row-result", result.id) for result in known.rows.results]
        wanted += [("line", line.id) for line in known.lines] + [("result", result.id) for result in known.results]
        assert [(row["part"], row["id"]) for row in rows if row["calculators_id"] == known.id] == wanted
    formulas = {row["formula"] for row in rows if row["part"] in {"line", "result", "row-result"}}
    assert "" not in formulas


def test_every_column_is_called_something_in_japanese(guide: Guide) -> None:
    publisher = Publisher(guide, Renderer(guide).number)
    columns = [
        (table.name, one) for dataset in DATASETS for table in tables_of(publisher, dataset) for one in table.columns
    ]
    assert [(name, one.name) for name, one in columns if not JAPANESE.search(one.title)] == []


# -- the package --------------------------------------------------------------------------------


def test_the_package_is_valid_and_whole(data: Path) -> None:
    package = read_json(data / "datapackage.json")
    listed = {resource["path"] for resource in package["resources"]}
    there = {path.name for path in data.iterdir() if not path.name.endswith(".schema.json")}
    assert listed == there - {"datapackage.json"}
    assert [licence["name"] for licence in package["licenses"]] == ["CC-BY-4.0"]
    assert len(package["sources"]) == 2
    report = frictionless.validate(str(data / "datapackage.json"))
    assert report.flatten(["name", "type", "message"]) == []
    assert report.stats["tasks"] == len(listed)


def test_frictionless_sees_what_is_wrong(data: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(data, tmp_path / "data")
    text = (copy / "cases-methods.csv").read_text(encoding="utf-8-sig")
    (copy / "cases-methods.csv").write_text(text.replace("kyoto,", "osaka,"), encoding="utf-8-sig", newline="")
    kinds = {kind for (kind,) in frictionless.validate(str(copy / "datapackage.json")).flatten(["type"])}
    assert {"foreign-key", "hash-count"} & kinds


# -- the feed -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def feed(exported: Path) -> ET.Element:
    return ET.fromstring((exported / "changes" / "feed.xml").read_bytes())  # noqa: S314 - made by ourselves


def words(element: ET.Element, name: str) -> str:
    found = element.findall(f"atom:{name}", ATOM)
    assert len(found) == 1, name
    assert found[0].text, name
    return found[0].text


def test_the_feed_has_what_atom_asks_for(feed: ET.Element) -> None:
    assert feed.tag == f"{{{ATOM['atom']}}}feed"
    for element in (feed, *feed.findall("atom:entry", ATOM)):
        assert words(element, "title")
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", words(element, "id"))
        assert datetime.fromisoformat(words(element, "updated")).utcoffset() is not None
    assert words(feed.find("atom:author", ATOM), "name")
    links = {link.attrib["rel"]: link.attrib["href"] for link in feed.findall("atom:link", ATOM)}
    assert links["self"] == "https://www.example.jp/offset/changes/feed.xml"
    assert links["alternate"] == "https://www.example.jp/offset/changes/"


def anchored(feed: ET.Element) -> dict[str, ET.Element]:
    """Return the entries by the place of their record, from the site's root."""
    start = "https://www.example.jp/offset/"
    links = {entry.find("atom:link[@rel='alternate']", ATOM).attrib["href"]: entry for entry in feed.iter(ENTRY)}
    assert all(link.startswith(start) for link in links)
    return {link.removeprefix(start): entry for link, entry in links.items()}


def told(guide: Guide) -> dict[str, Any]:
    """Return every record that the feed tells, by the place of its anchor."""
    return {
        f"{page}/#{one.id}": one
        for page, records in (
            ("changes", guide.changes),
            ("answers", guide.answers),
            ("buying", guide.offers),
            ("precedents", guide.precedents),
        )
        for one in records
    }


def test_every_record_is_an_entry_with_its_days_grade_and_sources(guide: Guide, feed: ET.Element) -> None:
    found, records = anchored(feed), told(guide)
    assert set(found) == set(records)
    assert len(records) > 250
    for place, record in records.items():
        entry = found[place]
        content = words(entry, "content")
        assert words(entry, "published").startswith(record.versions[0].split()[0])
        assert words(entry, "updated").startswith(record.versions[-1].split()[0])
        assert "確認日" not in content
        assert not re.search("[＊《]", content + words(entry, "title"))
        if not place.startswith("answers/"):
            assert f"grade-{record.grade}" in [one.attrib["term"] for one in entry.findall("atom:category", ATOM)]
            assert all(escape(source.publisher) in content for source in record.sources)
            assert [link.attrib["href"] for link in entry.findall("atom:link[@rel='via']", ATOM)] == [
                source.url for source in record.sources if source.url
            ]


def test_an_entry_tells_what_its_record_says(guide: Guide, feed: ET.Element) -> None:
    found = anchored(feed)
    for change in guide.changes:
        assert change.date_text in words(found[f"changes/#{change.id}"], "content")
    for answer in guide.answers:
        content = words(found[f"answers/#{answer.id}"], "content")
        assert all(escape(said.text.replace("＊", "")) in content for said in answer.said)
        assert answer.question == words(found[f"answers/#{answer.id}"], "title")


def test_an_entry_of_a_seller_tells_kind_and_prices_with_day_and_tax(guide: Guide, feed: ET.Element) -> None:
    found = anchored(feed)
    priced = 0
    for offer in guide.offers:
        entry = found[f"buying/#{offer.id}"]
        content = words(entry, "content")
        assert offer.seller in words(entry, "title")
        assert offer.title in words(entry, "title")
        assert offer.status_text in content
        for price in offer.prices:
            line = rf"{price.yen:,}[^<]*円(以上)?（税(込|抜|の別は不明)）[^<]*{re.escape(price.date_text)}"
            assert bool(re.search(line, content)) == (price.until is None), (offer.id, price.yen)
            priced += 1
    assert priced >= 30


def test_an_entry_of_a_precedent_tells_who_when_and_how_much(guide: Guide, feed: ET.Element) -> None:
    found = anchored(feed)
    for one in guide.precedents:
        title = words(found[f"precedents/#{one.id}"], "title")
        content = words(found[f"precedents/#{one.id}"], "content")
        assert one.title in title
        assert one.who in title
        assert not one.year or f"{one.year[:4]}年" in title
        assert re.search(r"[\d.,]+ t" if one.tonnes else "量は見えていない", title)
        assert one.year_text in content
        assert not one.cost or (one.cost in content and "税" in content)


def test_the_feed_of_the_site_is_atom(site: Path) -> None:
    """What RFC 4287 asks of elements, ids and dates; half a megabyte, and far from one."""
    written = (site / "changes" / "feed.xml").read_bytes()
    whole = ET.fromstring(written)  # noqa: S314 - made by ourselves
    asked = {"id": 1, "title": 1, "updated": 1}
    held_by = {whole.tag: {*asked, "subtitle", "link", "rights", "author", "entry"}, ENTRY: {*asked, *INNER}}
    moment = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
    entries = list(whole.iter(ENTRY))
    for element in (whole, *entries):
        names = [child.tag.removeprefix(f"{{{ATOM['atom']}}}") for child in element]
        assert set(names) <= held_by[element.tag]
        assert {name: names.count(name) for name in asked} == asked
        assert all(moment.fullmatch(words(element, name)) for name in ("updated", "published") if name in names)
    ids = [one.text for one in whole.iter(f"{{{ATOM['atom']}}}id")]
    assert len(set(ids)) == len(ids)
    pairs = [tuple(datetime.fromisoformat(words(one, name)) for name in ("published", "updated")) for one in entries]
    assert all(published <= updated for published, updated in pairs)
    assert [updated for _, updated in pairs] == sorted((updated for _, updated in pairs), reverse=True)
    assert words(whole, "updated") == words(entries[0], "updated")
    assert len(entries) == sum(
        len(read_json(site / "data" / f"{name}.json")["records"])
        for name in ("changes", "answers", "offers", "precedents")
    )
    assert len(written) < 1_000_000, "the older half of the feed belongs into an archive (RFC 5005)"


def test_ids_of_the_feed_are_unique_and_the_same_wherever_the_site_is(
    guide: Guide, feed: ET.Element, tmp_path: Path
) -> None:
    ids = [one.text for one in feed.iter(f"{{{ATOM['atom']}}}id")]
    assert len(set(ids)) == len(told(guide)) + 1
    write_all(tmp_path, Head(guide, Site("別", "http://localhost/"), TIME + 1))
    moved = ET.fromstring((tmp_path / "changes" / "feed.xml").read_bytes())  # noqa: S314
    assert [one.text for one in moved.iter(f"{{{ATOM['atom']}}}id")] == ids


def test_ids_of_the_feed_are_for_ever(feed: ET.Element) -> None:
    entry = next(one for one in feed.findall("atom:entry", ATOM) if "jcredit-unified" in ET.tostring(one, "unicode"))
    assert words(entry, "id") == "urn:uuid:0743b759-11df-5b54-8c33-21b83e3bf1f6"


def entries(root: Path, folder: Path) -> dict[str, str]:
    """Return the entries of the feed that the data of a project makes, as they stand in it, by their ids."""
    write_all(folder, Head(load(root), Site("別", "https://www.example.jp/"), TIME))
    whole = ET.fromstring((folder / "changes" / "feed.xml").read_bytes())  # noqa: S314
    return {words(entry, "id"): ET.tostring(entry, "unicode") for entry in whole.findall("atom:entry", ATOM)}


def updated(entry: str) -> str:
    return words(ET.fromstring(entry), "updated")  # noqa: S314


@pytest.fixture
def copied(root: Path, tmp_path: Path) -> Path:
    """The project's own data, pages and settings, to edit."""
    for name in ("data", "docs"):
        shutil.copytree(root / name, tmp_path / "project" / name)
    shutil.copy(root / "mkdocs.yml", tmp_path / "project")
    return tmp_path / "project"


def test_looking_notes_over_leaves_the_feed_as_it_is(
    copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1816992000")  # 2027-07-31: before it, nobody can have looked then
    before = entries(copied, tmp_path / "before")
    total = 0
    files = [copied / "data" / "changes.yml", copied / "data" / "answers.yml"]
    for path in (*files, *(copied / "data" / "offers").iterdir(), *(copied / "data" / "precedents").iterdir()):
        text = path.read_text(encoding="utf-8")
        looked_over, checked = re.subn(r"(?m)^( *)checked_on: .*$", r"\1checked_on: 2027-07-31", text)
        looked_over, count = re.subn(r"(?m)^( *)review_by: .*$", r"\1review_by: 2028-07-31", looked_over)
        path.write_text(looked_over, encoding="utf-8")
        assert checked == count
        total += count
    assert total == len(before)
    assert entries(copied, tmp_path / "after") == before


def test_a_text_cannot_change_without_its_day(copied: Path, tmp_path: Path) -> None:
    """The check says the line to write; with it exactly that entry is new, even when it is the second of a day."""
    before = entries(copied, tmp_path / "before")
    path = copied / "data" / "changes.yml"
    start, rest = path.read_text(encoding="utf-8").split("- id: jver-migration\n")
    own, *others = re.split(r"(?m)^(?=- id: )", rest)
    changed = own.replace("すべて過ぎています", "すべて過ぎました")
    for days in (["2027-07-01"], ["2027-07-01", "2027-07-01"]):
        path.write_text(f"{start}- id: jver-migration\n{changed}{''.join(others)}", encoding="utf-8")
        with pytest.raises(DataError, match=r"versions: .*（今日の日付）") as told:
            load(copied)
        mark = re.search(r"（今日の日付） ([0-9a-f]{8})", str(told.value))[1]
        changed = f"{changed.rstrip()}\n    - {days[-1]} {mark}\n\n"
        path.write_text(f"{start}- id: jver-migration\n{changed}{''.join(others)}", encoding="utf-8")
        after = entries(copied, tmp_path / f"after-{len(days)}")
        new = [name for name in after if after[name] != before[name]]
        assert new == [uuid5(NAMESPACE, "changes/jver-migration").urn]
        assert updated(after[new[0]]) > updated(before[new[0]])
        assert next(iter(after)) == new[0]
        before, changed = after, changed.replace("すべて過ぎました", "どれも過ぎました")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("offers/rikuzentakata-forest", "yen: 15000", "yen: 16000"),
        ("offers/rikuzentakata-forest", "status: open", "status: closed"),
        ("precedents/toya-fireworks", "who: ", "who: 洞爺湖町と"),
        ("precedents/toya-fireworks", "grade: B\n", "grade: A\n"),
    ],
)
def test_a_record_in_a_file_of_its_own_cannot_change_without_its_day(
    copied: Path, tmp_path: Path, name: str, old: str, new: str
) -> None:
    before = entries(copied, tmp_path / "before")
    path = copied / "data" / f"{name}.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        load(copied)
    line = next(number for number, line in enumerate(text.splitlines(), 1) if line == "versions:")
    said = re.search(rf"data/{name}\.yml:(\d+): versions: .*（今日の日付） ([0-9a-f]{{8}})", str(refused.value))
    assert line <= int(said[1]) <= line + 1
    path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n  - 2027-07-01 {said[2]}\n", encoding="utf-8")
    after = entries(copied, tmp_path / "after")
    assert [one for one in after if after[one] != before[one]] == [uuid5(NAMESPACE, name).urn]
    assert next(iter(after)) == uuid5(NAMESPACE, name).urn


# -- on the pages -------------------------------------------------------------------------------


def test_the_site_has_its_exports(site: Path) -> None:
    assert (site / "data" / "datapackage.json").is_file()
    assert read_json(site / "data" / "cases.json")["site"]["address"] == (address_of(site) or None)


def test_every_page_names_the_feed(pages: dict[str, BuiltPage]) -> None:
    selector = 'head link[rel="alternate"][type="application/atom+xml"]'
    # a calculator alone in a frame carries nothing but itself
    whole = {address: page for address, page in pages.items() if not page.is_frame}
    assert [address for address, page in whole.items() if len(page.tree.css(selector)) != 1] == []


def test_a_browser_finds_the_feed_and_asks_for_nothing_else(page: Page) -> None:
    """Material asks for a sitemap beside each alternate link it finds; the page fixture fails on the 404 of that."""
    page.goto("/methods/a1/", wait_until="networkidle")
    link = page.locator('link[rel="alternate"][type="application/atom+xml"]')
    assert link.evaluate("node => new URL(node.href).pathname") == "/changes/feed.xml"


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/cases/", "cases.csv"),
        ("/glossary/", "glossary.csv"),
        ("/links/", "links.csv"),
        ("/methods/", "methods.csv"),
        ("/report/surveys/", "surveys.csv"),
        ("/report/surveys/", "surveys-trend.csv"),
        ("/report/joint-purchase/", "surveys-joint-purchase.csv"),
        ("/calculators/factors/", "factors.csv"),
        ("/calculators/", "calculators.csv"),
        ("/changes/", "changes.csv"),
        ("/changes/", "changes.json"),
    ],
)
def test_a_table_is_offered_where_it_stands(pages: dict[str, BuiltPage], address: str, file: str) -> None:
    assert f"/data/{file}" in [target for target, _ in pages[address].links()]


def test_the_list_of_files_is_whole(site: Path, pages: dict[str, BuiltPage]) -> None:
    linked = {target for target, _ in pages["/about/"].links() if target.startswith("/data/")}
    assert linked == {f"/data/{path.name}" for path in (site / "data").iterdir()}


def test_links_to_the_data_work_under_a_path(pages: dict[str, BuiltPage]) -> None:
    absolute = [
        page.address
        for page in pages.values()
        if page.address != "/404.html" and re.search(r'href="/(data|changes)/', page.html)
    ]
    assert absolute == []
