"""`python -m publishing.store site --put … --delete … --state state.json`: a site into an object store behind a CDN.

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

from .files import NotReady, cache_of, digest, files_of, type_of

# read by people and machines as a way in: they come after what they lead to
WAYS_IN = (".html", ".xml", ".txt", ".gz")


def ordered(names: list[str]) -> list[str]:
    """Return names of files in the order in which they may be uploaded: pages after what they use, the home last."""
    return sorted(names, key=lambda name: (name == "index.html", name.endswith(WAYS_IN), name))


def filled(command: str, **values: str) -> list[str]:
    """Return the words of a command with values filled in; a value never becomes two words."""
    return [word.format_map(values) for word in shlex.split(command)]


class Store:
    """What an object store holds, as far as we put it there: the digest of each key."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.held: dict[str, str] = json.loads(state.read_text(encoding="utf-8")) if state.is_file() else {}

    def publish(self, site: Path, put: str, delete: str) -> tuple[int, int]:
        """Upload what changed, then delete what is gone; return how many of each. Raises CalledProcessError."""
        names = files_of(site)
        changed = [name for name in ordered(names) if self.held.get(name) != digest((site / name).read_bytes())]
        gone = sorted(set(self.held) - set(names))
        for name in changed:
            path = site / name
            words = filled(put, file=str(path), key=name, type=type_of(name), cache=cache_of(name))
            subprocess.run(words, check=True)
            self._remember(name, digest(path.read_bytes()))
        for name in gone:
            subprocess.run(filled(delete, key=name), check=True)
            self._remember(name, None)
        return len(changed), len(gone)

    def _remember(self, name: str, held: str | None) -> None:
        """Write the state after each step: whatever stops us, the next run knows what is there."""
        if held is None:
            del self.held[name]
        else:
            self.held[name] = held
        side = self.state.with_name(f"{self.state.name}.new")
        side.write_text(json.dumps(self.held, indent=1, sort_keys=True), encoding="utf-8")
        side.replace(self.state)


def main(arguments: list[str] | None = None) -> int:
    """Publish once; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m publishing.store", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
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
