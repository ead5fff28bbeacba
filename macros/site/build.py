"""`python -m macros build [--editions] [--builder zensical]`: data → pages → further steps, in a side folder, then one switch.

A build that fails leaves the old site as it was.
"""

import argparse
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from jinja2 import TemplateNotFound

from ..editions import EditionError, publish, stock, write_offline
from ..exports import Head, site_of, write
from ..hosting import LIST, PolicyError, frame_policy, hash_names, write_cloud, write_policy
from ..loading import BuildError, DataError, Guide
from ..models.dates import commit_date, first_day
from ..pages import load
from ..rendering import Renderer, write_licences
from . import faults, search
from .builders import zensical_pages
from .edit_links import edit_links
from .feed import write_feed
from .frames import factor_sources, kit, pictures, retired_pages, small_files, small_search, statement_words
from .names import public_names
from .shared_parts import shared_parts
from .side import OLD, open_to_readers, side_folder, switch


@dataclass(frozen=True)
class Build:
    """What every step knows: the checked data, where the project is and where the site grows."""

    root: Path
    folder: Path
    guide: Guide
    editions: bool = False
    builder: str = "mkdocs"
    frozen: bool = False

    @property
    def date(self) -> int:
        """Return the time that everything built carries, in seconds."""
        return source_date(self.root, self.guide)


def build(root: Path, site: Path, *, editions: bool = False, builder: str = "mkdocs", frozen: bool = False) -> None:
    """Build the site of the project at `root` and put it at `site`; `builder` names one of BUILDERS.

    With `editions` the site is to be published: its new addresses are written down. `frozen` refuses new ones instead.
    Raises DataError or BuildError; then what stood at `site` still stands.
    """
    try:
        guide = load(root)
        faults.check_shells(root)
        with side_folder(site) as side:
            job = Build(root, side / "new", guide, editions, builder, frozen)
            for step in STEPS:
                step(job)
            open_to_readers(job.folder)
            switch(job.folder, site, side / OLD)
    except TemplateNotFound as error:
        raise faults.of_template(f"macros/rendering/templates/{error.name}") from error
    except OSError as error:
        raise faults.of_system(error) from error


def pages(job: Build) -> None:
    """Let MkDocs or Zensical write the pages."""
    BUILDERS[job.builder](job)


def mkdocs_pages(job: Build) -> None:
    """Let MkDocs write the pages. Never with -q or -v: those switch --strict off."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(job.folder)]
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": str(job.date),
    }
    faults.run(command, job.root, environment)


def search_index(job: Build) -> None:
    """Write our search index; take away the theme's own, its worker and its language files."""
    search.write(job.guide, job.folder)
    for index in (Path("search", "search_index.json"), Path("search.json")):  # of MkDocs, of Zensical
        (job.folder / index).unlink(missing_ok=True)
    for name in ("lunr", "workers"):
        shutil.rmtree(job.folder / "assets" / "javascripts" / name, ignore_errors=True)


def exports(job: Build) -> None:
    """Write the open data and the feed."""
    head, renderer = Head(job.guide, site_of(job.root), job.date), Renderer(job.guide)
    write(job.folder, head, renderer.number)
    write_feed(job.folder, head, renderer)


def licences(job: Build) -> None:
    """Write what the site ships of others, and on which terms."""
    write_licences(job.folder, fonts=job.editions)


def hashed_names(job: Build) -> None:
    """Give our scripts, styles and the search index names that hang on their content."""
    hash_names(job.folder)


def robots(job: Build) -> None:
    """Write robots.txt: all may be read, and where the map is. It is heeded only at the root of a host.

    Pages for frames are not closed here: who may not read them would not learn that they ask for no index.
    A site that knows no address of its own has no map either: MkDocs' would be empty.
    """
    address = site_of(job.root).address
    line = f"\nSitemap: {address}sitemap.xml\n" if address else ""
    (job.folder / "robots.txt").write_text(f"User-agent: *\nAllow: /\n{line}", encoding="utf-8")
    for name in () if address else ("sitemap.xml", "sitemap.xml.gz"):
        (job.folder / name).unlink(missing_ok=True)


def headers(job: Build) -> None:
    """Write the policy into the pages and, with who may frame what, into the file that hosts read."""
    try:
        addresses = [public_address(), *job.guide.site.other_addresses]
        write_cloud(job.folder, write_policy(job.folder, frame_policy(addresses)))
    except PolicyError as error:
        raise BuildError(
            "ページの中に、配信の規則（CSP）が止めるものがあります。style・on…・javascript:・ほかのサイトのものを使わない書き方に直してください。"
            "知らない <script> は、テーマを新しくしたときだけ、読んで確かめてから macros/hosting/policy.py の KNOWN_SCRIPTS に足します。\n"
            f"Pages hold what the Content Security Policy blocks:\n{error}"
        ) from error


