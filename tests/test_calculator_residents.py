"""Residents first: what papers need is folded, one's own stands beside the average of the like, no choice is cut."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe_violations
from tests.calculator_tools import IDS, catalogue, reckoned

NewPage = Callable[..., Page]
PAPERS = catalogue().parts.residents
FOLDED = [
    "stage",
    "boundary",
    "factors",
    "title",
    "fiscal_year",
    "reduction_kg",
    "offset_share",
    "credit_type",
    "price_yen",
]
HOME = ["/calculators/household/", "/embed/household/"]
FRAMES = ["/embed/event/?audience=resident", "/embed/office/?audience=resident"]
CUT = """() => {
  const cut = [];
  const ruler = document.createElement('span');
  ruler.style.cssText = 'position:absolute;white-space:pre;visibility:hidden';
  document.querySelector('offset-calculator').append(ruler);
  for (const field of document.querySelectorAll('offset-calculator select')) {
    const style = getComputedStyle(field);
    ruler.style.font = style.font;
    const spare = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight) + 18; // and the arrow
    for (const option of field.options) {
      if (option.hidden || !field.checkVisibility()) continue;
      field.value = option.value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      ruler.textContent = option.text;
      const beneath = field.closest('[data-field]');
      const told = beneath ? getComputedStyle(beneath, '::before').content : '';
      if (ruler.offsetWidth > field.clientWidth - spare && told !== JSON.stringify(option.text)) cut.push(`${field.name}: ${option.text}`);
      if (ruler.offsetWidth < field.clientWidth - spare - 60 && told.includes(option.text)) cut.push(`said twice ${field.name}: ${option.text}`);
    }
  }
  for (const label of document.querySelectorAll('offset-calculator label'))
    if (label.scrollWidth > label.clientWidth + 1) cut.push(label.textContent);
  ruler.remove();
  return cut; }"""


@pytest.mark.parametrize("place", ["embed", "calculators"])
@pytest.mark.parametrize("width", [320, 375, pytest.param(1280, marks=pytest.mark.full)])
def test_no_choice_and_no_label_is_cut(new_page: NewPage, place: str, width: int) -> None:
    page = new_page(width, 800)
    for name in IDS:
        page.goto(f"/{place}/{name}/")
        page.wait_for_selector("offset-calculator[data-ready]")
        assert page.evaluate(CUT) == [], name


@pytest.mark.parametrize("address", ["/embed/event/", "/embed/office/", *HOME])
@pytest.mark.parametrize("width", [320, 375])
def test_labels_stand_above_their_fields(new_page: NewPage, address: str, width: int) -> None:
    page = new_page(width, 800)
    page.goto(address)
    beside = page.evaluate(
        """() => [...document.querySelectorAll('offset-calculator [data-field] label')].filter((label) => label.checkVisibility())
        .filter((label) => { const words = document.createRange(); words.selectNodeContents(label.firstChild);
          return words.getBoundingClientRect().bottom > label.querySelector('input, select').getBoundingClientRect().top + 1; })
        .map((label) => label.textContent)"""
    )
    assert beside == []


@pytest.mark.parametrize("address", HOME + FRAMES)
def test_people_come_first_and_papers_are_folded(new_page: NewPage, address: str) -> None:
    page = new_page(375, 800)
    page.goto(address)
    fold = page.locator("details[data-papers]")
    expect(fold.locator("summary")).to_have_text(PAPERS.fold)
    expect(fold).not_to_have_attribute("open", "")
    names = page.locator("offset-calculator :is(input, select)[name]:not([data-row] *)").evaluate_all(
        "all => all.filter((one) => one.checkVisibility()).map((one) => one.name)"
    )
    assert names[0] == ("electricity_supplier" if "office" in address else "people")
    assert not set(names) & set(FOLDED)
    inside = fold.locator(":is(input, select)").evaluate_all("all => all.map((one) => one.name)")
    assert set(FOLDED) <= set(inside)
    fold.locator("summary").click()
    for name in FOLDED:
        expect(page.locator(f"[name={name}]")).to_be_visible()
    assert axe_violations(page) == []


@pytest.mark.parametrize("address", HOME + FRAMES)
def test_what_fills_a_folded_field_opens_the_fold(new_page: NewPage, address: str) -> None:
    page = new_page(375, 800)
    page.goto(f"{address}#v=1&electricity_kwh=1000&trips=2")
    fold = page.locator("details[data-papers]")
    expect(fold).not_to_have_attribute("open", "")
    page.goto("about:blank")
    page.goto(f"{address}#v=1&electricity_kwh=1000&trips=2&title=祭り")
    expect(fold).to_have_attribute("open", "")
    expect(page.locator("[name=title]")).to_have_value("祭り")


def test_a_price_without_its_type_opens_the_fold_where_it_is_told(new_page: NewPage) -> None:
    page = new_page(375, 800)
    page.goto("/embed/household/#v=1&electricity_kwh=1000")
    page.locator("details[data-papers] summary").click()
    page.locator("[name=price_yen]").fill("9000")
    page.locator("[name=price_yen]").blur()
    page.locator("details[data-papers] summary").click()
    page.locator("[name=people]").fill("2")
    page.locator("[name=people]").blur()
    expect(page.locator("[name=credit_type]")).to_be_visible()
    expect(page.locator("[name=credit_type]")).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("address", HOME)
def test_a_month_s_bill_is_asked_about_and_what_was_compared_falls_with_its_amount(
    new_page: NewPage, address: str
) -> None:
    page = new_page(375, 800)
    page.goto(address)
    for name, text in (("people", "4"), ("electricity_kwh", "300"), ("city_gas_m3", "20")):
        page.locator(f"[name={name}]").fill(text)
    expect(page.locator("[data-share]").first).to_contain_text(PAPERS.month)
    page.locator("[name=electricity_kwh]").fill("3600")
    page.locator("[name=city_gas_m3]").fill("240")
    expect(page.locator("[data-share]").first).not_to_contain_text(PAPERS.month)
    expect(page.locator("[data-first] li")).to_have_count(2)
    page.locator("[name=electricity_kwh]").fill("abc")
    page.locator("[name=electricity_kwh]").blur()
    expect(page.locator("[data-first] li")).to_have_count(0)
    expect(page.locator("[data-share]")).to_have_count(0)


def test_without_javascript_all_of_it_can_be_read(new_page: NewPage) -> None:
    page = new_page(375, 800, javascript=False)
    for address in HOME:
        page.goto(address)
        page.locator("details[data-papers] summary").click()
        expect(page.locator("[name=stage]")).to_be_visible()
        expect(page.get_by_text(PAPERS.first_text)).to_be_visible()


@pytest.mark.parametrize("address", HOME)
def test_ones_own_bar_stands_beside_the_average_of_the_like(new_page: NewPage, address: str) -> None:
    page = new_page(375, 800)
    page.goto(address)
    for name, text in (("people", "3"), ("electricity_kwh", "3600"), ("city_gas_m3", "350")):
        page.locator(f"[name={name}]").fill(text)
    bars = page.locator("[data-sight] [data-bars] progress")
    expect(bars).to_have_count(2)
    expect(bars.first).to_be_visible()
    own, average = bars.evaluate_all("all => all.map((bar) => bar.value)")
    given = {"people": "3", "electricity_kwh": "3600", "city_gas_m3": "350"}
    assert own == pytest.approx(reckoned("household", "energy_kg", **given)[0])
    assert average == reckoned("household", "average_energy_kg", **given)[0] == 3440
    share = page.locator("div:has(> dd > output[name=average_energy_kg]) [data-share]")
    expect(share).to_have_text(f"エネルギーの排出量は、この平均の{round(own / average * 100)}％です。")
    assert page.locator("[data-sight]").evaluate("one => one.getBoundingClientRect().height") < 130


def test_electricity_alone_is_compared_with_electricity_alone(new_page: NewPage) -> None:
    page = new_page(375, 800)
    page.goto("/embed/household/#v=1&people=2&electricity_kwh=2000")
    bars = page.locator("[data-sight] [data-bars] progress")
    expect(bars).to_have_count(2)
    assert bars.evaluate_all("all => all.map((bar) => bar.value)") == [832, 1740]
    expect(page.locator("output[name=average_energy_kg]")).to_be_hidden()
    expect(page.get_by_text("ガスか灯油の量も入れると")).to_be_visible()
    page.locator("[name=electricity_kwh]").fill("")
    page.locator("[name=city_gas_m3]").fill("100")
    expect(bars).to_have_count(0)
    expect(page.get_by_text(PAPERS.none)).to_be_visible()
    expect(page.locator("[data-uncounted]")).to_contain_text("電気")


@pytest.mark.parametrize("address", HOME + FRAMES)
def test_it_ends_with_what_to_reduce_before_any_offset(new_page: NewPage, address: str) -> None:
    page = new_page(375, 800)
    page.goto(f"{address}#v=1&people=3&trips=2&electricity_kwh=1000&gasoline_l=500")
    largest = page.locator("[data-first] li")
    expect(largest).to_have_count(2)
    expect(largest.first).to_have_text(
        re.compile("^ガソリン：1,145.0 kg-CO.（合計の73％）。1 L減らすと、2.29 kg-CO.減ります。$")
    )
    order = page.evaluate(
        """() => [document.querySelector('[data-first]'), document.querySelector('output[name=credits_t]')]
        .reduce((one, two) => one.compareDocumentPosition(two) & Node.DOCUMENT_POSITION_FOLLOWING)"""
    )
    assert order
    expect(page.locator("output[name=credits_t]")).to_be_hidden()
    assert "t-CO" not in page.locator("[data-sight]").inner_text()


def test_in_a_frame_nothing_but_the_paper_is_printed(new_page: NewPage) -> None:
    page = new_page(375, 800)
    page.goto("/embed/household/#v=1&electricity_kwh=1000")
    page.evaluate(
        "() => { window.print = () => { window.printed = document.body.innerText; window.dispatchEvent(new Event('afterprint')); }; }"
    )
    page.locator("[data-do=print]").click()
    page.wait_for_function("() => window.printed")
    printed = page.evaluate("() => window.printed")
    assert "無効化日" in printed
    assert "検針票の1年分の使用量" not in printed
    expect(page.get_by_text("検針票の1年分の使用量")).to_be_visible()


def test_an_average_stands_beside_what_there_is() -> None:
    for calculator in catalogue().calculators.values():
        names = {f"line_{line.id}" for line in calculator.lines} | {result.id for result in calculator.results}
        assert {result.beside for result in calculator.results if result.beside} <= names


def test_the_builder_offers_residents(new_page: NewPage) -> None:
    page = new_page(1280, 800)
    page.goto("/embed/#event")
    page.locator("[name=audience]").select_option("resident")
    expect(page.locator("[data-snippet=iframe]")).to_have_value(re.compile(r"embed/event/\?audience=resident"))
    expect(page.frame_locator("[data-preview] iframe").locator("details[data-papers]")).to_be_attached()
    expect(page).to_have_url(re.compile("audience=resident"))
