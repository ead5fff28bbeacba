"""A build is whole or not there at all, and two builds of the same are the same."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from macros import build as module
from macros.build import BuildError, build, main, source_date, switch
from macros.loading import load
from macros.problems import DataError


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
    (small_guide / "docs" / "index.md").write_text("# 題 { #top }\n\n[なし](none.md)\n", encoding="utf-8")
    with pytest.raises(BuildError, match="mkdocs build --strict failed"):
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
    def fail(_job: module.Build) -> None:
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


def test_two_builds_in_other_folders_and_time_zones_are_the_same(small_guide: Path, tmp_path: Path) -> None:
    first = digests(run_build(small_guide, tmp_path / "one", TZ="Asia/Tokyo", PYTHONHASHSEED="1"))
    second = digests(run_build(small_guide, tmp_path / "two" / "deeper", TZ="America/New_York", PYTHONHASHSEED="2"))
    assert "sitemap.xml.gz" in first
    assert first == second


def run_build(root: Path, folder: Path, **environment: str) -> Path:
    command = [sys.executable, "-m", "macros.build", "--site-dir", str(folder)]
    path = str(Path(module.__file__).parent.parent)
    subprocess.run(command, cwd=root, env={**os.environ, "PYTHONPATH": path, **environment}, check=True)
    return folder


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
        "データに1件の誤りがあります。 1 errors in data/:\ndata/tasks.yml:1: （全体）: ファイルがありません\n" in told
    )
    assert "サイトは作り直していません。" in told
    assert "site/ is untouched" in told
