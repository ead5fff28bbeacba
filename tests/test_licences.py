"""What the site ships of others, and the licences that go with it."""

import json
import re
from pathlib import Path

from macros.rendering.licences import SHIPPED, licence_texts

INSIDE = re.compile(r"node_modules/([^/]+)/")


def names(bundled: bool) -> set[str]:
    return {part.name for part in SHIPPED if part.use.startswith("Material for MkDocs") == bundled}


def test_every_part_of_the_themes_bundle_is_listed(site: Path) -> None:
    """The source map names the files; clipboard is itself a bundle, whose text names what is in it."""
    (map_file,) = site.glob("assets/javascripts/bundle.*.min.js.map")
    source_map = json.loads(map_file.read_text(encoding="utf-8"))
    named = "\n".join([*source_map["sources"], *source_map["sourcesContent"]])
    assert set(INSIDE.findall(named)) == names(bundled=True)


def test_only_icons_of_one_set_are_used(root: Path) -> None:
    """The theme offers five sets, each with a licence of its own."""
    written = [root / "mkdocs.yml", *root.glob("overrides/**/*.html"), *root.glob("macros/rendering/templates/*.html")]
    icons = [name for file in written for name in re.findall(r"\b(\w+)/[a-z-]+\b", _icons(file))]
    assert set(icons) == {"material"}


def _icons(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    return "\n".join(
        line for line in text.splitlines() if re.search(r"\bicon\b.*(?:: |or \")", line) or "logo:" in line
    )


def test_the_texts_of_all_licences_are_shipped(site: Path) -> None:
    text = (site / "licences.txt").read_text(encoding="utf-8")
    assert text == licence_texts(fonts=(site / "downloads" / "guidebook.pdf").exists())
    assert [part.name for part in SHIPPED if f"- {part.name}" not in text] == []
    for words in (
        "Copyright (c) 2016-2025 Martin Donath",
        "Pictogrammers Free License",
        "END OF TERMS AND CONDITIONS",
        "W3C Software and Document Notice",
        "Permission to use, copy, modify, and/or distribute",
        "clipboard: Copyright (c) Zeno Rocha",
    ):
        assert words in text


def test_the_fonts_licence_comes_with_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence_texts(fonts=True)
    assert "SIL OPEN FONT LICENSE" not in licence_texts(fonts=False)
