"""Macros that offer files of /downloads/; the build fills them in once the files are made."""

from typing import Literal, get_args

from .core import Core
from .register import macro

# what a page may offer; another edition is one more name here
File = Literal[
    "guidebook.pdf",
    "guidebook.docx",
    "planning-sheets.zip",
    "calculators.xlsx",
    "calculators.zip",
    "figures.zip",
    "site.zip",
    "SHA256SUMS",
]
FILES = set(get_args(File))


class Downloads(Core):
    """`download`, `method_downloads`."""

    @macro()
    def download(self, name: File) -> str:
        """Return the place for a file: its name, format, size, date and checksum; raises KeyError for another."""
        if name not in FILES:
            raise KeyError(name)
        return self.render("download", name=name)

    @macro(home="downloads/index")
    def method_downloads(self) -> str:
        """Return the table of the files of each method."""
        return self.render("method-downloads")
