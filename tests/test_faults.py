"""Whatever goes wrong during a build, the site before it stays whole and the message says what to do.

A full disk is a limit on the size of files (RLIMIT_FSIZE) here, and in `make test-full` as root a small tmpfs as well.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from signal import SIGKILL, SIGTERM
from typing import NamedTuple

import pytest

from macros.editions import works
from macros.editions.pdf import press
from macros.site import build as module
from macros.site import faults
from macros.site.build import main
from macros.site.side import PREFIX, sweep
from tests.test_build import digests, left_beside

ROOT = Path(__file__).parent.parent
UNTOUCHED = "サイトは作り直していません。前の site/ があれば、そのままです。"
# before the build starts, in its own process
LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))"
# root writes where it has no right to: take that from it (prctl PR_CAPBSET_DROP, CAP_DAC_OVERRIDE)
NO_ROOT = "import ctypes, os; os.geteuid() or ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)"
START = "; import os, sys; os.execv(sys.executable, [sys.executable, '-m', 'macros.site.build', *sys.argv[1:]])"


class Project(NamedTuple):
    """A project of its own with an old site in it."""

    root: Path
    site: Path
    old: dict[str, str]

    def start(self, before: str = "pass", **options: object) -> subprocess.Popen[str]:
        """Start a build in a process of its own."""
        # the project's own macros/, when it has one, else ours
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-c", before + START, "--site-dir", str(self.site)]
        return subprocess.Popen(command, cwd=self.root, env=environment, stderr=subprocess.PIPE, text=True, **options)

    def fail(self, before: str = "pass") -> str:
        """Build, make sure that it failed and left everything as it was; return what it said."""
        with self.start(before) as running:
            _, said = running.communicate()
        assert running.returncode == 1, said
        self.assert_whole()
        return said

    def assert_whole(self) -> None:
        """Make sure that the old site is as it was and stands alone."""
        assert digests(self.site) == self.old
        assert left_beside(self.site) == ["site"]

    def put_old_back(self) -> None:
        """Let the old site stand again."""
        shutil.rmtree(self.site)
        shutil.copytree(ROOT / "docs" / "assets", self.site)


@pytest.fixture
def project(small_guide: Path, tmp_path: Path) -> Project:
    site = shutil.copytree(ROOT / "docs" / "assets", tmp_path / "out" / "site")
    return Project(small_guide, site, digests(site))


def quiet(project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """Let the build fail in this process; return what it said."""
    monkeypatch.chdir(project.root)
    assert main(["--site-dir", str(project.site)]) == 1
    project.assert_whole()
    return capsys.readouterr().err


Told = Callable[[], str]


@pytest.fixture
def told(project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    return lambda: quiet(project, monkeypatch, capsys)


@pytest.mark.parametrize("name", ["glossary.yml", "cases/kyoto.yml", "calculators/event.yml"])
def test_a_truncated_file_of_data_is_told_by_its_place(project: Project, told: Told, name: str) -> None:
    file = project.root / "data" / name
    text = file.read_text(encoding="utf-8").rstrip()
    # in the middle of a line, as a broken upload leaves it
    file.write_text(text[: text.rindex(":", 0, len(text) * 2 // 3) - 2], encoding="utf-8")
    said = told()
    assert f"\ndata/{name}:" in said
    assert "直すところが" in said
    assert "サイトは作り直していません。" in said


def own_macros(project: Project) -> Path:
    """Give the project its own copy of macros/ and pages that use it; return its templates."""
    shutil.copytree(ROOT / "macros", project.root / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "data" / "README.md", project.root / "data")
    shutil.copytree(ROOT / "overrides", project.root / "overrides")
    shutil.copytree(ROOT / "tests" / "small-pages", project.root, dirs_exist_ok=True)
    return project.root / "macros" / "rendering" / "templates"


@pytest.mark.parametrize("name", ["link-list.html", "feed-change.html"])
def test_a_deleted_template_is_named(project: Project, name: str) -> None:
    (own_macros(project) / name).unlink()
    said = project.fail()
    assert f"ひな形「macros/rendering/templates/{name}」がありません。" in said
    assert "git restore macros/rendering/templates overrides" in said


@pytest.mark.parametrize("name", faults.SHELLS)
def test_a_deleted_page_shell_is_named(project: Project, told: Told, name: str) -> None:
    """Without the check MkDocs would take Material's own file and say nothing."""
    shutil.copytree(ROOT / "overrides", project.root / "overrides")
    (project.root / "overrides" / name).unlink()
    assert f"ひな形「overrides/{name}」がありません。" in told()


def test_every_page_shell_is_known() -> None:
    folder = ROOT / "overrides"
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*")) == sorted(faults.SHELLS)


