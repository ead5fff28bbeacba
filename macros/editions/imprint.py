"""What every edition says of itself."""

from dataclasses import dataclass
from datetime import UTC, datetime

from ..loading import Guide

SITE_NAME = "カーボン・オフセットガイドブック オンライン"
SUBTITLE = "自治体のためのカーボン・オフセット　2011年・2012年の資料と、その後に変わったこと"


@dataclass(frozen=True)
class Imprint:
    """What every edition says of itself: when it was made and where the site is, if that is known."""

    epoch: int
    site: str = ""

    def lines(self, guide: Guide) -> list[str]:
        """Return the words for the cover."""
        sources = "、".join(f"{one.title}（{one.issued_text}、{'・'.join(one.publishers)}）" for one in guide.documents)
        return [
            f"もとにした資料：{sources}",
            "本文は2011年・2012年の内容です。その後に変わったことは、「いま」と書いた青い枠の注記だけに書いています。"
            "原資料の乱れや不明な点は、「原資料の注記」と書いた枠にあります。",
            "原資料の発行者が作ったものではなく、承認や監修を受けたものでもありません。",
            f"{self.edition()}。いまの情報は{guide.site.data_as_of}までに調べたものです。{self.address()}",
            "このサイトのための文章とデータは CC BY 4.0、原資料の題名・名前・図の言葉などは各発行者のものです。",
        ]

    def edition(self) -> str:
        """Return which edition this is, to cite."""
        return f"『{SITE_NAME}』{written_date(self.epoch)}版"

    def address(self) -> str:
        """Return where the site is, as a sentence; empty when it is not known."""
        return f"サイト：{self.site}" if self.site else ""


def written_date(epoch: int) -> str:
    """Return a time as a date that people read, in Japan."""
    when = datetime.fromtimestamp(epoch + 9 * 3600, UTC)
    return f"{when.year}年{when.month}月{when.day}日"
