"""What is due for review is listed, and a date that passes breaks nothing."""

from pathlib import Path

import pytest

from macros.loading.due import main, overdue, overdue_offers
from macros.loading.due_factors import overdue_factors
from macros.loading.guide import Guide
from macros.pages.check import load

LINE = "2027-11-21  changes.yml  j-credit: 制度の統合"
OFFER = "2027-05-31  offers/murakami-forest.yml  murakami-forest: 新潟県村上市 豊かなさけの森林づくりクレジット"
FACTOR = "2028-03-31  factors/fuels.yml  gasoline: ガソリン"


@pytest.mark.parametrize(("today", "lines"), [("2027-11-21", []), ("2027-11-22", [LINE])])
def test_a_note_is_due_the_day_after_its_review_date(today: str, lines: list[str], small_guide: Path) -> None:
    assert overdue(load(small_guide), today) == lines


@pytest.mark.parametrize(("today", "lines"), [("2028-03-31", []), ("2028-04-01", [FACTOR])])
def test_a_factor_is_due_by_its_value_in_force_and_no_older_one(
    today: str, lines: list[str], small_guide: Path
) -> None:
    assert overdue_factors(load(small_guide).catalogue, today) == lines


@pytest.mark.parametrize(("today", "lines"), [("2027-05-31", []), ("2027-06-01", [OFFER])])
def test_a_seller_is_due_the_day_after_its_review_date(today: str, lines: list[str], small_guide: Path) -> None:
    assert overdue_offers(load(small_guide), today) == lines


def test_every_statement_on_buying_is_due_one_day(guide: Guide) -> None:
    lines = overdue_offers(guide, "2999-01-01")
    kinds = (guide.offers, guide.buying.ways, guide.buying.steps, guide.buying.proofs)
    kinds += (guide.buying.wordings, guide.buying.lookalikes)
    assert len(lines) == sum(map(len, kinds))


@pytest.mark.parametrize(("review_by", "today", "count"), [("2027", "2027-12-31", 0), ("2027-11", "2027-12-01", 1)])
def test_a_year_or_month_passes_as_a_whole(review_by: str, today: str, count: int, small_guide: Path) -> None:
    path = small_guide / "data" / "changes.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("review_by: 2027-11-21", f"review_by: {review_by}"), encoding="utf-8")
    assert len(overdue(load(small_guide), today)) == count


def test_the_list_is_printed_and_is_no_failure(
    small_guide: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(small_guide)
    assert main(["--today", "2030-01-01"]) == 0
    assert (
        capsys.readouterr().out
        == f"2030-01-01 の時点で、見直しの期日を過ぎたものは3件です。\n{OFFER}\n{LINE}\n{FACTOR}\n"
    )
