"""`python -m macros check`: checks data, pages and mkdocs.yml and prints every problem, before MkDocs starts."""

import sys
from pathlib import Path

from ..loading import DataError
from .check import load


def main(_arguments: list[str] | None = None) -> int:
    """Return 0 when the data is sound, 1 after printing the problems."""
    try:
        guide = load(Path.cwd())
    except DataError as error:
        print(f"直すところが {len(error.problems)} 件あります。", file=sys.stderr)
        print(error, file=sys.stderr)
        return 1
    print(
        f"データとページは正しく読めました（方法 {len(guide.methods)}、事例 {len(guide.cases)}、用語 {len(guide.glossary)}）。"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
