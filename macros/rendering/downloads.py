"""Macros that offer files of /downloads/; the build fills them in once the files are made."""

from .core import Core

# what a page may offer; another edition is one more name here
FILES = {
    "guidebook.pdf",
    "guidebook.docx",
    "planning-sheets.zip",
    "calculators.zip",
    "figures.zip",
    "site.zip",
    "SHA256SUMS",
}


class Downloads(Core):
    """`download`, `method_downloads`."""

    def download(self, name: str) -> str:
        """Return the place for a file: its name, format, size, date and checksum; raises KeyError for another."""
        if name not in FILES:
            raise KeyError(name)
        return self.render("download", name=name)

    def method_downloads(self) -> str:
        """Return the table of the files of each method."""
        return self.render("method-downloads")
