"""Checks `mkdocs.yml` before MkDocs reads it: its menu, and that nothing in it runs code or loads from elsewhere.

MkDocs constructs whatever a tag such as `!!python/object/apply` names, and mkdocs-macros fills in titles of the menu.
"""

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, cast

import yaml

from ..loading import (
    Loader,
    Page,
    Problem,
    Source,
    Unfit,
    allowed,
    check_merged,
    check_size,
    from_reading,
    read_text,
    told,
)

FILE = "mkdocs.yml"
PLAIN_TAGS = {
    f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "seq", "map", "timestamp")
}
ENVIRONMENT = "!ENV"
# the only variable that may be published
VARIABLES = {"SITE_URL"}
# what a page's author may need; hooks, templates and other plugins are programs, INHERIT reads another file
KEYS = [
    "site_name",
    "site_url",
    "site_description",
    "docs_dir",
    "site_dir",
    "use_directory_urls",
    "edit_uri",
    "theme",
    "plugins",
    "not_in_nav",
    "validation",
    "watch",
    "extra_css",
    "extra_javascript",
    "markdown_extensions",
    "nav",
]
FIXED = {
    ("docs_dir",): "docs",
    ("site_dir",): "site",
    ("theme", "name"): "material",
    ("theme", "custom_dir"): "overrides",
}
THEME = ["name", "custom_dir", "language", "font", "icon", "features", "palette"]
PLUGINS = {
    "search": {"lang": "ja"},
    "macros": {"module_name": "macros", "on_undefined": "strict", "on_error_fail": True},
}
EXTENSIONS = ["attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc", "macros.markdown"]
# what the site is called by, and how long a title of the menu may be: more pushes the others away
NAMED = ("site_name", "site_description")
LONGEST_TITLE = 24
ALIAS = "ほかの行の値を指す書き方（&名前、*名前）は使えません。同じ値を書いてください"
WITHOUT_MENU = "mkdocs.yml の nav に、このページがありません。nav に「題名: {}」を足してください"


class Place(NamedTuple):
    """A value of the file: where it stands, what it is, on which line."""

    where: tuple[str | int, ...]
    value: Any
    line: int

    def problem(self, text: str) -> Problem:
        """Return a problem of this value."""
        return Problem(FILE, self.line, ".".join(map(str, self.where)) or "（全体）", text)


class Settings(NamedTuple):
    """What the file says, as far as it could be read."""

    problems: list[Problem]
    values: dict[str, Any]
    has_macros: bool
    menu: list[Place] = []


def check_settings(root: Path, pages: list[Page]) -> Settings:
    """Return the problems of `root/mkdocs.yml`, and whether pages can call macros."""
    try:
        text = read_text(root / FILE)
        check_merged(text)
        check_size(text)
        loader = Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except (OSError, yaml.YAMLError, Unfit) as error:
        return Settings(from_reading(FILE, error), {}, has_macros=False)
    problems: list[Problem] = []
    places: list[Place] = []
    values = _walk(node, (), places, problems, set())
    values = values if isinstance(values, dict) else {}
    plugins = _named(values.get("plugins"))
    if not problems:
        problems += [*_settings(values, places), *_menu(values, places, pages, has_macros="macros" in plugins)]
    menu = [one for one in places if one.where[:1] == ("nav",) and isinstance(one.where[-1], str)]
    return Settings(problems, values, "macros" in plugins, menu)


def _walk(node: yaml.Node | None, where: tuple, places: list[Place], problems: list[Problem], seen: set[int]) -> Any:
    """Return plain values, built of nothing but texts, lists and mappings; tell of tags and of what Jinja would read."""
    if node is None:
        return None
    if id(node) in seen:
        problems.append(Place(where, None, node.start_mark.line + 1).problem(ALIAS))
        return None
    seen.add(id(node))
    place = Place(where, None, node.start_mark.line + 1)
    problems += [place.problem(text) for text in _node_faults(node)]
    if isinstance(node, yaml.MappingNode):
        value: Any = {}
        for key, inner in node.value:
            name = str(key.value)
            problems += [place._replace(line=key.start_mark.line + 1).problem(text) for text in _node_faults(key)]
            if name in value:
                problems.append(
                    Place((*where, name), None, key.start_mark.line + 1).problem(
                        "同じ項目が二度あります。ひとつにしてください"
                    )
                )
            value[name] = _walk(inner, (*where, name), places, problems, seen)
    elif isinstance(node, yaml.SequenceNode):
        value = [_walk(one, (*where, i), places, problems, seen) for i, one in enumerate(node.value)]
    else:
        value = _plain(cast("yaml.ScalarNode", node))
    places.append(Place(where, value, place.line))
    return value


def _plain(node: yaml.ScalarNode) -> Any:
    return {"true": True, "false": False}.get(node.value, node.value) if node.tag.endswith(":bool") else node.value


def _node_faults(node: yaml.Node) -> Iterator[str]:
    if node.tag == ENVIRONMENT:
        names = [part.value for part in node.value] if isinstance(node, yaml.SequenceNode) else [node.value]
        if not names or names[0] not in VARIABLES:
            yield f"「!ENV」で読めるのは {'、'.join(sorted(VARIABLES))} だけです"
    elif node.tag not in PLAIN_TAGS:
        yield f"「{node.tag.replace('tag:yaml.org,2002:', '!!')}」は使えません。使える印は !ENV [SITE_URL, …] だけです"
    if isinstance(node, yaml.ScalarNode):
        yield from told(str(node.value))


def _named(entries: Any) -> dict[str, Any]:
    """Return a list of names, some with options, as a mapping from names to options."""
    named: dict[str, Any] = {}
    for one in entries if isinstance(entries, list) else []:
        named |= one if isinstance(one, dict) else {str(one): {}}
    return named