def editions(job: Build) -> None:
    """Make the files of /downloads/ from the built pages and the data."""
    if not job.editions:
        return
    try:
        # what makes editions is installed by `make build`, not by `make serve`
        publish(job.root, job.folder, job.guide, job.date, public_address())
    except ModuleNotFoundError as error:
        raise BuildError(f"版を作る道具がありません。make build で入ります。Run `make build`: {error}") from error
    except EditionError as error:
        raise BuildError(f"版を作れませんでした。 An edition could not be made.\n{error}") from error


def offline(job: Build) -> None:
    """Write `downloads/site.zip`: what the steps before made, to be read from disk."""
    if not job.editions:
        return
    write_offline(job.folder, job.date, public_address())


def checksums(job: Build) -> None:
    """Write SHA256SUMS and tell on the pages what each file of /downloads/ is."""
    if job.editions:
        stock(job.folder, job.date)


NO_ADDRESS = """★★★ 公開するアドレスが入っていません（手元で見るためのサイトで、公開はできません）。
★★★ 公開するものは SITE_URL=https://… make build で作ります。 Built without SITE_URL: not for publishing."""

BUILDERS: dict[str, Callable[[Build], None]] = {"mkdocs": mkdocs_pages, "zensical": zensical_pages}

# Each step adds to job.folder. Names hang on contents, so they
# come last of all that writes what pages load; headers after them and before the editions, which take copies of them.
STEPS: tuple[Callable[[Build], None], ...] = (
    pages,
    robots,
    exports,
    search_index,
    shared_parts,
    factor_sources,
    statement_words,
    small_files,
    small_search,
    pictures,
    retired_pages,
    edit_links,
    licences,
    public_names,
    hashed_names,
    headers,
    kit,
    editions,
    offline,
    checksums,
)


def public_address() -> str:
    """Return the address that the site will have, with a slash at the end; empty when it is not given."""
    address = os.environ.get("SITE_URL", "").rstrip("/")
    return f"{address}/" if address else ""


def source_date(root: Path, guide: Guide) -> int:
    """Return the time that the build carries: given, else of the commit, else of the data."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given:
        return int(given)
    return commit_date(root) or _midnight(first_day(guide.site.data_as_of))


def _midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def main(arguments: list[str] | None = None) -> int:
    """Build the project in the current folder; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m macros build", description=__doc__)
    parser.add_argument("--editions", action="store_true", help="the downloads too")
    parser.add_argument("--site-dir", type=Path, default=Path("site"), help="where the site goes (site)")
    parser.add_argument("--builder", choices=BUILDERS, default="mkdocs", help="what writes the pages (mkdocs)")
    parser.add_argument("--frozen", action="store_true", help=f"refuse addresses and names that are not in {LIST}")
    options = parser.parse_args(arguments)
    # a stopped build cleans up like a failed one
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        build(
            Path.cwd(),
            options.site_dir.absolute(),
            editions=options.editions,
            builder=options.builder,
            frozen=options.frozen,
        )
    except (DataError, BuildError) as error:
        _tell(error, options.site_dir)
        return 1
    except (SystemExit, KeyboardInterrupt) as stop:
        _tell(BuildError("途中で止められました。もう一度始めれば、初めから作ります。 Stopped."), options.site_dir)
        ended = stop.code if isinstance(stop, SystemExit) else 128 + signal.SIGINT
        return ended if isinstance(ended, int) else 1
    except Exception as error:
        # of the program, not of the data: the place is for those who mend it
        traceback.print_exc()
        told = f"プログラムの誤りで止まりました。上に出た英語の表示を添えて、管理する人に知らせてください。\n{error!r}"
        _tell(BuildError(told), options.site_dir)
        return 1
    print(f"サイトができました：{options.site_dir}/ (site built)")
    if not site_of(Path.cwd()).address:
        print(NO_ADDRESS, file=sys.stderr)
    return 0


def _tell(error: Exception, site: Path) -> None:
    if isinstance(error, DataError):
        print(
            f"直すところが{len(error.problems)}件あります。 {len(error.problems)} errors in data/, docs/ or mkdocs.yml:",
            file=sys.stderr,
        )
    print(error, file=sys.stderr)
    print(
        f"サイトは作り直していません。前の {site}/ があれば、そのままです。 Build failed; {site}/ is untouched.",
        file=sys.stderr,
    )


if __name__ == "__main__":
    sys.exit(main())
