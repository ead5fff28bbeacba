"""The records that a sentence of an answer may rest on, each as `file:id`."""

from pathlib import Path
from typing import Any

from .files import Source

# whole files of records, and folders of one record a file
LISTS = ("changes", "glossary", "links", "remarks")
FOLDERS = ("offers", "cases", "methods", "calculators")
# lists inside buying.yml and what their anchors on the page begin with
BUYING = {
    "ways": "way",
    "steps": "step",
    "proofs": "proof",
    "wordings": "wording",
    "lookalikes": "lookalike",
    "gaps": "gap",
}


def ground_ids(sources: list[Source], sections: list[str]) -> list[str]:
    """Return what may be named: `changes:arakawa`, `buying:step-retire`, `factors:travel-rail`, `guide:1-3`."""
    said = {source.name: source.content.value for source in sources}
    topics = [source.content.value for source in sources if source.name == "factors"]
    return [
        *(f"{name}:{own}" for name in LISTS for own in _ids(said.get(name))),
        *(f"{one.name}:{Path(one.file).stem}" for one in sources if one.name in FOLDERS),
        *(f"factors:{own}" for topic in topics for own in _ids(_part(topic, "factors"))),
        *(f"surveys:{own}" for own in _ids(_part(said.get("surveys"), "numbers"))),
        *(f"buying:{start}-{own}" for part, start in BUYING.items() for own in _ids(_part(said.get("buying"), part))),
        *sections,
    ]


def _part(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _ids(value: Any) -> list[str]:
    records = value if isinstance(value, list) else []
    return [one["id"] for one in records if isinstance(one, dict) and isinstance(one.get("id"), str)]
