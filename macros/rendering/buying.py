"""Macros of `/buying/`: sellers and prices, the ways that remain, steps, proof, statements, what is no credit."""

from collections import Counter
from datetime import date
from typing import Any, NamedTuple

from ..loading import Guide
from ..models import Offer, OfferPrice, Shut
from ..models.labels import label
from .core import Core, plain
from .register import macro
from .routes import Conditions, group_of, of_offer, of_way, seen_long_ago, shut_by

DUE = "（見直しの期日を過ぎています）"
TAXES = {"込": "税込", "抜": "税抜", "不明": "税の別は不明"}
GROUPS = {
    "now": "いま売っているとみられるもの",
    "waiting": "次の募集を待つもの",
    "local": "地元などに限られるもの",
    "old": "古いもの、日付の見えないもの",
    "closed": "終わったもの",
}
# what is bought from a seller for oneself; a market's mean is no offer
ASKED = "売り出し"
KNOWN = {"bought", "written"}


class Row(NamedTuple):
    """A seller with the conditions of buying there and the tests that shut it for the example."""

    offer: Offer
    way: Conditions
    shut: list[str]


def _offer_files(guide: Guide, _words: tuple[str, ...]) -> list[str]:
    return ["buying.yml", *(f"offers/{offer.id}.yml" for offer in guide.offers)]


class Buyings(Core):
    """`offer_ranges`, `offer_finder`, `offer_table`, `offers` and the parts of `buying.yml`."""

    @macro(_offer_files, home="buying/index")
    def offer_ranges(self) -> str:
        """Return the range of the prices asked now, for each kind of credit and tax apart."""
        return self.render("offer-ranges", ranges=list(ranges(self._groups()["now"])), **self._words())

    @macro(_offer_files, home="buying/index")
    def offer_finder(self) -> str:
        """Return the form, what remains for the example, and the ways with what shuts them."""
        now, need = self._asked_on(), self.guide.buying.example
        ways = [(way, of_way(way)) for way in self.guide.buying.ways]
        found = [(way, one, self._reasons(shut_by(one, need, now), one)) for way, one in ways]
        rows = [row for rows in self._groups().values() for row in rows]
        return self.render(
            "offer-finder",
            need=need,
            asked_on=now.isoformat(),
            shuts=[shut.model_dump() for shut in self.guide.buying.shuts],
            ways=sorted(found, key=lambda one: bool(one[2])),
            left=[row for row in rows if not row.shut],
            fallen=self._fallen(rows),
            unnamed=sum("municipalities" in row.shut for row in rows),
            known=KNOWN,
            **self._words(),
        )

    @macro(_offer_files, home="buying/index")
    def offer_table(self) -> str:
        """Return the sellers, those of today open to view, the others folded."""
        return self.render("offer-table", groups=self._groups(), **self._words())

    @macro(_offer_files, home="buying/index")
    def offers(self) -> str:
        """Return the whole record of every seller."""
        return self.render("offers", groups=self._groups(), unseen=unseen, **self._words())

    @macro("buying.yml")
    def buying_steps(self) -> str:
        """Return the procedure as numbered steps."""
        return self.render("buying-steps", steps=self.guide.buying.steps)

    @macro("buying.yml")
    def buying_proofs(self) -> str:
        """Return the papers to have in hand."""
        return self.render("buying-proofs", proofs=self.guide.buying.proofs)

    @macro("buying.yml")
    def buying_wordings(self) -> str:
        """Return what statements say and what they do not say."""
        return self.render("buying-wordings", wordings=self.guide.buying.wordings)

    @macro("buying.yml")
    def buying_lookalikes(self) -> str:
        """Return what is easily taken for a credit, with what it can and cannot claim."""
        return self.render("buying-lookalikes", lookalikes=self.guide.buying.lookalikes)

    @macro("buying.yml")
    def buying_gaps(self) -> str:
        """Return what was looked for and not found."""
        return self.render("buying-gaps", gaps=self.guide.buying.gaps)

    def offer_told(self, offer: Offer) -> str:
        """Return a seller's record as feeds have it, with every price that is asked."""
        return self.render("feed-offer", offer=offer, unseen=unseen, **self._words())

    def _asked_on(self) -> date:
        """The example is asked on the day when the sellers were last looked at, so that every build says the same."""
        return date.fromisoformat(max(offer.checked_on for offer in self.guide.offers))

    def _groups(self) -> dict[str, list[Row]]:
        now, buying = self._asked_on(), self.guide.buying
        limit = f"{now.year - buying.recent_years}{now.isoformat()[4:]}"
        groups: dict[str, list[Row]] = {name: [] for name in GROUPS}
        for offer in sorted(self.guide.offers, key=lambda one: (one.municipalities not in KNOWN, not one.asked)):
            way = of_offer(offer, old=seen_long_ago(offer, limit))
            groups[group_of(way)].append(Row(offer, way, shut_by(way, buying.example, now)))
        return groups

    def _reasons(self, tests: list[str], way: Conditions) -> list[str]:
        return [said(shut, way) for shut in self.guide.buying.shuts if shut.id in tests]

    def _fallen(self, rows: list[Row]) -> list[tuple[str, list[Offer]]]:
        """Return each reason with the sellers that fall away for it first; who sells to no municipality is not named."""
        fallen: dict[str, list[Offer]] = {}
        for row in rows:
            if row.shut and "municipalities" not in row.shut:
                fallen.setdefault(self._reasons(row.shut, row.way)[0], []).append(row.offer)
        return sorted(fallen.items(), key=lambda one: -len(one[1]))

    def _words(self) -> dict[str, Any]:
        fields = label(Offer).fields
        names = ("kinds", "programmes", "channel", "status", "municipalities", "retirement", "account", "use", "buyers")
        words = {name: fields[name].choices for name in names}
        sellers = named(self.guide.offers)
        shown = {"told": told, "tier": tier, "titles": GROUPS, "taxes": TAXES, "price_text": price_text, "due": DUE}
        return {"words": words, "sellers": sellers, **shown}


