"""What is wrong in a data file is told as `file:line: field: …`, all of it in one run.

Each folder of bad-data/ holds one broken file, laid over small-guide/, and messages.txt, what must be said.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.loading.guide import read_glossary
from macros.loading.lines import parse
from macros.loading.problems import MESSAGES, DataError
from macros.models.typography import plain
from macros.pages.check import load

TESTS = Path(__file__).parent
BAD_DATA = sorted(path.name for path in (TESTS / "bad-data").iterdir())
DATA_FILES = sorted(
    path.relative_to(TESTS / "small-guide").as_posix() for path in TESTS.glob("small-guide/data/**/*.yml")
)
# each breaks another file, and none needs what another breaks
ONE_EACH = [
    "unknown-key",
    "bad-address",
    "bad-date",
    "unknown-node",
    "unknown-method",
    "missing-id",
    "unclosed-list",
    "misspelt-file",
    "unknown-marked-term-in-page",
    "unknown-factor-source",
    "formula-with-bare-number",
]
ODD_VALUES = ["", " ", 1.5, True, [], {}, [None], "＊", "2011-13", 10**30, float("inf")]
LINE = re.compile(r"(data|docs)/[\w/.-]+:\d+: [^:]+: .*[ぁ-ん].*")


def break_with(root: Path, *cases: str) -> list[str]:
    """Lay broken files over a project; return what must be said of them."""
    for case in cases:
        shutil.copytree(TESTS / "bad-data" / case, root, dirs_exist_ok=True)
    (root / "messages.txt").unlink()
    return [line for case in cases for line in expected(case)]


def expected(case: str) -> list[str]:
    return (TESTS / "bad-data" / case / "messages.txt").read_text(encoding="utf-8").splitlines()


def messages(root: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        load(root)
    return str(caught.value).splitlines()


def test_the_small_guide_is_sound(small_guide: Path) -> None:
    assert load(small_guide).methods[0].id == "a1"


@pytest.mark.parametrize("case", BAD_DATA)
def test_a_bad_file_is_told_with_file_line_and_field(case: str, small_guide: Path) -> None:
    said = break_with(small_guide, case)
    assert said
    assert messages(small_guide) == said


@pytest.mark.parametrize("kind", sorted(MESSAGES))
def test_every_message_has_a_bad_file(kind: str) -> None:
    said = [line for case in BAD_DATA for line in expected(case)]
    assert any(plain(MESSAGES[kind]) in line for line in said)


def test_all_problems_of_all_files_come_in_one_run(small_guide: Path) -> None:
    said = break_with(small_guide, *ONE_EACH)
    assert len(said) == len(ONE_EACH)
    assert sorted(messages(small_guide)) == sorted(said)


def test_problems_of_several_kinds_in_one_record_come_together(small_guide: Path) -> None:
    path = small_guide / "data" / "tasks.yml"
    path.write_text("- id: Learn\n  label: ''\n  page: nowhere\n  colour: 赤\n", encoding="utf-8")
    fields = [line.split(": ")[1] for line in messages(small_guide)]
    assert sorted(fields) == ["0.colour", "0.id", "0.label", "0.page", "0.text"]


def test_problems_stand_in_the_order_of_files_and_lines(small_guide: Path) -> None:
    path = small_guide / "data" / "groups.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        "".join(text.replace("id: a", f"id: a{i}").replace("code: A", "code:") for i in range(12)), encoding="utf-8"
    )
    lines = [int(line.split(":")[1]) for line in messages(small_guide) if line.startswith("data/groups.yml")]
    assert lines == [2 + 7 * i for i in range(12)]


def test_a_missing_file_is_told_and_nothing_that_follows_from_it(small_guide: Path) -> None:
    (small_guide / "data" / "glossary.yml").unlink()
    assert messages(small_guide) == ["data/glossary.yml:1: （全体）: ファイルがありません"]


def test_an_unreadable_record_hides_no_reference_to_it(small_guide: Path) -> None:
    (small_guide / "data" / "methods" / "a1.yml").write_text("id: 'a1\n", encoding="utf-8")
    assert [line.split(":")[0] for line in messages(small_guide)] == ["data/methods/a1.yml"]


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_files_saved_by_windows_editors_are_read_alike(change: Callable[[str], str], small_guide: Path) -> None:
    before = load(small_guide)
    for path in small_guide.glob("data/**/*.yml"):
        path.write_bytes(change(path.read_text(encoding="utf-8")).encode())
    assert load(small_guide) == before


def test_yes_is_true_where_a_truth_belongs(small_guide: Path) -> None:
    path = small_guide / "data" / "buying.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("account: false", "account: yes"), encoding="utf-8")
    assert load(small_guide).buying.example.account is True


def test_a_loop_in_a_file_is_told(small_guide: Path) -> None:
    (small_guide / "data" / "tasks.yml").write_text("&all\n- *all\n", encoding="utf-8")
    assert messages(small_guide)[0].startswith("data/tasks.yml:1: （全体）: YAML として読めません。")


def test_the_glossary_alone_tells_its_problems_too(small_guide: Path) -> None:
    said = break_with(small_guide, "term-without-short")
    with pytest.raises(DataError) as caught:
        read_glossary(small_guide)
    assert str(caught.value).splitlines() == said


@pytest.mark.parametrize("file", DATA_FILES)
def test_an_unknown_key_anywhere_is_told_where_it_stands(file: str, small_guide: Path) -> None:
    path = small_guide / file
    for value, record in mappings(path):
        record["zzz"] = 1
        path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
        (said,) = messages(small_guide)
        line = 1 + path.read_text(encoding="utf-8").split("zzz:")[0].count("\n")
        # `inputs` of an example and such take any key: there the value is wrong
        assert re.match(rf"{file}:{line}: ([\w.]+\.)?zzz: (知らない項目です。使えるのは \w+|文字で書いて)", said)


def test_no_value_in_a_third_of_the_files_is_read_or_told(small_guide: Path) -> None:
    put_anywhere(None, small_guide, 3)


@pytest.mark.full
@pytest.mark.parametrize("odd", [None, *ODD_VALUES], ids=repr)
def test_an_odd_value_anywhere_is_read_or_told(odd: object, small_guide: Path) -> None:
    put_anywhere(odd, small_guide, 1)


def put_anywhere(odd: object, small_guide: Path, step: int) -> None:
    for path in sorted(small_guide.glob("data/**/*.yml"))[::step]:
        sound = path.read_text(encoding="utf-8")
        for value, record in mappings(path):
            for key in list(record):
                kept, record[key] = record[key], odd
                path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")
                assert all(LINE.fullmatch(line) for line in problems(small_guide))
                record[key] = kept
        path.write_text(sound, encoding="utf-8")


def problems(root: Path) -> list[str]:
    try:
        load(root)
    except DataError as error:
        return str(error).splitlines()
    return []


def mappings(path: Path) -> Iterator[tuple[Any, dict]]:
    """Yield the values of a file anew for each mapping in it, and that mapping, free to be changed."""
    sound = parse(path.read_text(encoding="utf-8")).value
    for i in range(len(list(_mappings(sound)))):
        value = deepcopy(sound)
        yield value, list(_mappings(value))[i]


def _mappings(value: Any) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _mappings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _mappings(part)