def _settings(values: dict[str, Any], places: list[Place]) -> Iterator[Problem]:
    at = {place.where: place for place in places}
    yield from _unknown_keys((), values, at, KEYS)
    yield from _unknown_keys(("theme",), values.get("theme"), at, THEME)
    yield from _listed("plugins", "プラグイン", values, at, list(PLUGINS))
    yield from _listed("markdown_extensions", "拡張", values, at, EXTENSIONS)
    yield from _plugin_options(values, at)
    for key in NAMED:
        if (key,) in at and not str(values[key]).strip():
            yield at[key,].problem("空です。サイトの題と説明は、どのページにも出ます")
    for where, wanted in FIXED.items():
        if where in at and at[where].value != wanted:
            yield at[where].problem(f"「{wanted}」と書いてください")
    for place in places:
        if place.where[:1] not in {("site_url",), ("nav",)} and isinstance(place.value, str) and "//" in place.value:
            yield place.problem("ほかのサイトのアドレスは書けません。docs/assets/ に置いたものを書いてください")


def _unknown_keys(where: tuple, value: Any, at: dict, known: list[str]) -> Iterator[Problem]:
    for key in value if isinstance(value, dict) else []:
        if key not in known:
            yield at[*where, key].problem(f"知らない項目です。使えるのは {'、'.join(known)}")


def _listed(key: str, word: str, values: dict[str, Any], at: dict, known: list[str]) -> Iterator[Problem]:
    entries = values.get(key)
    for i, one in enumerate(entries if isinstance(entries, list) else []):
        for name in one if isinstance(one, dict) else [str(one)]:
            if name not in known:
                yield at[key, i].problem(f"{word}「{name}」は使えません。使えるのは {'、'.join(known)}")


def _plugin_options(values: dict[str, Any], at: dict) -> Iterator[Problem]:
    plugins = values.get("plugins")
    for i, one in enumerate(plugins if isinstance(plugins, list) else []):
        for name, options in one.items() if isinstance(one, dict) else []:
            for key, value in (options or {}).items() if name in PLUGINS else []:
                if PLUGINS[name].get(key) != value:
                    wanted = "、".join(
                        f"{key}: {str(value).lower() if value is True else value}"
                        for key, value in PLUGINS[name].items()
                    )
                    yield at["plugins", i, name, key].problem(f"書けるのは {wanted} だけです")


def _menu(values: dict[str, Any], places: list[Place], pages: list[Page], *, has_macros: bool) -> Iterator[Problem]:
    """The menu names each page once, and no other; without one MkDocs makes it of all pages."""
    if "nav" not in values:
        if has_macros:
            yield Problem(FILE, 1, "nav", "メニュー（nav）がありません。ページの並びを書いてください")
        return
    files = {page.file.removeprefix("docs/"): page for page in pages}
    first: dict[str, Place] = {}
    for place in places:
        if place.where[0:1] == ("nav",) and not isinstance(place.value, (dict, list)):
            file = str(place.value)
            yield from _entry(place, file, files, first)
            first.setdefault(file, place)
    yield from _titles([place for place in places if place.where[0:1] == ("nav",) and isinstance(place.where[-1], str)])
    misspelt = [file for file in first if file not in files]
    for file, page in files.items():
        meant = difflib.get_close_matches(file, misspelt, cutoff=0.8)
        if file not in first and not page.is_frame and page.head and not meant:
            yield Problem(page.file, 1, "（全体）", WITHOUT_MENU.format(file))


def _titles(places: list[Place]) -> Iterator[Problem]:
    """Yield titles of the menu that say nothing, and those that another one beside them has."""
    first: dict[tuple, Place] = {}
    for place in (one for one in places if one.where != ("nav",)):
        title = str(place.where[-1])
        key = (*place.where[:-2], title)
        if not title.strip():
            yield place.problem("メニューに出る題が空です。題を書いてください")
        elif len(title) > LONGEST_TITLE:
            yield place.problem(f"メニューに出る題は、{LONGEST_TITLE}字までにしてください（いまは{len(title)}字）")
        elif first.setdefault(key, place) is not place:
            yield place.problem(f"メニューの同じ所の {first[key].line}行めに、同じ題があります。違う題にしてください")


def swapped_titles(menu: list[Place], sources: list[Source]) -> Iterator[Problem]:
    """Yield entries of the menu that are called as a method or a calculator is, and lead to the page of another."""
    named = {f"methods/{one.value.id}.md": one.value.code for one in sources if one.name == "methods" and one.value}
    named |= {
        f"calculators/{one.value.id}.md": one.value.short for one in sources if one.name == "calculators" and one.value
    }
    for place in menu:
        title, own = str(place.where[-1]), named.get(str(place.value))
        if own and title.partition(" ")[0] in {*named.values()} - {own}:
            yield place.problem(f"「{title}」が {place.value} を指しています。{place.value} は「{own}」のページです")


def _entry(place: Place, file: str, files: dict[str, Page], first: dict[str, Place]) -> Iterator[Problem]:
    if "//" in file:
        yield place.problem(
            "メニューには、docs/ のページだけを載せられます。ほかのサイトへのリンクは、ページの中に書いてください"
        )
    elif file not in files:
        yield place.problem(f"ページ「{file}」がありません。{allowed(file, sorted(files))}")
    elif file in first:
        yield place.problem(f"ページ「{file}」は {first[file].line}行めにもあります。ひとつにしてください")
    elif files[file].is_frame:
        yield place.problem(f"「{file}」は枠に入れるためのページで、メニューには載せません")
