"""Records and rows of the official tables of suppliers: who sells electricity, city gas and heat, with which factor."""

from dataclasses import dataclass
from typing import Literal

from .base import FactorSetRef, FactorSourceRef, Id, Record, Text, Unit, When, titled
from .calculators import Name
from .factors import Confidence

SupplierKindId = Literal["electricity", "gas", "heat"]
RESIDUAL, WHOLE = "残差", "(参考値)事業者全体"
# t-CO2/kWh, t-CO2 per 1,000 m3, t-CO2/GJ and t-CO2 per kL or t, as kg-CO2 per kWh, m3, GJ, L or kg
SCALES = {"electricity": 1000, "gas": 1, "heat": 1000, "fuels": 1}


class SupplierName(Record, title="番号だけでは決まらない行の id"):
    """The id of rows that a number alone does not name: of an area, or of one of several companies; frozen."""

    id: Id = titled(
        "リンクとファイルに入る名前。公開したら消さず、変えません",
        "a0002-tokyogas-network",
        form="id。終わりは3字より長い言葉にします（1、2字はメニューの記号に読めます）",
    )
    number: Text = titled("表の番号", "A0002", form="文。数だけのときは囲みます")
    name: Text | None = titled("番号が同じ会社を分ける、表の会社の名前", "沖縄電力(株)", default=None)
    area: Text | None = titled(
        "表の供給区域。メニューの列から、メニューと残差を除いたところ", "習志野市の供給区域", default=None
    )


class SupplierKind(Record, title="買うもの"):
    """What is bought: the field of calculators that asks for its supplier, and the words where one searches for it.

    `told` are sentences to know before one chooses.
    """

    id: SupplierKindId = titled("種類", "electricity")
    title: Text = titled("買うものの名前", "電気")
    input: Name = titled("会社を聞く計算器の欄", "electricity_supplier", form="欄の id")
    search: Text = titled("さがす欄の見出し", "小売電気事業者を名前か番号でさがす")
    unit: Unit = titled("係数の単位", "kg-CO2/kWh")
    told: list[Text] = titled("選ぶ前に知っておくこと", "[検針票の会社を選びます。]")
    names: list[SupplierName] = titled("番号だけでは決まらない行の id", default=[])


class SupplierTable(Record, title="版と表"):
    """A table of data/suppliers/ and the set of factors that reckons with it; of several of one set the last counts."""

    id: Id = titled("表の名前", "electricity-2026", form="`suppliers/` のファイルの名前から `.tsv` を除いたもの")
    set: FactorSetRef = titled(
        "この表で計算する版。同じ版の表が2つあれば、下の方を使います", "'2026'", form="係数の版の id。囲みます"
    )
    source: FactorSourceRef = titled("出典", "electricity-2024")
    confidence: Confidence = titled("確かさ", "official-copy")
    valid_from: When = titled("いつからの活動に使うか", "2025-04-01")
    retrieved_on: When = titled("調べた日", "2026-11-28")
    review_by: When = titled("見直す期限", "2027-01-31")


class SupplierData(Record, title="電気・ガス・熱の会社の表"):
    """Whose factors the tables have, which set has which table, and the words about them."""

    kinds: list[SupplierKind] = titled("何を買う会社か")
    tables: list[SupplierTable] = titled("どの版がどの表で計算するか。新しい表は終わりに足します")
    words: dict[Name, Text] = titled(
        "さがす欄に出る言葉", "{uses: 計算には、基礎の係数を使います。}", form="名前と文の組。名前は変えません"
    )


@dataclass(frozen=True)
class OfficialRow:
    """A row of a table: values in the unit of the publication, `menu` empty when a supplier has one factor for all.

    `adjusted` is None where the table has no such column.
    """

    number: str
    name: str
    menu: str
    value: float
    adjusted: float | None = None
    marks: str = ""


@dataclass(frozen=True)
class OfficialTable:
    """The rows of one table of one set, in the order of the publication."""

    kind: str
    rows: tuple[OfficialRow, ...]

    def of(self, number: str) -> list[OfficialRow]:
        """Return the rows of a number."""
        return [row for row in self.rows if row.number == number]

    def standard(self, number: str) -> OfficialRow | None:
        """Return what holds for the supplier of a number whose menu is not known; see `standard_of`."""
        return standard_of(self.of(number))

    def find(self, reference: str) -> OfficialRow | None:
        """Return the row of `A0055` (what holds without a menu) or of `A0020 <menu or name>`."""
        number, _, menu = reference.partition(" ")
        if not menu:
            return self.standard(number)
        return next((row for row in self.of(number) if menu in {row.menu, row.name}), None)

    def factor(self, row: OfficialRow) -> float:
        """Return the basic value of a row in kg-CO2 per kWh, m3, GJ, L or kg."""
        return self.scaled(row.value)

    def scaled(self, value: float) -> float:
        """Return a value of the publication in kg-CO2 per kWh, m3, GJ, L or kg."""
        return round(value * SCALES[self.kind], 9)


def standard_of(rows: list[OfficialRow]) -> OfficialRow | None:
    """Return what holds where no menu is known: the 残差, else the only row, else 事業者全体.

    None when there are several areas or menus and nothing for the whole.
    """
    for kind in ([row for row in rows if RESIDUAL in row.menu], rows, [row for row in rows if row.menu == WHOLE]):
        if len(kind) == 1:
            return kind[0]
    return None
