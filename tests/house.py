"""`python -m tests.house`: the rooms of `macros/`, the arrows between them, and what breaks the rules of the house.

A room is a package of `macros/`; the entry point of MkDocs (`macros/__init__.py`) and the command door
(`macros/__main__.py`) are rooms of one file. An arrow is an import. Arrows point down the floors, and go through a
room's door: the names that its `__init__` hands on. The room `models` is the words that all speak: it stands open.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
FLOORS = (
    ("models", "formulas"),
    ("calculators",),
    ("loading",),
    ("exports", "markdown", "outside"),
    ("rendering", "hosting"),
    ("editions", "pages"),
    ("entry", "site"),
    ("commands",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS, 1) for room in rooms}
OF_ONE_FILE = {"__init__": "entry", "__main__": "commands"}
OPEN = {"models"}


class Arrow(NamedTuple):
    """One import across rooms: from where (file and line) to which module of which room."""

    room: str
    target: str
    module: str
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.room} → {self.target} ({self.module})"


def room_of(parts: tuple[str, ...]) -> str:
    """Return the room of a module, given as the parts of its name below `macros`."""
    return parts[0] if parts and parts[0] in FLOOR else OF_ONE_FILE.get(parts[0] if parts else "__init__", "nowhere")


def arrows(folder: Path) -> Iterator[Arrow]:
    """Yield every import of `folder` (a `macros/`) that leaves its room."""
    for path in sorted(folder.rglob("*.py")):
        here = path.relative_to(folder).with_suffix("").parts
        room = room_of(here)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for target in _imported(node, here):
                if room_of(target) != room:
                    name = ".".join(target)
                    yield Arrow(room, room_of(target), name, f"{folder.name}/{path.relative_to(folder)}", node.lineno)


def _imported(node: ast.AST, here: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the modules below `macros` that an import names."""
    if isinstance(node, ast.Import):
        yield from (tuple(one.name.split(".")[1:]) for one in node.names if one.name.split(".")[0] == "macros")
    elif isinstance(node, ast.ImportFrom):
        module = tuple(node.module.split(".")) if node.module else ()
        if node.level:
            module = (*here[: len(here) - node.level], *module)
        elif module[:1] != ("macros",):
            return
        else:
            module = module[1:]
        # `from macros import build` names a room, `from macros.site import build` a door's name
        yield from ((module,) if module else tuple((one.name,) for one in node.names))


def upward(found: list[Arrow]) -> list[Arrow]:
    """Return the arrows that do not point down."""
    return [one for one in found if FLOOR.get(one.target, 0) >= FLOOR.get(one.room, 0)]


def past_the_door(found: list[Arrow]) -> list[Arrow]:
    """Return the arrows that reach into a room instead of taking what its door hands on."""
    return [one for one in found if "." in one.module and one.target not in OPEN]


def circles(folder: Path) -> list[list[str]]:
    """Return the circles of imports at module level, in any room, each as the modules it goes through."""
    graph = {_name(path, folder): _needs(path, folder) for path in sorted(folder.rglob("*.py"))}
    done: set[str] = set()
    found: list[list[str]] = []

    def visit(module: str, way: list[str]) -> None:
        if module in way:
            found.append([*way[way.index(module) :], module])
        elif module not in done:
            for needed in sorted(graph.get(module, ())):
                visit(needed, [*way, module])
            done.add(module)

    for module in graph:
        visit(module, [])
    return found


def _name(path: Path, folder: Path) -> str:
    return ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__")


def _needs(path: Path, folder: Path) -> set[str]:
    """Return the modules that must be there before this one: imports inside functions and for types come later."""
    here = path.relative_to(folder).with_suffix("").parts
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        ".".join(module)
        for node in tree.body
        for target in _imported(node, here)
        for module in _modules(node, target, folder)
    }


def _modules(node: ast.AST, target: tuple[str, ...], folder: Path) -> Iterator[tuple[str, ...]]:
    """Yield the modules that `from target import names` loads: those the names are, else the target itself."""
    inside = [
        (*target, one.name)
        for one in getattr(node, "names", ())
        if folder.joinpath(*target, f"{one.name}.py").is_file() or folder.joinpath(*target, one.name).is_dir()
    ]
    yield from inside or [target]


def main() -> int:
    """Print the arrows by room and every breach; return 1 when there is one."""
    found = list(arrows(ROOT / "macros"))
    pairs = sorted({(one.room, one.target) for one in found}, key=lambda pair: (-FLOOR[pair[0]], pair))
    for room in dict.fromkeys(room for room, _ in pairs):
        print(f"{FLOOR[room]} {room:12} → {', '.join(target for one, target in pairs if one == room)}")
    breaches = [*upward(found), *past_the_door(found)]
    rings = circles(ROOT / "macros")
    print(f"{len(FLOOR)} rooms, {len(pairs)} arrows, {len(upward(found))} upward, {len(rings)} circles")
    print(*breaches, *(" → ".join(ring) for ring in rings), sep="\n")
    return int(bool(breaches or rings))


if __name__ == "__main__":
    sys.exit(main())
