"""Checks that a price which calculators use is the one of the seller's record: one number, one date, every place."""

from collections.abc import Iterator

from ..models import FactorSource, FactorValue, Offer, OfferPrice
from .files import Source
from .problems import Problem, problem

# consumption tax, where a calculator shows a price with it and the seller asks it without
TAX_RATE = 0.1


def check_prices(sources: list[Source]) -> Iterator[Problem]:
    """Tell of values whose `offer` asks no such price; nothing of files that are unsound."""
    offers = {source.value.id: source.value for source in sources if source.name == "offers" and source.value}
    listed = next((source.value for source in sources if source.name == "factor-sources"), None) or []
    documents = {document.id: document for document in listed}
    for source in sources:
        for i, factor in enumerate(source.value.factors if source.name == "factors" and source.value else []):
            for j, value in enumerate(factor.values):
                offer, document = offers.get(value.offer), documents.get(value.source)
                if offer and document and not any(_same(value, document, offer, price) for price in offer.prices):
                    text = f"売り手「{offer.id}」の prices に、同じ額、税、種類、日付、出典のものがありません。{_told(offer)}"
                    yield problem(source.file, source.content.lines, ("factors", i, "values", j, "offer"), text)


def _same(value: FactorValue, document: FactorSource, offer: Offer, price: OfferPrice) -> bool:
    cited = price.source or offer.sources[0]
    read = (document.publisher, document.url, document.date) == (cited.publisher, cited.url, cited.date)
    return read and (value.kind, value.valid_from) == (price.kind, price.date) and _same_amount(value, price)


def _same_amount(value: FactorValue, price: OfferPrice) -> bool:
    if (value.confidence, value.tax, price.tax) == ("derived", "込", "抜"):
        return value.value == round(price.yen * (1 + TAX_RATE))
    return (value.value, value.tax) == (price.yen, price.tax)


def _told(offer: Offer) -> str:
    prices = [f"{price.yen}円（{price.tax}、{price.kind}、{price.date}）" for price in offer.prices]
    return f"あるのは {'、'.join(prices)}" if prices else "額がひとつもありません"
