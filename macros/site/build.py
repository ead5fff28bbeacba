"""`python -m macros build [--editions] [--builder zensical] [--frozen] [--github]`: data → pages → further steps, in a side folder, then one switch.

A build that fails leaves the old site as it was.
"""

import argparse
import os
import re
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from jinja2 import TemplateNotFound

from ..editions import EditionError, publish, stock, write_cards, write_offline, write_plan
from ..exports import Head, site_of, write
from ..hosting import LIST, PolicyError, frame_policy, hash_names, write_cloud, write_policy
from ..loading import BuildError, DataError
from ..pages import load, tell
from ..rendering import write_licences
from . import faults, search
from .builders import zensical_pages
from .edit_links import edit_links
from .feed import write_feed
from .frames import (
    factor_sources,
    helpers_to_offer,
    kinds_to_choose,
    kit,
    pictures,
    residents_first,
    retired_pages,
    statement_words,
    suppliers_to_find,
)
from .job import Job, public_address
from .names import public_names
from .shared_parts import shared_parts
from .side import OLD, open_to_readers, side_folder, switch
from .small import small_files
from .typography import typography


def build(root: Path, site: Path, *, editions: bool = False, builder: str = "mkdocs", frozen: bool = False) -> None:
    """Build the site of the project at `root` and put it at `site`; `builder` names one of BUILDERS.

    With `editions` the site is to be published: its new addresses are written down. `frozen` refuses new ones instead.
    Raises DataError or BuildError; then what stood at `site` still stands.
    """
    check_address(to_be_published=editions and frozen)
    try:
        guide = load(root)
        faults.check_shells(root)
        with side_folder(site) as side:
            job = Job(root, side / "new", guide, editions, builder, frozen)
            for step in STEPS:
                step(job)
            open_to_readers(job.folder)
            switch(job.folder, site, side / OLD)
    except TemplateNotFound as error:
        raise faults.of_template(f"macros/rendering/templates/{error.name}") from error
    except OSError as error:
        raise faults.of_system(error) from error


def pages(job: Job) -> None:
    """Let MkDocs or Zensical write the pages."""
    BUILDERS[job.builder](job)


def mkdocs_pages(job: Job) -> None:
    """Let MkDocs write the pages. Never with -q or -v: those switch --strict off."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(job.folder)]
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": str(job.date),
    }
    faults.run(command, job.root, environment)


def search_index(job: Job) -> None:
    """Write our search index; take away the theme's own, its worker and its language files."""
    search.write(job.guide, job.folder)
    for index in (Path("search", "search_index.json"), Path("search.json")):  # of MkDocs, of Zensical
        (job.folder / index).unlink(missing_ok=True)
    for name in ("lunr", "workers"):
        shutil.rmtree(job.folder / "assets" / "javascripts" / name, ignore_errors=True)


def exports(job: Job) -> None:
    """Write the open data and the feed."""
    head = Head(job.guide, job.site, job.date)
    write(job.folder, head, job.renderer.number)
    write_feed(job.folder, head, job.renderer)


def plan_scripts(job: Job) -> None:
    """Write the calculators and the documents of `/plan/`, which load there on use."""
    write_plan(job.folder, job.guide)


def licences(job: Job) -> None:
    """Write what the site ships of others, and on which terms."""
    write_licences(job.folder, fonts=job.editions)


def hashed_names(job: Job) -> None:
    """Give our scripts, styles and the search index names that hang on their content."""
    hash_names(job.folder)


def robots(job: Job) -> None:
    """Write robots.txt: all may be read, and where the map is. It is heeded only at the root of a host.

    Pages for frames are not closed here: who may not read them would not learn that they ask for no index.
    A site that knows no address of its own has no map either: MkDocs' would be empty.
    """
    address = job.site.address
    line = f"\nSitemap: {address}sitemap.xml\n" if address else ""
    (job.folder / "robots.txt").write_text(f"User-agent: *\nAllow: /\n{line}", encoding="utf-8")
    for name in () if address else ("sitemap.xml", "sitemap.xml.gz"):
        (job.folder / name).unlink(missing_ok=True)


