"""Records of the accessibility test: what was tried on each success criterion, when, and how."""

import re
from typing import Annotated, Literal, LiteralString

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

from .base import Count, PageRef, Record, SomeCount, Text, When, titled

Result = Literal["no-problem", "partly", "problem", "untested"]


def _is_number(value: str) -> str:
    if not re.fullmatch(r"[1-4]\.[1-5]\.[1-9][0-9]?", value):
        raise PydanticCustomError("bad_criterion", "bad criterion")
    return value


def _is_test(value: str) -> str:
    if not re.fullmatch(r"tests/test_\w+\.py::test_\w+", value):
        raise PydanticCustomError("bad_test", "bad test")
    return value


CriterionNumber = Annotated[str, AfterValidator(_is_number)]
TestName = Annotated[str, AfterValidator(_is_test)]


class Criterion(Record, title="達成基準"):
    """A success criterion: whether it applies, and what was tried by tests and by eye.

    `tests` are automatic tests, `looked_at` says what was looked for on the pictures of the sample,
    `untested` what nobody tried. A result says no more than these three.
    """

    no: CriterionNumber = titled("達成基準の番号", "'1.4.3'", form="番号。囲みます")
    name: Text = titled("達成基準の名前", "コントラスト（最低限レベル）の達成基準", form="文。規格のまま")
    level: Literal["A", "AA"] = titled("等級", "AA")
    since: Literal["2.1", "2.2"] | None = titled(
        "加わったWCAGの版。`additions` だけに書きます", "'2.1'", default=None, form="`2.1`、`2.2`。どちらも囲みます"
    )
    applies: bool = titled("関わるものがサイトにあるか", "true")
    result: Result | None = titled(
        "結果",
        "partly",
        default=None,
        when="`applies: true` では要ります",
        names={
            "no-problem": "調べた範囲で問題なし",
            "partly": "一部だけ確認",
            "problem": "問題あり",
            "untested": "未実施",
        },
    )
    checked_on: When | None = titled("確かめた日", "2026-11-22", default=None, when="`untested` のほかは要ります")
    tests: list[TestName] = titled(
        "機械で確かめた検査の名前", "[tests/test_axe.py::test_every_page_has_no_violation]", default=[]
    )
    looked_at: Text | None = titled("画面画像で確かめたこと", "文字が読めること", default=None)
    untested: Text | None = titled(
        "まだ確かめていないこと",
        "スクリーンリーダーでの読み上げ",
        default=None,
        when="`partly` と `untested` では要ります",
    )
    note: Text | None = titled(
        "注記", "音声を載せていません。", default=None, when="`problem` と、`applies: false` では要ります"
    )

    @model_validator(mode="after")
    def _says_what_was_tried(self) -> "Criterion":
        tried = bool(self.tests or self.looked_at)
        if not self.applies:
            _want(self.note and not (self.result or tried or self.untested), "criterion_not_applied", "applies")
            return self
        _want(self.result is not None, "criterion_result", "applies")
        _want(tried == (self.result != "untested") == bool(self.checked_on), "criterion_tried", "result")
        _want(self.untested or self.result in {"no-problem", "problem"}, "criterion_untested", "result")
        _want(not self.untested or self.result != "no-problem", "criterion_untested", "result")
        _want(self.note or self.result != "problem", "criterion_problem", "result")
        return self


def _want(holds: object, kind: LiteralString, at: str) -> None:
    if not holds:
        raise PydanticCustomError(kind, kind, {"at": (at,)})


class TestTool(Record, title="試験に使ったもの"):
    """A program the test was done with."""

    __test__ = False  # pytest takes classes of this name for its own

    name: Text = titled("名前", "axe-core")
    version: Text = titled("版", "'4.12.1'", form="文。囲みます")
    use: Text = titled("何に使ったか", "全ページの自動の検査")


class Sample(Record, title="目で見たページ"):
    """A page whose pictures were looked at, and what they showed."""

    page: PageRef = titled("ページ", "methods/a1")
    pictures: Text = titled("どの幅と配色の画面か", "1280px（明）")
    seen: Text = titled("何が見えたか", "図の言葉が読める")


class AxeRun(Record, title="axe-coreの結果"):
    """A run of axe-core: `checks` is how many of the pages × modes were reached."""

    date: When = titled("調べた日", "2026-11-22")
    pages: SomeCount = titled("ページの数", "61")
    modes: list[Text] = titled("配色と幅の組", "[明るい配色・375px]")
    checks: SomeCount = titled("ページと、配色と幅の組の組み合わせのうち、調べた数", "366")
    violations: Count = titled("見つかった問題の数", "0")


class Accessibility(Record, title="アクセシビリティの試験の結果"):
    """The whole test: `jis` holds the 38 criteria of JIS X 8341-3:2016 A and AA, `additions` what WCAG 2.1 and 2.2 add."""

    tools: list[TestTool] = titled("試験に使ったもの")
    run: AxeRun = titled("axe-coreで全ページを調べた結果")
    samples: list[Sample] = titled("画面画像を目で見たページ")
    jis: list[Criterion] = titled("JIS X 8341-3:2016のAとAAの達成基準。38件")
    additions: list[Criterion] = titled("WCAG 2.1と2.2で加わったAとAAの達成基準。18件")
