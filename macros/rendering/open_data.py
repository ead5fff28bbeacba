"""Links to the open data."""

from typing import Any

from ..exports import DATASETS, Outline, tables_of
from ..models.base import OpenTableRef
from .core import Core
from .register import macro


class OpenData(Core):
    """`open_data`, `open_data_files`."""

    @macro()
    def open_data(self, name: OpenTableRef, called: str = "表") -> str:
        """Return the links to a CSV, named without its ending, and to the JSON that holds the same."""
        dataset = next(entry["name"] for entry in self._files() if name in [table.name for table in entry["tables"]])
        return self.render("open-data", name=name, called=called, dataset=dataset)

    @macro(home="about/index")
    def open_data_files(self) -> str:
        """Return the list of all data sets and their files."""
        return self.render("open-data-files", entries=self._files())

    # made once: every page that offers a table asks for them
    _entries: list[dict[str, Any]] | None = None

    def _files(self) -> list[dict[str, Any]]:
        if self._entries is None:
            outline = Outline(self.guide, self.number)
            self._entries = [
                {"name": dataset.name, "title": dataset.title, "tables": tables_of(outline, dataset)}
                for dataset in DATASETS
            ]
        return self._entries
