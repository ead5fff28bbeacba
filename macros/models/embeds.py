"""Records about calculators on other sites: how high they are, and which ids were given up."""

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from .base import Address, Id, Record, SomeCount, Text, When, titled

# no calculator is twice as high at one width as at another
MOST_TIMES = 2


class FrameHeight(Record, title="枠の高さ"):
    """Measured heights of one calculator, in CSS pixels, one for each of `widths`: empty, and with its example."""

    calculator: Id = titled("計算器", "event", form="計算器の id")
    empty: list[SomeCount] = titled(
        "何も入れないときの高さ", "[5256, 3840, 3723, 3027, 2842]", form="整数の並び。`widths` の順"
    )
    worked: list[SomeCount] = titled(
        "計算例を入れたときの高さ", "[6186, 4518, 4190, 3407, 3146]", form="整数の並び。`widths` の順"
    )


class RetiredEmbed(Record, title="やめた計算器"):
    """An id that was public once: its address still answers and names what took its place."""

    id: Id = titled("やめた id。使い直せません", "old-event")
    instead: Id | None = titled("代わりの計算器。なければ書きません", "event", default=None, form="計算器の id")
    retired_on: When = titled("やめた日", "2027-04-01")
    reason: Text = titled("やめたわけ。もとのアドレスのページに出ます", "会議・イベントの計算器にまとめました。")


class EmbedData(Record, title="ほかのサイトに入れる計算器"):
    """What the embeds know beside the calculators themselves."""

    widths: list[SomeCount] = titled("高さを測った枠の幅（ピクセル）", "[320, 480, 640, 800, 1000]")
    heights: list[FrameHeight] = titled("幅ごとの高さ。手では直さず、`python -m tests.measure_heights` で測り直します")
    retired: list[RetiredEmbed] = titled(
        "やめた計算器。アドレスは残り、代わりを案内します", form="下の表の並び。なければ `[]`"
    )

    @model_validator(mode="after")
    def _heights_were_measured(self) -> "EmbedData":
        for i, one in enumerate(self.heights):
            for key, heights in (("empty", one.empty), ("worked", one.worked)):
                if len(heights) != len(self.widths) or max(heights) > MOST_TIMES * min(heights):
                    raise PydanticCustomError("heights", "heights", {"at": ("heights", i, key)})
        return self


class EmbedHost(Record, title="計算器を入れているサイト"):
    """A page of another site that is known to hold some of our calculators."""

    id: Id = titled("記録の名前", "example-town")
    name: Text = titled("そのサイトの名前", "○○町 環境課")
    page: Address = titled("枠のあるページ", "https://www.town.example.jp/kankyo/offset.html")
    calculators: list[Id] = titled("そのページにある計算器", "[event]", form="計算器の id の並び")
    added_on: When = titled("知った日", "2026-11-21")
    note: Text | None = titled("覚え書き", "2027年度に作り直す予定と聞いています。", default=None)
