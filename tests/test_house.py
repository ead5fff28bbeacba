"""The house stays one: arrows point down, go through doors, and make no circle."""

import pytest

from tests.house import FLOOR, OF_ONE_FILE, ROOT, arrows, circles, past_the_door, upward

MACROS = ROOT / "macros"


def test_every_package_has_its_floor():
    rooms = {path.parent.name for path in MACROS.glob("*/__init__.py")}
    assert rooms == set(FLOOR) - set(OF_ONE_FILE.values())
    assert {path.stem for path in MACROS.glob("*.py")} == set(OF_ONE_FILE)


def test_arrows_point_down():
    assert [str(arrow) for arrow in upward(list(arrows(MACROS)))] == []


def test_rooms_are_entered_through_their_doors():
    assert [str(arrow) for arrow in past_the_door(list(arrows(MACROS)))] == []


def test_no_imports_go_in_a_circle():
    assert circles(MACROS) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("from ..rendering import Renderer\n", upward),
        ("def late():\n    from ..site import build\n", upward),
        ("from ..formulas.tree import parse\n", past_the_door),
        ("from macros.formulas.tree import parse\n", past_the_door),
    ],
)
def test_a_breach_is_found(tmp_path, line, found):
    room = tmp_path / "macros" / "loading"
    room.mkdir(parents=True)
    (room / "guide.py").write_text(line, encoding="utf-8")
    assert [arrow.line for arrow in found(list(arrows(tmp_path / "macros")))] == [1 + line.startswith("def")]


def test_a_circle_is_found(tmp_path):
    room = tmp_path / "macros" / "loading"
    room.mkdir(parents=True)
    (room / "one.py").write_text("from .two import b\n", encoding="utf-8")
    (room / "two.py").write_text("from . import one\n", encoding="utf-8")
    assert circles(tmp_path / "macros") == [["loading.one", "loading.two", "loading.one"]]
