"""Macros on the accessibility test: its tools, the pages looked at, and the result by success criterion."""

from ..models import Criterion
from .core import Core

RESULTS = {
    "no-problem": "調べた範囲で問題なし",
    "partly": "一部を確認。調べた範囲で問題なし",
    "problem": "問題あり",
    "untested": "未実施",
}
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

    def criteria(self, key: str) -> str:
        """Return the result by success criterion: of `jis`, or of the `additions` of WCAG 2.1 and 2.2."""
        rows = [(one, ways(one), list(dict.fromkeys(map(file_of, one.tests)))) for one in self.test_of(key)]
        return self.render("criteria", key=key, rows=rows, caption=CAPTIONS[key], results=RESULTS)

    def criteria_count(self, key: str, result: str) -> str:
        """Return how many criteria have a result; `none` counts those that do not apply."""
        wanted = None if result == "none" else result
        return str(sum(one.result == wanted for one in self.test_of(key)))

    def test_of(self, key: str) -> list[Criterion]:
        """Return the criteria of one of the two lists; raises KeyError for another name."""
        return {"jis": self.guide.accessibility.jis, "additions": self.guide.accessibility.additions}[key]

    def test_tools(self) -> str:
        """Return the programs of the test and what axe-core found."""
        return self.render("accessibility-tools", test=self.guide.accessibility)

    def test_samples(self) -> str:
        """Return the pages whose pictures were looked at."""
        return self.render("accessibility-samples", test=self.guide.accessibility)
