"""The step of the build that compares what it made with the public names of before (macros/hosting/frozen.py)."""

from ..hosting import LIST, Frozen, addresses, calculator_names
from ..loading import VALUES, DataError, Problem, keep, read_all
from .job import Job

FIELD = "アドレスと名前"
LOST = (
    "「{}」がなくなりました。公開したアドレスと名前は変えられません。元の id やページに戻してください"
    "（やめるときの手順は CONTRIBUTING.md。まだ公開していないものなら、この行を消します）"
)
NEW = "新しいアドレスや名前が控えにありません。次の1行を足してください：{}"


def public_names(job: Job) -> None:
    """Raise DataError when a name is gone or, in the build of a publication, not on the list; tell of new ones.

    A complete site is made to be published: its new names are written down.
    """
    frozen = Frozen.of(job.root)
    if frozen is None:
        return
    found = {*addresses(job.folder), *calculator_names(job.guide.catalogue.calculators.values())}
    if refused := [*lost(frozen, found), *(missing(frozen, found) if job.frozen else [])]:
        raise DataError(refused)
    if job.editions and (values := keep(job.root, read_all(job.root))):
        print(f"新しい値と文の版が{len(values)}件あります。{VALUES} に書き足しました。変更といっしょに送ってください。")
    if new := frozen.new(found):
        _tell(new, written=job.editions)
        if job.editions:
            frozen.add(found)


def lost(frozen: Frozen, found: set[str]) -> list[Problem]:
    """Return a problem, at its line, for each name that is on the list and not among those found."""
    return [Problem(LIST.as_posix(), line, FIELD, LOST.format(name)) for name, line in frozen.lost(found).items()]


def missing(frozen: Frozen, found: set[str]) -> list[Problem]:
    """Return a problem for each name that is not on the list."""
    return [Problem(LIST.as_posix(), len(frozen.lines), FIELD, NEW.format(name)) for name in frozen.new(found)]


def _tell(new: list[str], *, written: bool) -> None:
    done = f"{LIST} に書き足しました。変更といっしょに送ってください" if written else "make build が控えます"
    print(f"新しいアドレスと名前が{len(new)}件あります。{done}。いちど公開したら変えられません。 New names:")
    print(*(f"  {name}" for name in new), sep="\n")
