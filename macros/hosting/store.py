"""`python -m macros store site --put … --delete … --state state.json`: a site into an object store behind a CDN.

A store knows no folders and no links to switch, so the order makes it safe: first what pages use (styles, scripts,
figures, data), then pages, then what is no longer there is deleted. It stops at the first failure, before anything is
deleted, and goes on from there when it is run again: `--state` remembers what the store holds.

`--put` and `--delete` are the commands of your store's own tool, with {file} {key} {type} {cache} filled in.
"""

import argparse
import json
import shlex
import subprocess
import sys
from pathlib import Path

from .files import KEPT, NotReady, cache_of, digest, files_of, hashed_of, type_of

# read by people and machines as a way in: they come after what they lead to
WAYS_IN = (".html", ".xml", ".txt", ".gz")


def ordered(names: list[str]) -> list[str]:
    """Return names of files in the order in which they may be uploaded: pages after what they use, the home last."""
    return sorted(names, key=lambda name: (name == "index.html", name.endswith(WAYS_IN), name))


def filled(command: str, **values: str) -> list[str]:
    """Return the words of a command with values filled in; a value never becomes two words."""
    return [word.format_map(values) for word in shlex.split(command)]


class Store:
    """What an object store holds, as far as we put it there.

    `held` is the digest of each key, `recent` the keys of the last publications whose names hang on their content,
    newest first: pages that are open still ask for them.
    """

    def __init__(self, state: Path) -> None:
        self.state = state
        known = json.loads(state.read_text(encoding="utf-8")) if state.is_file() else {}
        # at first the file was the digests alone
        self.held: dict[str, str] = known.get("held", {}) if "recent" in known else known
        self.recent: list[list[str]] = known.get("recent", [])

    def publish(self, site: Path, put: str, delete: str) -> tuple[int, int]:
        """Upload what changed, then delete what is gone; return how many of each. Raises CalledProcessError."""
        names = files_of(site)
        changed = [name for name in ordered(names) if self.held.get(name) != digest((site / name).read_bytes())]
        gone = sorted(set(self.held) - set(names) - self._still_asked_for(hashed_of(names)))
        for name in changed:
            path = site / name
            words = filled(put, file=str(path), key=name, type=type_of(name), cache=cache_of(name))
            subprocess.run(words, check=True)
            self._remember(name, digest(path.read_bytes()))
        for name in gone:
            subprocess.run(filled(delete, key=name), check=True)
            self._remember(name, None)
        return len(changed), len(gone)

    def _still_asked_for(self, hashed: list[str]) -> set[str]:
        """Count a publication, once however often it is tried; return what those that count ask for."""
        if self.recent[:1] != [hashed]:
            self.recent = [hashed, *self.recent][:KEPT]
        return set().union(*self.recent)

    def _remember(self, name: str, held: str | None) -> None:
        """Write the state after each step: whatever stops us, the next run knows what is there."""
        if held is None:
            del self.held[name]
        else:
            self.held[name] = held
        side = self.state.with_name(f"{self.state.name}.new")
        side.write_text(
            json.dumps({"held": self.held, "recent": self.recent}, indent=1, sort_keys=True), encoding="utf-8"
        )
        side.replace(self.state)


def main(arguments: list[str] | None = None) -> int:
    """Publish once; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m macros store", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path)
    parser.add_argument("--put", required=True, help="command that uploads one file")
    parser.add_argument("--delete", required=True, help="command that deletes one key")
    parser.add_argument("--state", type=Path, required=True, help="file that remembers what the store holds")
    options = parser.parse_args(arguments)
    try:
        put, deleted = Store(options.state).publish(options.site, options.put, options.delete)
    except (NotReady, OSError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        print("途中で止まりました。直してから、もう一度同じ命令を打つと続きから送ります。 Stopped.", file=sys.stderr)
        return 1
    print(f"送ったもの{put}件、消したもの{deleted}件。 ({put} uploaded, {deleted} deleted)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
