"""Completes /downloads/ and every page that offers a file: format, size, date and checksum are known only now."""

import re
from pathlib import Path

from .archive import checksums
from .imprint import written_date

PLACE = re.compile(r'<(p|span) class="download" data-download="([^"]+)"[^>]*>.*?</\1>', re.DOTALL)
FORMATS = {
    "pdf": "PDF",
    "docx": "Word（docx）",
    "xlsx": "Excel（xlsx）",
    "zip": "zip",
    "json": "JSON",
    "csv": "CSV",
}


def stock(site: Path, epoch: int) -> None:
    """Write SHA256SUMS and fill every place for a file that was made."""
    downloads = site / "downloads"
    sums = checksums(downloads) if downloads.exists() else {}
    if not sums:
        return
    lines = "".join(f"{value}  {name}\n" for name, value in sums.items())
    (downloads / "SHA256SUMS").write_text(lines, encoding="utf-8")
    sums["SHA256SUMS"] = ""
    for page in sorted(site.rglob("*.html")):
        _fill(page, site, sums, written_date(epoch))


def _fill(page: Path, site: Path, sums: dict[str, str], date: str) -> None:
    html = page.read_text(encoding="utf-8")
    if 'data-download="' not in html:
        return
    base = "../" * (len(page.relative_to(site).parts) - 1) + "downloads/"

    def offer(place: re.Match[str]) -> str:
        kind, name = place.groups()
        if name not in sums:
            return place.group()
        size = written_size((site / "downloads" / name).stat().st_size)
        return _long(base, name, size, date, sums[name]) if kind == "p" else _short(base, name, size)

    page.write_text(PLACE.sub(offer, html), encoding="utf-8")


def _short(base: str, name: str, size: str) -> str:
    return f'<a href="{base}{name}">{format_of(name)}（{size}）</a>'


def _long(base: str, name: str, size: str, date: str, checksum: str) -> str:
    told = f"{format_of(name)}、{size}、{date}"
    sum_line = (
        f'<br><span class="small">ファイルが変わっていないかを確かめる値（SHA-256） <code class="checksum">{checksum}</code></span>'
        if checksum
        else ""
    )
    return f'<p class="download"><a href="{base}{name}">{name}</a>（{told}）{sum_line}</p>'


def format_of(name: str) -> str:
    """Return the format of a file as people call it."""
    return FORMATS.get(name.rpartition(".")[2], "テキスト")


def written_size(size: int) -> str:
    """Return a size in bytes as people read it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size / 1000, 1):.0f} kB"