def headers(job: Job) -> None:
    """Write the policy into the pages and, with who may frame what, into the file that hosts read."""
    try:
        addresses = [job.address, *job.guide.site.other_addresses]
        write_cloud(job.folder, write_policy(job.folder, frame_policy(addresses)))
    except PolicyError as error:
        raise BuildError(
            "ページの中に、配信の規則（CSP）が止めるものがあります。style・on…・javascript:・ほかのサイトのものを使わない書き方に直してください。"
            "知らない <script> は、テーマを新しくしたときだけ、読んで確かめてから macros/hosting/policy.py の KNOWN_SCRIPTS に足します。\n"
            f"Pages hold what the Content Security Policy blocks:\n{error}"
        ) from error


def editions(job: Job) -> None:
    """Make the files of /downloads/ from the built pages and the data."""
    if not job.editions:
        return
    try:
        # what makes editions is installed by `make build`, not by `make serve`
        publish(job.root, job.folder, job.guide, job.date, job.address)
    except ModuleNotFoundError as error:
        raise BuildError(f"版を作る道具がありません。make build で入ります。Run `make build`: {error}") from error
    except EditionError as error:
        raise BuildError(f"版を作れませんでした。 An edition could not be made.\n{error}") from error


def offline(job: Job) -> None:
    """Write `downloads/site.zip`: what the steps before made, to be read from disk."""
    if not job.editions:
        return
    write_offline(job.folder, job.date, job.address)


def cards(job: Job) -> None:
    """Draw the picture that a link to a page shows elsewhere; the offline site, made before, has no use for it."""
    if job.editions:
        write_cards(job.folder, job.address)


def checksums(job: Job) -> None:
    """Write SHA256SUMS and tell on the pages what each file of /downloads/ is."""
    if job.editions:
        stock(job.folder, job.date)


NO_ADDRESS = """★★★ 公開するアドレスが入っていません（手元で見るためのサイトで、公開はできません）。
★★★ 公開するものは SITE_URL=https://… make build で作ります。 Built without SITE_URL: not for publishing."""

# a host, and perhaps a path; nothing that is not the same for every page
ADDRESS = re.compile(r"https?://[^\s/?#@<>\"']+/(?:[^\s?#<>\"']+/)?")

BUILDERS: dict[str, Callable[[Job], None]] = {"mkdocs": mkdocs_pages, "zensical": zensical_pages}

# Each step adds to job.folder. Names hang on contents, so they
# come last of all that writes what pages load; headers after them and before the editions, which take copies of them.
STEPS: tuple[Callable[[Job], None], ...] = (
    pages,
    typography,
    robots,
    exports,
    search_index,
    shared_parts,
    factor_sources,
    statement_words,
    plan_scripts,
    kinds_to_choose,
    helpers_to_offer,
    suppliers_to_find,
    residents_first,
    small_files,
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
    cards,
    checksums,
)


def check_address(*, to_be_published: bool) -> None:
    """Raise BuildError for a SITE_URL that is no address, and for none when the site is to be published."""
    address = public_address()
    if address and not ADDRESS.fullmatch(address):
        raise BuildError(
            f"SITE_URL は https://www.example.jp/offset/ の形で書いてください（いまは {address}）。 No address."
        )
    if to_be_published and not address:
        raise BuildError(NO_ADDRESS)


def main(arguments: list[str] | None = None) -> int:
    """Build the project in the current folder; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m macros build", description=__doc__)
    parser.add_argument("--editions", action="store_true", help="the downloads too")
    parser.add_argument("--site-dir", type=Path, default=Path("site"), help="where the site goes (site)")
    parser.add_argument("--builder", choices=BUILDERS, default="mkdocs", help="what writes the pages (mkdocs)")
    parser.add_argument("--frozen", action="store_true", help=f"refuse addresses and names that are not in {LIST}")
    parser.add_argument("--github", action="store_true", help="tell each problem at its line of the change, too")
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
        if options.github and isinstance(error, DataError):
            tell(error.problems)
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
