"""What every published file says of itself: site, licence, sources and dates."""

from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.utils.yaml import yaml_load

from ..loading import JAPAN, Guide
from .licence import LICENCE, MORE_RIGHTS, RIGHTS


class Site(NamedTuple):
    """What the public site is called and where it is, with a slash at the end; empty when it is not for publishing."""

    title: str
    address: str


class Head(NamedTuple):
    """What the files of one build have in common; `time` is that of the build, in seconds since 1970."""

    guide: Guide
    site: Site
    time: int

    @property
    def date(self) -> str:
        """The day of this state of the data, in Japan."""
        return datetime.fromtimestamp(self.time, tz=JAPAN).date().isoformat()

    def sources(self) -> list[dict[str, Any]]:
        """Return the two source documents."""
        return [
            {
                "id": document.id,
                "label": document.label,
                "title": document.title,
                "publishers": document.publishers,
                "issued": document.issued,
            }
            for document in self.guide.documents
        ]

    def of(self, name: str, title: str) -> dict[str, Any]:
        """Return the head of a JSON file."""
        return {
            "$schema": f"{name}.schema.json",
            "name": name,
            "title": title,
            "site": {"title": self.site.title, "address": self.site.address or None},
            "licence": LICENCE,
            "rights": RIGHTS + MORE_RIGHTS.get(name, ""),
            "attribution": f"「{self.site.title}」（CC BY 4.0）をもとに作成",
            "sources": self.sources(),
            "date": self.date,
            "data_as_of": self.guide.site.data_as_of,
        }


def site_of(root: Path) -> Site:
    """Return the name and the address that `root/mkdocs.yml` gives; SITE_URL sets the address there, or nobody does."""
    with (root / "mkdocs.yml").open("rb") as file:
        settings = yaml_load(file)
    address = (settings["site_url"] or "").rstrip("/")
    return Site(settings["site_name"], f"{address}/" if address else "")


def text(title: str, **more: Any) -> dict[str, Any]:
    """Return the JSON Schema of a text."""
    return {"type": "string", "title": title, **more}


def whole(title: str, properties: dict[str, Any]) -> dict[str, Any]:
    """Return the JSON Schema of an object that has all of its properties and no other."""
    return {
        "type": "object",
        "title": title,
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


SCHEMA = {
    "$schema": text("このファイルの JSON Schema", description="このファイルから見たアドレス"),
    "name": text("データの名前"),
    "title": text("データの題"),
    "site": whole(
        "公開しているサイト",
        {
            "title": text("サイトの名前"),
            "address": {
                "type": ["string", "null"],
                "title": "サイトのはじめのアドレス",
                "description": "公開のために作ったのでないものでは、null",
                "format": "uri",
            },
        },
    ),
    "licence": whole(
        "ライセンス",
        {
            "name": text("SPDX の名前", const=LICENCE["name"]),
            "title": text("名前"),
            "path": text("アドレス", format="uri"),
        },
    ),
    "rights": text("ライセンスの及ぶところ"),
    "attribution": text("出典の書き方の例"),
    "sources": {
        "type": "array",
        "title": "原資料",
        "items": whole(
            "原資料",
            {
                "id": text("原資料の id", description="記録の source の「:」より前"),
                "label": text("短い呼び名"),
                "title": text("題名"),
                "publishers": {"type": "array", "title": "発行者", "items": {"type": "string"}},
                "issued": text("発行日"),
            },
        ),
    },
    "date": text("この版の日付", format="date"),
    "data_as_of": text("いまのことを最後にまとめて調べた日"),
}