def test_a_file_too_large_for_the_disk_is_told(project: Project) -> None:
    assert "ファイルの大きさの上限を超えました。`ulimit -f unlimited`" in project.fail(LIMIT)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "tiny"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("a small disk needs root and mount; the limit on the size of files is tested in any case")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.full
def test_a_full_disk_is_told(project: Project, tiny_disk: Path) -> None:
    small = project._replace(site=tiny_disk / "site")
    shutil.copytree(project.site, small.site)
    said = small.fail()
    assert "ディスクがいっぱいです。要らないファイルを消して" in said


def test_a_disk_full_in_a_later_step_is_told(project: Project, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(_job: module.Job) -> None:
        Path("/dev/full").write_text("x", encoding="ascii")

    monkeypatch.setattr(module, "STEPS", (lambda job: job.folder.mkdir(), fill))
    assert "ディスクがいっぱいです。" in told()


def test_a_place_that_is_read_only_is_told(project: Project) -> None:
    project.site.parent.chmod(0o555)
    try:
        said = project.fail(NO_ROOT)
    finally:
        project.site.parent.chmod(0o755)
    assert "書くか読む権利がありません。持ち主と権利を直すか、--site-dir で別の場所を選んでください。" in said


def test_an_edition_that_cannot_be_set_is_told(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        press.pdf(press.prepare(tmp_path / "press", {}), "#not-a-function()", 0)

    monkeypatch.setattr(works, "publish_all", broken)
    monkeypatch.setattr(module, "STEPS", (lambda job: job.folder.mkdir(), module.editions))
    monkeypatch.chdir(project.root)
    assert main(["--editions", "--site-dir", str(project.site)]) == 1
    project.assert_whole()
    said = capsys.readouterr().err
    assert "版を作れませんでした。" in said
    assert "not-a-function" in said or "unknown variable" in said


def test_a_fault_of_the_program_shows_its_place_and_what_to_do(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STEPS", (lambda job: job.nothing,))
    said = told()
    assert "Traceback" in said
    assert "プログラムの誤りで止まりました。" in said


# -- killed --


def killed(project: Project, signal: int, after: float) -> tuple[int, str]:
    """Stop a build after some seconds; return its exit status and what it said."""
    with project.start() as running:
        time.sleep(after)
        running.send_signal(signal)
        _, said = running.communicate()
    return running.returncode, said


def killed_while_writing(project: Project, signal: int) -> tuple[int, str, float]:
    """Stop a build when MkDocs has begun to write; return status, what it said and the seconds until then."""
    started = time.monotonic()
    with project.start() as running:
        while not list(project.site.parent.glob(f"{PREFIX}*/new/*")):
            assert running.poll() is None
            time.sleep(0.02)
        running.send_signal(signal)
        took = time.monotonic() - started
        _, said = running.communicate()
    return running.returncode, said, took


def finished(project: Project) -> dict[str, str]:
    """Let a build come to its end; return the digests of the new site."""
    with project.start() as running:
        running.communicate()
    assert running.returncode == 0
    return digests(project.site)


def test_a_build_that_is_told_to_stop_cleans_up(project: Project) -> None:
    status, said, _ = killed_while_writing(project, SIGTERM)
    assert status == 128 + SIGTERM
    assert "途中で止められました。" in said
    project.assert_whole()


def test_what_a_killed_build_leaves_is_swept_by_the_next(project: Project) -> None:
    killed_while_writing(project, SIGKILL)
    assert digests(project.site) == project.old
    assert len(left_beside(project.site)) == 2
    assert "サイトは作り直していません。" in project.fail(LIMIT)  # fails, but sweeps; leaves the old site alone


def test_a_running_build_keeps_its_folder(project: Project) -> None:
    with module.side_folder(project.site) as side:
        sweep(project.site)
        assert side.exists()
    project.assert_whole()


def test_a_site_killed_between_two_renames_comes_back(project: Project) -> None:
    left = project.site.parent / f"{PREFIX}left"
    left.mkdir()
    project.site.rename(left / "old")
    sweep(project.site)
    project.assert_whole()


@pytest.mark.full
@pytest.mark.parametrize("signal", [SIGTERM, SIGKILL])
def test_a_build_killed_at_any_moment_leaves_a_whole_site(project: Project, signal: int) -> None:
    chance = random.Random(int(signal))  # noqa: S311 - the same moments each time
    until = 2 * killed_while_writing(project, SIGKILL)[2]
    whole = finished(project)
    for _ in range(15):
        project.put_old_back()
        status, _ = killed(project, signal, chance.uniform(0, until))
        assert status in {0, -signal, 128 + signal}
        # the old site, or the new one when the signal came after the switch
        assert digests(project.site) in (project.old, whole)
        assert len(left_beside(project.site)) <= 2
    project.put_old_back()
    assert "サイトは作り直していません。" in project.fail(LIMIT)
