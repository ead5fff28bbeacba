"""Build step: our scripts, styles and the search index carry a hash of their content in their names.

A returning reader then never runs new pages with old code, and hosts may keep such files for ever. Pages name them in
attributes, and scripts learn the names of others from there; so no file's content hangs on another's name.
decisions/0103 tells more.
"""

import re
from hashlib import sha256
from pathlib import Path

# everything of ours that pages load; the theme names its own files so already
FOLDERS = ("assets/css", "assets/js", "search")
KINDS = {".css", ".js"}
HASHED = re.compile(r"\.[0-9a-f]{8}\.(?:min\.)?(?:css|js)(?:\.map)?$")
# an address in an attribute: up to the site's root, then the file; pages for frames have no quotes
NAMED = re.compile(rf"""(?<==)(["']?)([\w./-]*?)((?:{"|".join(FOLDERS)})/[\w.-]+)\1(?=[\s>])""")
# what publishing carries along for pages that are open while a new version comes
HASHED_FILES = "_hashed"


def hash_names(site: Path) -> None:
    """Rename the files, let the pages name them so, and write down all names that hang on a content."""
    names = dict(_renamed(site, path) for path in _files(site))
    for page in site.rglob("*.html"):
        page.write_text(with_names(page.read_text(encoding="utf-8"), names), encoding="utf-8")
    found = (path.relative_to(site).as_posix() for path in site.rglob("*") if HASHED.search(path.name))
    (site / HASHED_FILES).write_text("".join(f"{name}\n" for name in sorted(found)), encoding="utf-8")


def with_names(html: str, names: dict[str, str]) -> str:
    """Return a page whose attributes name files anew; `names` gives the new path from the site's root by the old."""
    return NAMED.sub(lambda found: f"{found[1]}{found[2]}{names.get(found[3], found[3])}{found[1]}", html)


def file_of(site: Path, name: str) -> Path:
    """Return where a file stands in a built site: `assets/js/site.js`, whatever its content. Raises FileNotFoundError."""
    stem, _, rest = Path(name).name.partition(".")
    for path in (site / name).parent.glob(f"{stem}.*"):
        if path.name in {f"{stem}.{rest}", f"{stem}.{path.name[len(stem) + 1 :][:8]}.{rest}"}:
            return path
    raise FileNotFoundError(f"{site}: {name}")


def _files(site: Path) -> list[Path]:
    found = (path for folder in FOLDERS for path in (site / folder).rglob("*"))
    return sorted(path for path in found if path.suffix in KINDS and not HASHED.search(path.name))


def _renamed(site: Path, path: Path) -> tuple[str, str]:
    """Rename `calculator.min.js` to `calculator.1a2b3c4d.min.js`; return both as paths from the site's root."""
    stem, _, rest = path.name.partition(".")
    new = path.with_name(f"{stem}.{sha256(path.read_bytes()).hexdigest()[:8]}.{rest}")
    path.rename(new)
    return path.relative_to(site).as_posix(), new.relative_to(site).as_posix()
