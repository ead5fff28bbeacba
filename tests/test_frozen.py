"""Public addresses are kept for ever, by the build's own report: none goes, and none is published unfrozen."""

import re
from pathlib import Path

import pytest

from macros.hosting.files import NotReady, files_of
from macros.hosting.frozen import LIST, PASSING, addresses, calculator_names
from macros.loading.problems import DataError
from macros.pages.check import load
from macros.site import build as module
from macros.site.build import build, main
from tests.pages import read_pages

PAGE = '<h2 id="menu">x</h2><article class="md-content__inner md-typeset"><h2 id="{}">題</h2></article>'
KEPT = ["# head", "/", "/#credit"]
# those of the small guide's only calculator
NAMES = sorted(calculator_names(load(Path(__file__).parent / "small-guide").catalogue.calculators.values()))
ANNOTATED = re.compile(r"tests/frozen-ids\.txt:\d+: アドレスと名前: .+")


@pytest.fixture
def project(small_guide: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose site has one page with one place, both published before."""
    (small_guide / LIST).parent.mkdir()
    (small_guide / LIST).write_text("\n".join([*KEPT, *NAMES, ""]), encoding="utf-8")
    monkeypatch.chdir(small_guide)
    put(monkeypatch, {"index.html": "credit"})
    return small_guide


def put(monkeypatch: pytest.MonkeyPatch, pages: dict[str, str]) -> None:
    """Let the build write these pages, each with one id, and nothing else."""

    def write(job: module.Build) -> None:
        for name, own in pages.items():
            (job.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (job.folder / name).write_text(PAGE.format(own), encoding="utf-8")

    monkeypatch.setattr(module, "STEPS", (write, module.public_names))


def frozen(root: Path) -> list[str]:
    return (root / LIST).read_text(encoding="utf-8").splitlines()


def test_a_build_that_keeps_every_address_says_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(project, project / "site", editions=True, frozen=True)
    assert capsys.readouterr().out == ""
    assert frozen(project) == [*KEPT, *NAMES]


@pytest.mark.parametrize(
    ("pages", "lost"),
    [
        ({"index.html": "credits"}, ["/#credit"]),
        ({"other/index.html": "credit"}, ["/"]),
    ],
)
def test_an_address_that_is_gone_stops_the_build(
    project: Path, monkeypatch: pytest.MonkeyPatch, pages: dict[str, str], lost: list[str]
) -> None:
    put(monkeypatch, pages)
    with pytest.raises(DataError) as caught:
        build(project, project / "site", editions=True)
    said = str(caught.value).splitlines()
    assert [re.findall("「(.+?)」", line)[0] for line in said] == lost
    assert all(ANNOTATED.fullmatch(line) for line in said)
    assert [frozen(project)[int(line.split(":")[1]) - 1] for line in said] == lost
    assert frozen(project) == [*KEPT, *NAMES]


def test_a_name_of_a_calculator_that_is_gone_stops_the_build(project: Path) -> None:
    assert {name.split()[2] for name in NAMES} >= {"input", "result"}
    name = next(name.split()[3] for name in NAMES if name.split()[2] == "input")
    for path in (project / "data" / "calculators" / "event.yml", project / "data" / "statement.yml"):
        path.write_text(re.sub(rf"\b{name}\b", f"{name}_2", path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(DataError, match=rf"「calculator event input {name}」がなくなりました"):
        build(project, project / "site")


def test_new_addresses_are_told_and_written_down_when_the_site_is_to_be_published(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(monkeypatch, {"index.html": "credit", "a/index.html": "b"})
    assert main([]) == 0
    assert "新しいアドレスと名前が2件あります。make build が控えます。" in capsys.readouterr().out
    assert len(frozen(project)) == len([*KEPT, *NAMES])
    assert main(["--editions"]) == 0
    said = capsys.readouterr().out
    assert "tests/frozen-ids.txt に書き足しました。変更といっしょに送ってください。" in said
    assert "  /a/\n  /a/#b\n" in said
    assert frozen(project) == [*KEPT, "/a/", "/a/#b", *NAMES]


def test_the_build_of_a_publication_refuses_what_is_not_written_down(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put(monkeypatch, {"index.html": "credit", "a/index.html": "b"})
    assert main(["--editions", "--frozen"]) == 1
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("tests/")]
    assert [line.rsplit("：")[-1] for line in said] == ["/a/", "/a/#b"]
    assert all(ANNOTATED.fullmatch(line) for line in said)
    assert len(frozen(project)) == len([*KEPT, *NAMES])
    # as told, pasted at the end
    with (project / LIST).open("a", encoding="utf-8") as file:
        file.write("/a/#b\n/a/\n")
    assert main(["--editions", "--frozen"]) == 0


def test_a_project_without_a_list_has_published_nothing(project: Path) -> None:
    (project / LIST).unlink()
    build(project, project / "site", editions=True, frozen=True)
    assert not (project / LIST).exists()


def test_a_site_with_unfrozen_addresses_is_not_sent_to_a_host(tmp_path: Path) -> None:
    for name in ("404.html", "robots.txt", "sitemap.xml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "index.html").write_text(PAGE.format("about"), encoding="utf-8")
    assert "index.html" in files_of(tmp_path)
    (tmp_path / "index.html").write_text(PAGE.format("no-such-id"), encoding="utf-8")
    with pytest.raises(NotReady, match=r"控えていないアドレスが1件あります（/#no-such-id など）"):
        files_of(tmp_path)


def test_the_ids_are_those_of_the_article(site: Path) -> None:
    """Compared with another parser: what search engines and bookmarks lead to, neither more nor less."""
    pages = [page for page in read_pages(site).values() if page.address != "/404.html"]
    promised = {
        f"{page.address}#{node.attributes['id']}"
        for page in pages
        for node in page.article.css("[id]")
        if not PASSING.fullmatch(node.attributes["id"] or "")
    }
    assert promised | {page.address for page in pages} == set(addresses(site))
    assert "/glossary/#credit" in promised


def test_publications_are_built_with_what_is_written_down(root: Path) -> None:
    assert "run: make build FROZEN=1" in (root / ".github" / "workflows" / "pages.yml").read_text(encoding="utf-8")
    assert "--editions $(if $(FROZEN),--frozen)" in (root / "Makefile").read_text(encoding="utf-8")
