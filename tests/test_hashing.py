"""Names that hang on the content: every script, style and index of ours has one, and only pages name them."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from macros.hosting.hashing import FOLDERS, HASHED, HASHED_FILES, file_of, with_names
from macros.site.build import build
from tests.pages import BuiltPage, path_of, read_pages

PLAIN = re.compile(r"\.[0-9a-f]{8}(?=\.)")
COMMENTS = re.compile(r"/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def ours(site: Path) -> list[Path]:
    """Every file of ours that pages load."""
    return [path for folder in FOLDERS for path in sorted((site / folder).rglob("*")) if path.is_file()]


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BuiltPage]:
    return read_pages(site)


def test_every_file_of_ours_is_named_after_its_content(ours: list[Path]) -> None:
    assert len(ours) > 10
    for path in ours:
        assert HASHED.search(path.name), path
        assert sha256(path.read_bytes()).hexdigest()[:8] in path.name.split(".")


def test_no_other_file_of_ours_is_loaded_but_what_hosts_include(site: Path) -> None:
    loaded = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.suffix in {".js", ".css"}}
    assert {name for name in loaded if not HASHED.search(name)} == {"embed/resize.js"}


def test_pages_name_what_is_there_and_nothing_by_its_plain_name(
    site: Path, ours: list[Path], pages: dict[str, BuiltPage]
) -> None:
    plain = {PLAIN.sub("", path.relative_to(site).as_posix()) for path in ours}
    for page in pages.values():
        values = [value or "" for node in page.tree.css("*") for value in node.attributes.values()]
        assert [value for value in values if value.endswith(tuple(plain))] == [], page.address
        named = [value for value in values if re.fullmatch(r"[\w./-]+\.(js|css)", value) and "resize.js" not in value]
        folder = site / page.address.strip("/") if page.address != "/404.html" else site
        for value in named:
            path = site / value.removeprefix(path_of(site)) if value.startswith("/") else folder / value
            assert path.is_file(), (page.address, value)
        assert named, page.address


def test_no_script_or_style_names_another(site: Path, ours: list[Path]) -> None:
    plain = {PLAIN.sub("", path.name) for path in ours}
    for path in [*ours, site / "embed" / "resize.js"]:
        if path.parent.name != "search":
            text = COMMENTS.sub("", path.read_text(encoding="utf-8"))
            assert [name for name in plain if re.search(rf"""["'`/]{re.escape(name)}["'`]""", text)] == [], path


def test_the_list_names_every_such_file(site: Path) -> None:
    listed = (site / HASHED_FILES).read_text(encoding="utf-8").splitlines()
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if HASHED.search(path.name)}
    assert set(listed) == there
    assert listed == sorted(listed)
    assert any(name.startswith("assets/javascripts/bundle.") for name in listed)


def test_another_content_has_another_name_and_the_rest_keep_theirs(small_guide: Path, tmp_path: Path) -> None:
    names = []
    for number, color in enumerate(("red", "blue")):
        for name in ("changed", "same"):
            path = small_guide / "docs" / "assets" / "css" / f"{name}.css"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"a {{ color: {color if name == 'changed' else 'green'} }}\n", encoding="utf-8")
        build(small_guide, tmp_path / str(number))
        names.append([file_of(tmp_path / str(number), f"assets/css/{name}.css").name for name in ("changed", "same")])
    assert names[0][0] != names[1][0]
    assert names[0][1] == names[1][1]


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ('<script src="../assets/js/a.js">', '<script src="../assets/js/a.1.js">'),
        ("<script src=../../assets/js/a.js></script>", "<script src=../../assets/js/a.1.js></script>"),
        ("<a data-index='/town/search/i.js' b>", "<a data-index='/town/search/i.2.js' b>"),
        ('<a href="assets/js/other.js">', '<a href="assets/js/other.js">'),
        ("<code>assets/js/a.js</code>", "<code>assets/js/a.js</code>"),
        ('<a title="assets/js/a.js is ours">', '<a title="assets/js/a.js is ours">'),
    ],
)
def test_only_whole_attributes_are_changed(html: str, made: str) -> None:
    assert with_names(html, {"assets/js/a.js": "assets/js/a.1.js", "search/i.js": "search/i.2.js"}) == made


def test_a_file_is_found_by_its_plain_name(tmp_path: Path) -> None:
    for name in ("a.12345678.js", "a.12345678.min.js", "a-b.12345678.js", "b.js"):
        (tmp_path / name).touch()
    assert file_of(tmp_path, "a.js").name == "a.12345678.js"
    assert file_of(tmp_path, "a.min.js").name == "a.12345678.min.js"
    assert file_of(tmp_path, "b.js").name == "b.js"
    with pytest.raises(FileNotFoundError):
        file_of(tmp_path, "c.js")
