"""`python -m macros check [--github]`: checks data, pages and mkdocs.yml and prints every problem, before MkDocs starts."""

import argparse
import sys
from pathlib import Path

from ..loading import DataError
from .check import load
from .github import tell


def main(arguments: list[str] | None = None) -> int:
    """Return 0 when the data is sound, 1 after printing the problems."""
    parser = argparse.ArgumentParser(prog="python -m macros check", description=__doc__)
    parser.add_argument("--github", action="store_true", help="tell each problem at its line of the change, too")
    options = parser.parse_args(arguments)
    try:
        guide = load(Path.cwd())
    except DataError as error:
        print(f"直すところが {len(error.problems)} 件あります。", file=sys.stderr)
        print(error, file=sys.stderr)
        if options.github:
            tell(error.problems)
        return 1
    print(
        f"データとページは正しく読めました（方法 {len(guide.methods)}、事例 {len(guide.cases)}、用語 {len(guide.glossary)}）。"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
