"""`python -m macros examples [--reason WHY] [--yes]`: the numbers of the examples, before → after, and their renewal.

Without an answer it shows and changes nothing. It exits with 1 while an example shows a number that is no longer so.
"""

import argparse
import sys
from pathlib import Path

from ..calculators import Catalogue
from ..models.dates import today
from .examples import LOG, Change, changes_of, expected, freeze, frozen, read, renew
from .problems import DataError


def main(arguments: list[str] | None = None) -> int:
    """Show what changed, ask for the reason once, and renew on yes; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m macros examples")
    parser.add_argument("--reason", help="変わったわけ（書かなければ、たずねます）")
    parser.add_argument("--yes", action="store_true", help="たずねずに書き直します（--reason が要ります）")
    options, root = parser.parse_args(arguments), Path.cwd()
    try:
        catalogue, sources = read(root)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    changes = changes_of(root, catalogue, sources)
    unclear = _told(changes)
    if not any(change.numbers or change.stale for change in changes):
        return _new_ones(root, catalogue) or unclear
    if not (reason := _reason(options.reason, ask=not options.yes)):
        print("何も書き直していません。わけが決まったら、もう一度打ってください。")
        return 1
    renew(root, changes, today(), reason)
    print(
        f"例を書き直し、わけを {LOG} に書きました。手で計算し直したら、例の worked を自分の計算に書き替えてください。"
    )
    return _new_ones(root, read(root)[0]) or unclear


def _told(changes: list[Change]) -> int:
    """Print the changes; return 1 when one of them only a reader can judge."""
    numbers = sum(len(change.numbers) for change in changes)
    print(f"計算の例と前に作られたリンクで、変わった数は{numbers}件です。")
    for change in changes:
        print(f"{change.file} {change.calculator} 「{change.example}」")
        for key, before, after in change.numbers:
            print(f"  {key} {before} → {after}")
        for text in change.unclear:
            print(f"  {text}：手で直してください（shown と withheld）")
    return int(any(change.unclear for change in changes))


def _reason(given: str | None, *, ask: bool) -> str:
    """Return the reason once the reader has agreed to the renewal; nothing otherwise."""
    if not ask:
        return (given or "").strip()
    try:
        reason = (given or input("変わったわけを1文で書いてください：")).strip()
        return reason if reason and input("書き直しますか（はい／いいえ）：").strip() in {"はい", "y", "yes"} else ""
    except EOFError:
        return ""


def _new_ones(root: Path, catalogue: Catalogue) -> int:
    """Freeze the numbers of new examples; tell of frozen ones that are gone."""
    if added := freeze(root, catalogue):
        print(f"新しい例の数を{len(added)}件、控えました。")
    gone = sorted(frozen(root).keys() - expected(catalogue).keys())
    for key in gone:
        print(f"控えにある例の数がなくなりました：{key}。例の名前と結果の id を元に戻してください")
    return int(bool(gone))


if __name__ == "__main__":
    sys.exit(main())
