"""A build is whole or not there at all, and two builds of the same are the same."""

import os
import shutil
import stat
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from macros.loading.problems import DataError
from macros.pages.check import load
from macros.site import build as module
from macros.site.build import BuildError, build, main, switch
from macros.site.job import source_date
from tests.copies import copied

ROOT = Path(__file__).parent.parent
PAGE = "---\ntitle: 題\ndescription: 説明です。\n---\n# 題 { #top }\n\n"


@pytest.fixture
def old_site(tmp_path: Path) -> Path:
    site = tmp_path / "out" / "site"
    site.mkdir(parents=True)
    (site / "index.html").write_text("old", encoding="utf-8")
    return site


def left_beside(site: Path) -> list[str]:
    return [path.name for path in site.parent.iterdir()]


def test_a_build_replaces_the_old_site_and_leaves_nothing_beside_it(small_guide: Path, old_site: Path) -> None:
    build(small_guide, old_site)
    assert "本文です。" in (old_site / "index.html").read_text(encoding="utf-8")
    assert left_beside(old_site) == ["site"]
    assert old_site.stat().st_mode & 0o755 == 0o755


def test_a_broken_link_stops_the_build_and_keeps_the_old_site(small_guide: Path, old_site: Path) -> None:
    (small_guide / "docs" / "index.md").write_text(PAGE + "[なし](index.md#none)\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"docs/index\.md:\d+: リンク: 「#none」という所が"):
        build(small_guide, old_site)
    assert (old_site / "index.html").read_text(encoding="utf-8") == "old"
    assert left_beside(old_site) == ["site"]


def test_bad_data_stops_the_build_before_mkdocs_starts(small_guide: Path, old_site: Path) -> None:
    (small_guide / "data" / "tasks.yml").unlink()
    (small_guide / "mkdocs.yml").unlink()
    with pytest.raises(DataError, match=r"data/tasks\.yml"):
        build(small_guide, old_site)
    assert (old_site / "index.html").read_text(encoding="utf-8") == "old"


def test_a_later_step_that_fails_keeps_the_old_site(
    small_guide: Path, old_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_job: module.Job) -> None:
        raise BuildError("だめ")

    monkeypatch.setattr(module, "STEPS", (lambda job: job.folder.mkdir(), fail))
    with pytest.raises(BuildError):
        build(small_guide, old_site)
    assert (old_site / "index.html").read_text(encoding="utf-8") == "old"
    assert left_beside(old_site) == ["site"]


def test_a_switch_that_fails_puts_the_old_site_back(old_site: Path) -> None:
    with pytest.raises(FileNotFoundError):
        switch(old_site.parent / "never-made", old_site, old_site.parent / "old")
    assert (old_site / "index.html").read_text(encoding="utf-8") == "old"


ELSEWHERE = [
    {"TZ": "Asia/Tokyo", "LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/New_York", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
]


def test_two_builds_in_other_folders_and_time_zones_are_the_same(small_guide: Path, tmp_path: Path) -> None:
    first, second = built_elsewhere(small_guide, tmp_path)
    assert "robots.txt" in first
    assert first == second


@pytest.mark.parametrize("umask", [0o027, 0o077])
def test_a_web_server_can_read_what_an_account_that_shares_nothing_built(
    small_guide: Path, tmp_path: Path, umask: int
) -> None:
    run_build(small_guide, tmp_path / "site", umask=umask)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "site", *(tmp_path / "site").rglob("*"))}
    wanted = {path: 0o755 if path.is_dir() else 0o644 for path in modes}
    assert modes == wanted


@pytest.mark.full
def test_two_builds_of_all_elsewhere_are_the_same(tmp_path: Path) -> None:
    first, second = built_elsewhere(copied(tmp_path / "copy"), tmp_path, "--editions")
    assert {"downloads/guidebook.pdf", "downloads/calculators.zip", "downloads/SHA256SUMS"} <= set(first)
    assert sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name)) == []


def built_elsewhere(root: Path, folder: Path, *arguments: str) -> list[dict[str, str]]:
    """Build copies of a project for two users on two machines; return the digests of what they got."""
    found = []
    for number, environment in enumerate(ELSEWHERE):
        home = folder / f"home-{number}" / ("deeper" * number)
        copy = shutil.copytree(root, home / "project")
        site = home / "out" / "site"
        run_build(copy, site, *arguments, umask=(0o022, 0o077)[number], HOME=str(home), **environment)
        found.append(digests(site))
    return found


def run_build(root: Path, site: Path, *arguments: str, umask: int = 0o022, **environment: str) -> None:
    """Build a project in a process of its own; a project without macros/ gets ours."""
    command = [sys.executable, "-m", "macros", "build", *arguments, "--site-dir", str(site)]
    outside = {name: value for name, value in os.environ.items() if name not in {"PYTHONUTF8", "SOURCE_DATE_EPOCH"}}
    subprocess.run(command, cwd=root, env={**outside, "PYTHONPATH": str(ROOT), **environment}, umask=umask, check=True)


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_time_of_a_build_is_given_or_of_the_commit_or_of_the_data(
    small_guide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = load(small_guide)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(small_guide.parent))
    assert source_date(small_guide, guide) == 1795219200  # data_as_of, 2026-11-21
    commit(small_guide, "2020-02-03T04:05:06Z")
    assert source_date(small_guide, guide) == 1580702706
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert source_date(small_guide, guide) == 86400


def commit(root: Path, date: str) -> None:
    environment = {**os.environ, "GIT_COMMITTER_DATE": date}
    name = ["-c", "user.name=test", "-c", "user.email=test@example.jp"]
    for arguments in (["init", "--quiet"], ["add", "."], [*name, "commit", "--quiet", "--message", "test"]):
        subprocess.run(["git", *arguments], cwd=root, env=environment, check=True)


def test_a_failure_is_told_in_japanese_and_english(
    small_guide: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (small_guide / "data" / "tasks.yml").unlink()
    monkeypatch.chdir(small_guide)
    assert main([]) == 1
    told = capsys.readouterr().err
    assert (
        "直すところが1件あります。 1 errors in data/, docs/ or mkdocs.yml:\ndata/tasks.yml:1: （全体）: ファイルがありません\n"
        in told
    )
    assert "サイトは作り直していません。" in told
    assert "site/ is untouched" in told
