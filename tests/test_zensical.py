"""What follows Material: Zensical makes the same pages of the same sources, and stops where MkDocs stops."""

import os
import re
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from macros.loading.problems import BuildError
from macros.site import build as build_module
from macros.site.build import BUILDERS, build
from macros.site.builders import zensical_pages
from tests.known_differences import read
from tests.pages import BuiltPage, read_pages

ROOT = Path(__file__).parent.parent
MACROS = "plugins:\n  - macros:\n      module_name: macros\n      on_undefined: strict\n      on_error_fail: true\n"


@pytest.fixture(scope="module")
def from_mkdocs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BuiltPage]:
    folder = tmp_path_factory.mktemp("mkdocs") / "site"
    build(ROOT, folder)
    return read_pages(folder)


def content(page: BuiltPage) -> str:
    """Return the HTML of the article, without what the two themes put around it and write differently."""
    html = re.sub(r'<a id="__skip" tabindex="-1"></a>', "", page.article.inner_html or "")
    # relative links are told apart by a dot that means nothing
    html = re.sub(r'(")\.\./\./', r"\1../", html)
    return re.sub(r"\s*\n\s*", "\n", html).strip()


def run_build(root: Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "macros", "build", "--builder", "zensical", "--site-dir", str(folder)]
    path = str(Path(build_module.__file__).parent.parent)
    environment = {**os.environ, "PYTHONPATH": path, **environment}
    return subprocess.run(command, cwd=root, env=environment, check=False, capture_output=True, text=True)


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def test_both_builders_are_known_and_mkdocs_is_the_default() -> None:
    assert list(BUILDERS) == ["mkdocs", "zensical"]
    assert build_module.Job.builder == "mkdocs"


def test_a_known_difference_is_read_with_its_reason() -> None:
    text = "# heading\n\ntests/test_a.py::test_one[x y]  because\ntests/test_b.py::test_two  why not\n"
    assert read(text) == {"tests/test_a.py::test_one[x y]": "because", "tests/test_b.py::test_two": "why not"}


def test_a_failure_of_zensical_is_told(small_guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("macros.site.builders.sys.executable", shutil.which("false"))
    job = build_module.Job(small_guide, tmp_path / "new", None)
    with pytest.raises(BuildError, match="zensical build --strict failed"):
        zensical_pages(job)
    assert not job.folder.exists()


@pytest.mark.zensical
def test_every_page_says_the_same(site: Path, from_mkdocs: dict[str, BuiltPage]) -> None:
    pages = read_pages(site)
    assert pages.keys() == from_mkdocs.keys()
    assert 'content="zensical-' in pages["/"].html
    # the theme writes the links of 404.html
    same = [address for address in pages if content(pages[address]) == content(from_mkdocs[address])]
    assert set(pages) - set(same) <= {"/404.html"}


@pytest.mark.zensical
@pytest.mark.parametrize("text", ["[なし](none.md)", "[なし](#none)", "{{ nothing() }}", "{{ nothing }}"])
def test_a_mistake_in_a_page_stops_the_build(small_guide: Path, tmp_path: Path, text: str) -> None:
    with (small_guide / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(MACROS)
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("old", encoding="utf-8")
    (small_guide / "docs" / "index.md").write_text(f"# 題 {{ #top }}\n\n{text}\n", encoding="utf-8")
    assert run_build(small_guide, site).returncode == 1
    assert (site / "index.html").read_text(encoding="utf-8") == "old"


@pytest.mark.zensical
def test_two_builds_in_other_folders_and_time_zones_are_the_same(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two" / "deeper"
    for folder, zone, seed in ((one, "Asia/Tokyo", "1"), (two, "America/New_York", "2")):
        assert run_build(ROOT, folder, TZ=zone, PYTHONHASHSEED=seed).returncode == 0
    assert digests(one) == digests(two)
