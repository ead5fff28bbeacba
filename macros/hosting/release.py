"""`python -m macros publish site TARGET`: each publication is a folder; a link says which one is shown.

    TARGET/releases/20270110T021500-1a2b3c4d/   one folder a publication, the newest few are kept
    TARGET/current -> releases/…                what the web server shows (its document root)

A publication is sent, compared with its checksums, and only then shown, by renaming one link: no reader sees half a
site. Files whose names hang on their content come along from the publications that are kept, so that a page opened
before still finds its own. `rollback` shows the one before again, `list` lists them. TARGET is a folder here, or
`user@host:/folder` for ssh.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from .files import KEPT, NotReady, digest, with_twins
from .hashing import HASHED_FILES
from .hosts import Host, HostError

NOT_WHOLE = "届いたファイルが、手元のものと合いません。もう一度公開してください。 What arrived is not what was sent."
NO_FOLDER = "公開先のフォルダーに書けません。場所と権限を確かめてください。 The folder cannot be written to."
NOTHING = "まだ何も公開していません。 Nothing has been published yet."

LOCK = """mkdir -p "$folder/releases"
test -w "$folder"
mkdir "$folder/.publishing" 2>/dev/null || { echo 'ほかの公開が終わっていません。止まったままなら、フォルダー .publishing を消してください。 Another publication is running.' >&2; exit 3; }"""
UNLOCK = 'rmdir "$folder/.publishing"'
EMPTY = 'rm -rf "$folder/releases/.new"; mkdir "$folder/releases/.new"'
DROP = 'rm -rf "$folder/releases/.new"'
# the list of checksums comes in; every file named there, and no other
COMPARE = """cd "$folder/releases/.new"
if command -v sha256sum >/dev/null; then sha256sum -c - >/dev/null; else shasum -a 256 -c - >/dev/null; fi
test "$(find . -type f | wc -l)" -eq {count}"""
KEEP = 'chmod 755 "$folder/releases/.new"; mv "$folder/releases/.new" "$folder/releases/{name}"'
# what pages of the other releases load by names that hang on contents: who has one open still finds it
CARRY = """cd "$folder/releases"
for list in */{list}; do
    if ! test -f "$list"; then continue; fi
    while IFS= read -r file; do
        for one in "$file" "$file.gz"; do
            from="${{list%/*}}/$one"; to="{name}/$one"
            if test -f "$from" && ! test -e "$to"; then
                mkdir -p "${{to%/*}}"
                ln "$from" "$to" 2>/dev/null || cp -p "$from" "$to"
            fi
        done
    done < "$list"
done"""
# a rename over the old link is one step; ln -sf would take the old one away first
SHOW = """cd "$folder"
test -d "releases/{name}"
if test -e current && ! test -L current; then echo 'current がリンクではありません。別の名前に変えてください。 current is not a link.' >&2; exit 3; fi
ln -sfn "releases/{name}" current.new
mv -Tf current.new current 2>/dev/null || mv -hf current.new current"""
LIST = 'if test -d "$folder/releases"; then ls -1 "$folder/releases"; fi'
CURRENT = 'if test -L "$folder/current"; then readlink "$folder/current"; fi'
REMOVE = 'rm -rf "$folder/releases/{name}"'


class Releases:
    """The publications on one host."""

    def __init__(self, target: str) -> None:
        self.host = Host(target)

    def names(self) -> list[str]:
        """Return the names of the publications, oldest first."""
        return sorted(self.host.run(LIST).split())

    def current(self) -> str | None:
        """Return the name of the one that is shown."""
        return self.host.run(CURRENT).strip().rpartition("/")[2] or None

    def publish(self, site: Path, when: datetime, keep: int = KEPT) -> str:
        """Send a site and show it; return its name. Raises NotReady or HostError, and the old one stays shown."""
        sums = [(name, digest(content)) for name, content, _ in with_twins(site)]
        listed = "".join(f"{one}  ./{name}\n" for name, one in sums)
        name = f"{when:%Y%m%dT%H%M%S}-{digest(listed.encode())[:8]}"
        with self._alone():
            self.host.run(EMPTY)
            try:
                self.host.send("releases/.new", with_twins(site))
                self.host.run(COMPARE.format(count=len(sums)), listed, NOT_WHOLE)
                self._carry(".new")
                self.host.run(KEEP.format(name=name))
            except HostError:
                self.host.run(DROP)
                raise
            self.host.run(SHOW.format(name=name))
            self._prune(keep)
        return name

    def rollback(self, name: str | None = None) -> str:
        """Show the publication before the one shown, or a named one; return its name. Raises HostError."""
        with self._alone():
            names, current = self.names(), self.current()
            older = [one for one in names if current and one < current]
            chosen = name or (older[-1] if older else None)
            if chosen not in names:
                raise HostError(
                    f"戻せるものがありません。あるのは {'、'.join(names) or 'なし'}。 Nothing to go back to."
                )
            self._carry(chosen)
            self.host.run(SHOW.format(name=chosen))
        return chosen

    def _carry(self, name: str) -> None:
        self.host.run(CARRY.format(name=name, list=HASHED_FILES))

    def _prune(self, keep: int) -> None:
        for name in self.names()[:-keep]:
            if name != self.current():
                self.host.run(REMOVE.format(name=name))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.host.run(LOCK, failing=NO_FOLDER)
        try:
            yield
        finally:
            self.host.run(UNLOCK)


def main(arguments: list[str] | None = None) -> int:
    """Do one of publish, rollback and list; return the exit status."""
    options = _options(arguments)
    releases = Releases(options.target)
    try:
        if options.do == "publish":
            print(f"公開しました：{releases.publish(options.site, datetime.now(tz=UTC), options.keep)} (published)")
        elif options.do == "rollback":
            print(f"戻しました：{releases.rollback(options.name)} (rolled back)")
        else:
            print(listed(releases))
    except (NotReady, HostError) as error:
        print(error, file=sys.stderr)
        print("公開されているものは変わっていません。 What is shown has not changed.", file=sys.stderr)
        return 1
    return 0


def listed(releases: Releases) -> str:
    """Return a line for each publication, oldest first, with a star at the one that is shown."""
    names, current = releases.names(), releases.current()
    return "\n".join(f"{'*' if name == current else ' '} {name}" for name in names) or NOTHING


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m macros", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds = parser.add_subparsers(dest="do", required=True)
    publish = kinds.add_parser("publish", help="send a site and show it")
    publish.add_argument("site", type=Path)
    rollback = kinds.add_parser("rollback", help="show the one before again")
    for one in (publish, rollback, kinds.add_parser("list", help="list what is there; * is shown")):
        one.add_argument("target", help="a folder, or user@host:/folder")
    publish.add_argument("--keep", type=_at_least_two, default=KEPT, help="how many to keep (5)")
    rollback.add_argument("name", nargs="?", help="which one, as list names it")
    return parser.parse_args(arguments)


def _at_least_two(text: str) -> int:
    if int(text) < 2:
        raise argparse.ArgumentTypeError("2 or more: without the one before there is no way back")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