def named(offers: list[Offer]) -> dict[str, str]:
    """Return what links call each seller: with the credit's name where a seller has several."""
    times = Counter(offer.seller for offer in offers)
    return {one.id: one.seller if times[one.seller] == 1 else f"{one.seller}（{one.title}）" for one in offers}


def said(shut: Shut, way: Conditions) -> str:
    """Return why a way is shut, with its own tonnes, days or months."""
    number = way["days"] if shut.id == "days" else way["maximum"] if shut.id == "maximum" else way["minimum"]
    months = "・".join(map(str, way["months"]))
    return shut.says.replace("〈t〉", plain(number)).replace("〈months〉", months)


def price_text(price: OfferPrice) -> str:
    """Return a price with its unit and tax: `10,000円以上（税抜）`."""
    upper = f"～{price.yen_to:,}" if price.yen_to else ""
    return f"{price.yen:,}{upper}円{'以上' if price.or_more else ''}（{TAXES[price.tax]}）"


def told(offer: Offer) -> str:
    """Return the prices of a seller in a line, each with its tax and date, and the months of a yearly sale."""
    prices = [f"{tier(price)}{price_text(price)}、{price.date_text}" for price in offer.asked]
    months = [f"{'・'.join(map(str, offer.months))}月の募集（次の日程は見ていません）"] if offer.months else []
    return "。".join([*(prices or ["額は見えていない"]), *months])


def tier(price: OfferPrice) -> str:
    """Return from how many tonnes to how many a price holds: `1～99 t：`."""
    return f"{plain(price.from_t)}～{plain(price.to_t)} t：" if price.from_t is not None else ""


def ranges(rows: list[Row]) -> Any:
    """Yield kind of credit, tax, lowest and highest price and, with their offers, the prices asked now, never mixed."""
    asked = [
        (row.offer.kinds[0], price.tax, row.offer, price)
        for row in rows
        if row.offer.channel in {"seller", "agency"} and len(row.offer.kinds) == 1
        for price in row.offer.asked
        if price.kind == ASKED
    ]
    order = list(TAXES)
    for kind, tax in sorted(
        {(kind, tax) for kind, tax, *_ in asked}, key=lambda one: (one[0] != "forest", order.index(one[1]))
    ):
        found = [(offer, price) for kind_of, tax_of, offer, price in asked if (kind_of, tax_of) == (kind, tax)]
        prices = [price for _, price in found]
        yield kind, tax, min(one.yen for one in prices), max(one.yen_to or one.yen for one in prices), found


def unseen(offer: Offer) -> list[str]:
    """Return what no page said of a seller."""
    open_points = {
        "1 tあたりの額": not offer.prices,
        "最低の量": offer.minimum_t is None,
        "自治体が買えるか": offer.municipalities == "unwritten",
        "無効化をだれがするか": offer.retirement == "unwritten",
        "税込か税抜か": any(price.tax == "不明" for price in offer.asked),
        "日数": not offer.days,
    }
    return [name for name, missing in open_points.items() if missing and name not in offer.unseen] + offer.unseen
