"""Zip files that come out the same each time, and checksums."""

from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def packed(files: dict[str, bytes], epoch: int) -> bytes:
    """Return files as a zip; each carries the time of the edition and the rights of a plain file."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            archive.writestr(_entry(name, epoch), content)
    return made.getvalue()


def _entry(name: str, epoch: int) -> ZipInfo:
    # a zip knows no time before 1980 and no time zone
    when = max(datetime.fromtimestamp(epoch, UTC), datetime(1980, 1, 1, tzinfo=UTC))
    entry = ZipInfo(name, when.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    entry.create_system, entry.external_attr = 3, 0o100644 << 16
    return entry


def repacked(content: bytes, epoch: int) -> bytes:
    """Return a zip (a Word document is one) with its own order of files, all of one time."""
    with ZipFile(BytesIO(content)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()}, epoch)


def checksums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder by its name, as `sha256sum` reads them; pages apart."""
    files = sorted(
        path for path in folder.rglob("*") if path.is_file() and path.name not in {"SHA256SUMS", "index.html"}
    )
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}
