"""Lets Zensical write the pages instead of MkDocs, from the same docs/, mkdocs.yml, macros and overrides.

Zensical reads mkdocs.yml itself, but writes only inside the folder that its configuration stands in. So it
gets a folder of its own with a copy of docs/ and overrides/ and a configuration that inherits mkdocs.yml.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ..loading import BuildError
from .job import Job

# `variant: classic` is the look of Material; lists in it would be added to those of mkdocs.yml, so it has none
CONFIGURATION = """INHERIT: {parent}
docs_dir: docs
site_dir: site
theme:
  custom_dir: overrides
  variant: classic
"""
# laid over overrides/: shells that the two must have differently
OWN_OVERRIDES = "macros/site/zensical"


def zensical_pages(job: Job) -> None:
    """Let Zensical write the pages to job.folder; raises BuildError when it fails or warns."""
    workshop = job.folder.parent / "zensical"
    _prepare(job.root, workshop)
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", str(workshop / "mkdocs.yml")]
    done = subprocess.run(command, cwd=job.root, env=_environment(), check=False)
    if done.returncode:
        raise BuildError(
            "Zensical でページを作れませんでした。上に出た行に、直すところが書いてあります。\n"
            f"zensical build --strict failed (exit status {done.returncode}); see the lines above."
        )
    (workshop / "site").rename(job.folder)


def _prepare(root: Path, workshop: Path) -> None:
    workshop.mkdir()
    shutil.copytree(root / "docs", workshop / "docs")
    (workshop / "overrides").mkdir()
    for folder in ("overrides", OWN_OVERRIDES):
        if (root / folder).is_dir():
            shutil.copytree(root / folder, workshop / "overrides", dirs_exist_ok=True)
    (workshop / "mkdocs.yml").write_text(CONFIGURATION.format(parent=root / "mkdocs.yml"), encoding="utf-8")


def _environment() -> dict[str, str]:
    """Return the environment with the site's address as MkDocs would mend it: a slash at its end."""
    address = os.environ.get("SITE_URL", "").rstrip("/")
    return {**os.environ, **({"SITE_URL": f"{address}/"} if address else {})}
