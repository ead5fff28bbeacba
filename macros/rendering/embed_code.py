"""Macros of the page that makes code for other sites: ready snippets, and the form that makes one's own."""

from typing import Any
from urllib.parse import urlsplit

from markupsafe import escape

from ..models.calculators import Calculator, Input
from .calculators import attribute
from .embeds import Embeds
from .pictures import picture
from .register import macro

# What may be pasted: `{…}` is filled in here for the ready snippets and by embed-builder.js for one's own.
# Width and height stand twice: a policy of the host without inline styles leaves the attributes, a stylesheet the style.
# What stands inside a frame is what a CMS leaves that takes frames away.
FRAME = (
    '<iframe src="{address}" title="{name}" loading="lazy"{sandbox} width="100%" height="{tall}" '
    'style="width:100%;height:{tall}px;border:0"><a href="{page}">{name}を開く</a></iframe>'
)


def _frame(tall: str, address: str = "{frame}", sandbox: str = "{sandbox}") -> str:
    return FRAME.replace("{tall}", tall).replace("{address}", address).replace("{sandbox}", sandbox)


SNIPPETS = {
    "iframe": _frame("{height}"),
    "resize": _frame("{reserved}") + '\n<script src="{site}embed/resize.js" defer></script>',
    "link": '<p><a href="{page}">{name}</a>：{lead}入れた値は送信も保存もされません。</p>',
    "picture": '<p><a href="{page}"><img src="{site}embed/{id}/picture.svg" alt="{alt}" width="640" height="{picture}" style="max-width:100%;height:auto"></a></p>\n'
    '<p><a href="{site}embed/{id}/factors.csv">{name}に使う係数（CSV）</a></p>',
    # on one's own server the policy of the page cannot name it: no sandbox
    "kit": _frame("{height}", "/calculators/embed/{id}/index.html{options}", ""),
}
NAMES = {
    "iframe": "iframeだけで入れる",
    "resize": "iframeとresize.jsで入れる（高さが自動で合う）",
    "link": "リンクと短い文で入れる（iframeを使えないとき）",
    "picture": "静止画と係数のCSVで入れる（iframeを使えないとき）",
    "kit": "オフライン一式を自分のサーバーに置いて入れる",
}
# what stands for an address that nobody knows yet; embed-builder.js puts in where the page is
UNKNOWN = "〈このサイトのアドレス〉"
# without a choice the frame is as high as at this width
USUAL_WIDTH = 640


class Builder(Embeds):
    """`embed_builder`, `embed_snippets`, `embed_heights`, `embed_paste`, `embed_sentences`."""

    @macro(home="embed/index")
    def embed_builder(self) -> str:
        """Return the form; embed-builder.js fills the rest in, and it is hidden without it."""
        suppliers = self.catalogue.suppliers
        data = {
            "site": self._site,
            "widths": self.guide.embeds.widths,
            "snippets": SNIPPETS,
            "today": self.catalogue.sets.today,
            "searched": {field: kind.search for field, kind in suppliers.kinds.items()} if suppliers else {},
            "calculators": {name: self._choice(one) for name, one in self.catalogue.calculators.items()},
        }
        shared = self._shared() | {"searched": data["searched"], "root": ".."}
        return self.render("embed-builder", data=attribute(data), names=NAMES, **shared)

    @macro(home="embed/index")
    def embed_snippets(self) -> str:
        """Return the five ready snippets of each calculator."""
        calculators = [(one, self._filled(one)) for one in self.catalogue.calculators.values()]
        return self.render("embed-snippets", calculators=calculators, names=NAMES)

    @macro("embeds.yml", home="embed/index", part="heights")
    def embed_heights(self) -> str:
        """Return the height to set for each calculator at each measured width."""
        return self.render("embed-heights", **self._shared())

    @macro(home="embed/index")
    def embed_paste(self) -> str:
        """Return the picture of where code goes in the editors of a CMS."""
        return self.render("embed-paste")

    @macro(home="embed/index")
    def embed_sentences(self) -> str:
        """Return what a page that holds a calculator may say of privacy and accessibility, and its CSP lines."""
        address = urlsplit(self.site_url)
        origin = f"{address.scheme}://{address.netloc}" if self.site_url else UNKNOWN
        return self.render("embed-sentences", site=self._site, origin=origin, host=address.hostname or UNKNOWN)

    @property
    def _site(self) -> str:
        return self.site_url or f"{UNKNOWN}/"

    def _shared(self) -> dict[str, Any]:
        return {
            "calculators": self.catalogue.calculators,
            "widths": self.guide.embeds.widths,
            "heights": {one.calculator: one for one in self.guide.embeds.heights},
        }

    def _filled(self, calculator: Calculator) -> dict[str, str]:
        """Return the snippets with everything of a calculator in them, nothing chosen."""
        values = self._choice(calculator) | {
            "id": calculator.id,
            "site": self._site,
            "frame": f"{self._site}embed/{calculator.id}/",
            "page": f"{self._site}calculators/{calculator.id}/",
            "height": self._height(calculator.id, "worked"),
            "reserved": self._height(calculator.id, "empty"),
            "sandbox": "",
            "options": "",
        }
        escaped = {key: escape(str(value)) for key, value in values.items()}
        return {kind: text.format_map(escaped) for kind, text in SNIPPETS.items()}

    def _height(self, name: str, kind: str) -> int:
        """Return a measured height at the usual width; before the first measurement, one that scrolls."""
        found = [one for one in self.guide.embeds.heights if one.calculator == name]
        return getattr(found[0], kind)[self.guide.embeds.widths.index(USUAL_WIDTH)] if found else 1000

    def _choice(self, calculator: Calculator) -> dict[str, Any]:
        """Return what the form knows of one calculator."""
        found = [one for one in self.guide.embeds.heights if one.calculator == calculator.id]
        return {
            "name": f"カーボン・オフセット計算（{calculator.short}）",
            "lead": calculator.lead,
            "alt": self._alternative(calculator.id),
            "picture": picture(self, calculator.id)[1],
            "worked": found[0].worked if found else [],
            "empty": found[0].empty if found else [],
            "fields": [_field(field) for group in calculator.groups for field in group.inputs],
        }

    def _alternative(self, name: str) -> str:
        """Return what a reader who cannot see the picture needs of it."""
        worked = self.worked(name)
        results = "、".join(
            f"{line['label']}は{line['steps']}" for line in worked["lines"] if line["main"] and line["steps"]
        )
        return f"{worked['calculator'].short}の計算例の図。{worked['preset'].label}。{results}。"


def _field(field: Input) -> list[Any]:
    """Return [id, label with unit, choices] of a field, and the choice that a frame with starting values always writes."""
    unit = f"（{field.unit}）" if field.unit and field.unit != "1" else ""
    return [
        field.id,
        field.label + unit,
        [[choice.id, choice.label] for choice in field.offered],
        *([field.default] if field.absent else []),
    ]
