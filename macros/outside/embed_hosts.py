"""`SITE_URL=https://… python -m macros embed-hosts [--report hosts.md]`: do known pages still hold our frames?

Opens each page of `data/embed-hosts.yml` and looks for the frame of each calculator named there, and for its title. It
writes a report in Markdown and never fails. A frame that a script puts in is not seen.
"""

import argparse
import os
import sys
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

from ..loading import JAPAN, DataError, Guide, load
from ..models.embeds import EmbedHost
from .links import write
from .polite import Asker, joined, parts_of

# what a common checker of municipal pages asks for
SHORTEST_TITLE = 4


class Frames(HTMLParser):
    """Collects the frames of a page: whole address and title."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an iframe."""
        if tag == "iframe":
            has = dict(attrs)
            self.found.append((joined(self.page, has.get("src") or ""), (has.get("title") or "").strip()))


def problems(asker: Asker, host: EmbedHost, site: str, retired: set[str]) -> list[str]:
    """Return what an editor should look at on a host's page, in words; nothing when all is well."""
    answer = asker.ask(host.page, body=True)
    if answer.status is None or answer.status >= 400:
        return [f"ページを開けません（{answer.status or ''}{answer.words}）"]
    frames = Frames(answer.address)
    frames.feed(answer.body.decode(_charset(answer.charset), errors="replace"))
    moved = [f"ページが <{answer.address}> に移っています"] if answer.moved else []
    return [*moved, *(one for name in host.calculators for one in _of_calculator(frames, name, site, retired))]


def _of_calculator(frames: Frames, name: str, site: str, retired: set[str]) -> list[str]:
    ours = [(address, title) for address, title in frames.found if _holds(address, name)]
    if not ours:
        return [f"`{name}` の枠が見つかりません（スクリプトで入れる枠は見えません）"]
    said = [f"`{name}` はやめた計算器です。代わりを知らせます"] if name in retired else []
    for address, title in ours:
        if len(title) < SHORTEST_TITLE:
            said.append(f"`{name}` の枠の題（title）が、ないか短すぎます：「{title}」")
        if not address.startswith(site):
            said.append(f"`{name}` の枠は <{address}> を開いています（オフライン一式か、前のアドレス）")
    return said


def _holds(address: str, name: str) -> bool:
    path = parts_of(address).path.removesuffix("index.html")
    return path.endswith(f"/embed/{name}/")


def _charset(name: str) -> str:
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return name


def report(asker: Asker, guide: Guide, site: str, day: str) -> str:
    """Return what was found on each page, in Markdown."""
    retired = {one.id for one in guide.embeds.retired}
    lines = [f"# 計算器を入れているサイトの調べ（{day}）", "", f"{len(guide.embed_hosts)}ページを開きました。", ""]
    for host in guide.embed_hosts:
        said = problems(asker, host, site, retired)
        lines.append(f"- {host.name} <{host.page}>：{'枠と題があります' if not said else ''}")
        lines += [f"    - {one}" for one in said]
    return "\n".join(lines).rstrip() + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Look, write the report and return 0; 1 only when the data or SITE_URL is not there to look with."""
    parser = argparse.ArgumentParser(prog="python -m macros embed-hosts", description=__doc__)
    parser.add_argument("--report", type=Path, help="where the report goes (printed without)")
    options = parser.parse_args(arguments)
    site = os.environ.get("SITE_URL", "").rstrip("/")
    if not site:
        print("SITE_URL に公開しているサイトのアドレスを書いてください。 SITE_URL is needed.", file=sys.stderr)
        return 1
    day = datetime.now(tz=UTC).astimezone(JAPAN).date().isoformat()
    try:
        write(report(Asker(), load(Path.cwd()), f"{site}/", day), options.report)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
