"""Macros on the accessibility test: its tools, the pages looked at, and the result by success criterion."""

from collections import Counter
from typing import Literal

from ..models import Criterion
from .core import Core
from .register import macro

RESULTS = {
    "no-problem": "調べた範囲で問題なし",
    "partly": "一部を確認。調べた範囲で問題なし",
    "problem": "問題あり",
    "untested": "未実施",
}
NOT_APPLIED = "該当なし"
CAPTIONS = {
    "jis": "JIS X 8341-3:2016のレベルAとAAの達成基準",
    "additions": "WCAG 2.1と2.2で加わった、レベルAとAAの達成基準",
}


def ways(criterion: Criterion) -> list[str]:
    """Return how a criterion was tried: 機械, 目視（画面画像）, 未実施, each where it is so."""
    tried = {"機械": criterion.tests, "目視（画面画像）": criterion.looked_at, "未実施": criterion.untested}
    return [
        f"{way}（一部）" if way == "未実施" and criterion.checked_on else way for way, said in tried.items() if said
    ]


def file_of(test: str) -> str:
    """Return the file of a test: `test_axe.py`."""
    return test.removeprefix("tests/").split("::")[0]


class AccessibilityTest(Core):
    """`criteria`, `test_tools` and `test_samples`."""

    @macro("accessibility.yml", home="about/accessibility", owed=True)
    def criteria(self, key: Literal["jis", "additions"]) -> str:
        """Return the result by success criterion: of `jis`, or of the `additions` of WCAG 2.1 and 2.2.

        Raises KeyError for another name.
        """
        test = self.guide.accessibility
        criteria = {"jis": test.jis, "additions": test.additions}[key]
        rows = [(one, ways(one), list(dict.fromkeys(map(file_of, one.tests)))) for one in criteria]
        counts = Counter(RESULTS[one.result] if one.result else NOT_APPLIED for one in criteria)
        counted = [(word, counts[word]) for word in [*RESULTS.values(), NOT_APPLIED]]
        return self.render(
            "criteria",
            key=key,
            rows=rows,
            counted=counted,
            caption=CAPTIONS[key],
            results=RESULTS,
            not_applied=NOT_APPLIED,
        )

    @macro("accessibility.yml", home="about/accessibility", part="tools")
    def test_tools(self) -> str:
        """Return the programs of the test and what axe-core found."""
        return self.render("accessibility-tools", test=self.guide.accessibility)

    @macro("accessibility.yml", home="about/accessibility", part="samples")
    def test_samples(self) -> str:
        """Return the pages whose pictures were looked at."""
        return self.render("accessibility-samples", test=self.guide.accessibility)
