"""Odd and hostile files end in a message within seconds: no traceback, no hang, nothing from outside published."""

import ast
import errno
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import macros
from macros.calculators.running import run
from macros.hosting import ports
from macros.loading.problems import DataError
from macros.loading.texts import FOLDERS, LINK, LONGEST_TEXT, NO_FILE, NO_FOLDER, UNREADABLE, Unfit, read_text
from macros.models.dates import first_day, last_day, latest_day
from macros.models.letters import REFUSED, odd_letter, visible
from macros.pages import report
from macros.pages.check import load, load_once
from tests.calculator_tools import definition, in_javascript
from tests.forked import forked
from tests.test_build import commit

# seconds of work; each takes a tenth of one
SOON = 20
TASKS = "data/tasks.yml"


def written(file: str, content: str | bytes) -> Callable[[Path], None]:
    def write(root: Path) -> None:
        (root / file).write_bytes(content if isinstance(content, bytes) else content.encode())

    return write


def linked(file: str, target: str) -> Callable[[Path], None]:
    def link(root: Path) -> None:
        path = root / file
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.symlink_to(target)

    return link


def piped(file: str) -> Callable[[Path], None]:
    def pipe(root: Path) -> None:
        (root / file).unlink(missing_ok=True)
        os.mkfifo(root / file)

    return pipe


