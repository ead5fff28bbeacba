"""What is named by a file and an id in it: records that a sentence may rest on, steps of methods."""

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


# parts of a method's page besides its flow
PARTS = ("summary", "effects", "notes", "selection", "information", "opportunities", "settle")


def method_parts(sources: list[Source]) -> list[str]:
    """Return the steps and parts of pages that a note may stand at: `a1:retire`, `a3:notes`."""
    methods = {Path(one.file).stem: one.content.value for one in sources if one.name == "methods"}
    return [f"{name}:{own}" for name, value in methods.items() for own in (*_steps(methods, value), *PARTS)]


def _steps(methods: dict[str, Any], value: Any) -> list[str]:
    flow = _part(value, "flow") or _part(methods.get(_part(value, "same_as") or ""), "flow")
    phases = _part(flow, "phases")
    return [own for phase in (phases if isinstance(phases, list) else []) for own in _ids(_part(phase, "steps"))]


def _part(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _ids(value: Any) -> list[str]:
    records = value if isinstance(value, list) else []
    return [one["id"] for one in records if isinstance(one, dict) and isinstance(one.get("id"), str)]