DEEP = f"{TASKS}:1: （全体）: YAML として読めません。かっこか字下げが深すぎます"
ALIAS = f"{TASKS}:1: （全体）: YAML として読めません。値が & で始まっています"
BOMB = "- &a [x, x]\n" + "".join(f"- &a{i} [*a, *a]\n" for i in range(50))
HOSTILE = {
    "aliases": (written(TASKS, BOMB), ALIAS),
    "brackets": (written(TASKS, "[" * 100_000), DEEP),
    "closed brackets": (written(TASKS, "[" * 100_000 + "]" * 100_000), DEEP),
    "braces": (written(TASKS, "{a: " * 100_000), DEEP),
    "dashes": (written(TASKS, "- " * 100_000), DEEP),
    "questions": (written(TASKS, "? " * 100_000), DEEP),
    "python": (written(TASKS, "- !!python/object/apply:os.system [id]\n"), f"{TASKS}:1: （全体）: YAML として読めません。値が !"),
    "many records": (written(TASKS, "- a\n" * 200_000), f"{TASKS}:49999: （全体）: YAML として読めません。値が多すぎます"),
    "many digits": (written(TASKS, "- {id: " + "9" * 5_000 + ", label: a, text: b, page: index}\n"), f"{TASKS}:1: 0.id: id の形が違います"),
    "long text": (written(TASKS, "＊" * 400_000), f"{TASKS}:1: （全体）: 大きすぎます"),
    "huge file": (written(TASKS, b"a" * (LONGEST_TEXT + 1)), f"{TASKS}:1: （全体）: 大きすぎます（1,000,001バイト）"),
    "huge page": (written("docs/x.md", b"a" * (LONGEST_TEXT + 1)), "docs/x.md:1: （全体）: 大きすぎます"),
    "no Unicode": (written(TASKS, '- {id: "\\ud800"}\n'), f"{TASKS}:1: （全体）: YAML として読めません。"),
    "pipe": (piped(TASKS), f"{TASKS}:1: （全体）: {NO_FILE}"),
    "pipe of a folder": (piped("data/cases/x.yml"), f"data/cases/x.yml:1: （全体）: {NO_FILE}"),
    "pipe in docs": (piped("docs/x.md"), f"docs/x.md:1: （全体）: {NO_FILE}"),
    "folder": (lambda root: (root / "data/cases/x.yml").mkdir(), f"data/cases/x.yml:1: （全体）: {NO_FILE}"),
    "folder in docs": (lambda root: (root / "docs/x.md").mkdir(), f"docs/x.md:1: （全体）: {NO_FILE}"),
    "link": (linked("data/cases/x.yml", "/etc/passwd"), f"data/cases/x.yml:1: （全体）: {LINK}"),
    "link to no end": (linked(TASKS, "/dev/zero"), f"{TASKS}:1: （全体）: {LINK}"),
    "link in docs": (linked("docs/x.md", "/etc/passwd"), f"docs/x.md:1: （全体）: {LINK}"),
    "picture from outside": (linked("docs/x.png", "/etc/passwd"), f"docs/x.png:1: （全体）: {LINK}"),
    "link to the disk": (linked("docs/x", "/"), f"docs/x:1: （全体）: {LINK}"),
    "link to itself": (linked("docs/x", "x"), f"docs/x:1: （全体）: {LINK}"),
    "folder of data from outside": (linked("data/cases", "/etc"), f"data/cases:1: （全体）: {LINK}"),
    "no docs": (lambda root: shutil.rmtree(root / "docs"), f"docs:1: （全体）: {NO_FOLDER}"),
    "name on two lines": (written("docs/a\nb.md", "# 題\n"), "docs/a⏎b.md:1: （全体）: ファイルとフォルダーの名前に"),
    "name that turns": (written("docs/a\u202eb.md", "# 題\n"), "docs/a\\u202eb.md:1: （全体）: ファイルとフォルダーの名前に"),
    "hidden page": (written("docs/._index.md", b"\0\5\x16"), "docs/._index.md:1: （全体）: 隠しファイルです"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_told_once_and_soon(kind: str, small_guide: Path) -> None:
    spoil, said = HOSTILE[kind]
    spoil(small_guide)
    done = forked(report.main, [], small_guide, SOON * 15)
    lines = done.stderr.splitlines()
    assert done.status == 1, done.stderr
    assert lines[1].startswith(said)
    assert "Traceback" not in done.stderr
    assert len(lines) == 2


@pytest.mark.parametrize(
    "formula", ["(" * 900 + "1" + ")" * 900, "+".join(["1"] * 900), "not " * 480 + "1", "a" * 900_000]
)
def test_a_formula_of_any_depth_is_told_or_read(formula: str, small_guide: Path) -> None:
    path = small_guide / "data/calculators/event.yml"
    text = path.read_text(encoding="utf-8").replace("formula: total_kg / kg_per_t", f"formula: '{formula}'")
    path.write_text(text, encoding="utf-8")
    begun = time.process_time()
    with pytest.raises(DataError, match=r"^data/calculators/event\.yml:\d+: results\.1\.(formula|unit): "):
        load(small_guide)
    assert time.process_time() - begun < SOON


@pytest.mark.parametrize("spoil", [linked("docs/x", "/"), linked("data/x", "/"), piped("docs/x.md")])
def test_what_is_hostile_is_told_while_someone_writes(spoil: Callable[[Path], None], small_guide: Path) -> None:
    """What was read is kept until something changed: a link and a pipe are such a change, though nothing can be read there."""
    known = load_once(small_guide)
    assert load_once(small_guide) is known
    spoil(small_guide)
    with pytest.raises(DataError):
        load_once(small_guide)


def test_a_file_without_rights_is_told(small_guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who tests as root may read everything: the system's answer is given by hand."""

    def refuse(_path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(Unfit) as caught:
        read_text(small_guide / TASKS)
    assert caught.value.problems == ((1, UNREADABLE),)


@pytest.mark.parametrize(
    "letter", "\0\x08\x0b\x0c\x1f\x7f\x85\u2028\u202e\u2066\u200b\u200d\u00ad\ufeff\ue000\ufffd\U000e0041"
)
def test_a_letter_that_nobody_sees_is_refused_and_shown_as_its_number(letter: str) -> None:
    assert f"U+{ord(letter):04X}、2字目" in (odd_letter(f"あ{letter}") or "")
    assert visible(letter) == f"\\u{ord(letter):04x}"


@pytest.mark.parametrize("text", ["ガイド", "か゚", "﨑", "神", "葛󠄀飾", "CO₂ ②　－～", "a\tb", "ﾊﾟｿｺﾝ"])
def test_letters_that_are_written_in_japanese_stay(text: str) -> None:
    assert odd_letter(text) is None


def test_every_letter_that_may_stay_ends_no_xml() -> None:
    letters = (chr(code) for code in range(0x110000) if not REFUSED.match(chr(code)))
    kept = "".join(letter for letter in letters if letter not in "<&")
    assert ET.fromstring(f"<a>{kept}</a>").text == kept.replace("\r", "\n")  # noqa: S314 - made here


def test_the_files_of_the_site_are_all_fit(root: Path) -> None:
    texts = [path for name in FOLDERS for path in (root / name).rglob("*.*") if path.suffix in {".md", ".yml"}]
    assert len(texts) > 100
    assert all(read_text(path) for path in texts)


def test_all_xml_of_the_built_site_is_well_formed(site: Path) -> None:
    files = [path for path in site.rglob("*") if path.suffix in {".xml", ".svg"}]
    assert {"feed.xml", "picture.svg"} <= {path.name for path in files}
    for path in files:
        ET.parse(path)  # noqa: S314 - made by us a moment ago


@pytest.mark.parametrize("current", [None, 0.017])
def test_a_factor_without_a_value_withholds_the_sum_in_both_languages(current: float | None) -> None:
    """120 people by rail, 60 by bus: without a number for rail, the bus alone is no total."""
    spec = {
        **definition("event"),
        "numbers": {**definition("event")["numbers"], "#travel-rail": [current, None, "kg-CO₂/人km"]},
    }
    inputs = {"rail_people": "120", "rail_km": "20", "bus_people": "60", "bus_km": "10"}
    [[answer]] = in_javascript([{"definition": spec, "vectors": [{"inputs": inputs, "rows": []}]}])
    outcome = run(spec, inputs)
    assert (outcome.results["total_kg"] is None) == (current is None)
    assert (outcome.lines["line_rail"] is None) == (current is None)
    assert answer["values"]["total_kg"] == pytest.approx(outcome.results["total_kg"])
    assert answer["shown"]["total_kg"] == outcome.shown["total_kg"]


def test_days_ahead_are_those_after_the_commit_whenever_it_is_built(
    small_guide: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(small_guide.parent))
    commit(small_guide, "2026-11-28T15:00:00Z")
    assert str(latest_day(small_guide)) == "2026-11-29"  # in Japan
    load(small_guide)
    with (small_guide / TASKS).open("a", encoding="utf-8") as file:
        file.write("# 書きかけ\n")
    assert latest_day(small_guide) > first_day("2026-11-22")
    commit(small_guide, "2026-11-20T14:59:59Z")
    assert str(latest_day(small_guide)) == "2026-11-20"
    with pytest.raises(DataError, match="まだ来ていない日です"):
        load(small_guide)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    assert str(latest_day(small_guide)) == "2026-11-22"


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-03", "2024-02-03", "2024-02-03"),
    ],
)
def test_a_year_and_a_month_have_their_days(when: str, first: str, last: str) -> None:
    assert (str(first_day(when)), str(last_day(when))) == (first, last)


@pytest.mark.parametrize("port", ["abc", "", "0", "65536", "８０００", "-1", "80 00", "9" * 5_000])
def test_a_port_that_is_none_is_told(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ports.main([port]) == 1
    assert "1024 から 65535 までの数で" in capsys.readouterr().err


def test_a_port_in_use_is_told_before_anything_is_built(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert ports.main([str(port)]) == 1
    assert f"ポート {port} で待ち受けられません。ほかのプログラムが使っています。" in capsys.readouterr().err
    assert ports.main([str(port)]) == 0


def test_make_asks_for_the_port_before_it_builds(root: Path) -> None:
    steps = (root / "Makefile").read_text(encoding="utf-8").partition("\nserve:")[2].splitlines()[1:4]
    assert [step.split(" -m ")[1] for step in steps] == [
        "macros port '$(PORT)'",
        "macros build",
        "macros serve site --port '$(PORT)'",
    ]


def test_an_old_python_is_told_at_once(root: Path, tmp_path: Path) -> None:
    """The package is read by Python 3.8 as far as its first lines, which end it; make refuses one that is named."""
    source = Path(macros.__file__).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))
    old = f"import sys\nsys.version_info = (3, 10, 13)\nexec({source!r})"
    done = subprocess.run([sys.executable, "-c", old], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        1,
        "Python 3.11 以上が要ります（いまは 3.10）。 Needs Python 3.11 or newer.\n",
    )
    named = ["make", "-s", "serve", f"VENV={tmp_path}/venv", "PYTHON=false"]
    done = subprocess.run(named, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode
    assert "Python 3.11 以上が要ります" in done.stderr
    assert not (tmp_path / "venv").exists()
