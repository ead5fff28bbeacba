"""The contract of ids and the rules of the domain: a wrong rule is worse than a missing calculator."""

import re

import pytest

from macros.models.factors import Factor
from tests.calculator_tools import FIXED, IDS, catalogue, definition, fixed, value_now
from tests.calculator_tools import in_python as reckoned_now

MODES = ("rail", "bus", "car", "taxi", "air", "ship")
SUPPLIERS = {"electricity_supplier", "electricity_factor", "gas_supplier", "gas_factor"}
OFFSET = {"reduction_kg", "offset_share", "credit_type", "price_yen"}
TOTALS = {
    "total_kg",
    "lca_kg",
    "remainder_kg",
    "offset_kg",
    "offset_t",
    "credits_t",
    "cost_yen",
    "cost_low_yen",
    "cost_high_yen",
}
ALWAYS = {"stage", "boundary", "title", "fiscal_year"}
DRIVEN = ("passenger", "van", "microbus_gasoline", "microbus_diesel", "coach", "truck_2t", "truck")
ENERGY = {"electricity_kwh", "city_gas_m3", "kerosene_l", "gasoline_l", "water_m3", "waste_kg"}

INPUTS = {
    "event": SUPPLIERS
    | OFFSET
    | {"factors", "people", "electricity_kwh", "city_gas_m3", "lpg_kg", "gasoline_l", "diesel_l"}
    | {f"{mode}_{what}" for mode in MODES for what in ("people", "km")}
    | {"trips", "nights", "paper_kg", "waste_kg", "bento", "drinks", "include_food", "bought_t"},
    "office": SUPPLIERS | OFFSET | ENERGY | {"factors", "lpg_kg", "heavy_oil_a_l", "diesel_l"},
    "vehicles": OFFSET
    | {f"{kind}_{what}" for kind in DRIVEN for what in ("l", "km")}
    | {"factors", "other_gasoline_l", "other_diesel_l", "ev_kwh", "electricity_supplier", "electricity_factor"},
    "product": {"side", "unit_kg", "units", "surcharge_yen", "credit_type", "price_yen", "offset_share"},
    "reduction": {"factors", "pv_kw", "pv_yield_kwh", "self_use_share", "diesel_replaced_l", "heavy_oil_a_replaced_l"}
    | {"kerosene_replaced_l", "years", "review_cost_yen", "credit_type", "price_yen", "electricity_supplier"},
    "forest": {"factors", "species", "area_ha", "growth_m3_ha", "years", "trees"},
    "supply": {"supply_t", "price_yen", "credit_type"},
    "pairing": {"factors", "emission_t", "area_ha", "rate_low", "rate_high", "pv_kw", "electricity_supplier"},
    "household": SUPPLIERS | OFFSET | ENERGY | {"factors", "people", "lpg_m3"},
    "scheme": {"factors", "unit_yen", "unit_kwh", "units", "target_kwh", "electricity_supplier"},
    "joint-purchase": {"bought_t", "price_yen", "step", "credit_type"},
}
RESULTS = {
    "event": TOTALS | {"per_person_kg", "per_person_yen", "shortfall_t", "surplus_t"},
    "office": TOTALS,
    "vehicles": TOTALS
    | {"total_low_kg", "total_high_kg", "credits_low_t", "credits_high_t", "gasoline_used_l", "diesel_used_l"},
    "product": TOTALS | {"surcharge_needed_yen", "covered_kg", "extra_yen", "yen_per_t"},
    "reduction": {"yearly_kg", "yearly_t", "period_t", "income_yen", "net_yen"},
    "forest": {"yearly_kg", "period_t", "credited_low_t", "credited_high_t"},
    "supply": {"left_t"},
    "pairing": {"covered_low_t", "covered_high_t", "covered_share", "needed_ha_low", "needed_ha_high", "needed_kw"},
    "household": TOTALS | {"energy_kg", "car_kg", "per_person_kg", "average_energy_kg"},
    "scheme": {"kwh", "support_kg", "target_share"},
    "joint-purchase": {"left_kg", "covered_share", "total_kg"},
}
ROWS = {
    "supply": (["partner", "share"], ["allotted_t", "yen"]),
    "joint-purchase": (["municipality", "event", "kg"], ["allotted_kg", "yen"]),
}


def test_there_is_one_calculator_for_each_id_of_the_contract() -> None:
    assert set(IDS) >= set(INPUTS)


@pytest.mark.parametrize("name", sorted(INPUTS))
def test_the_ids_of_fields_and_results_are_those_of_the_contract(name: str) -> None:
    assert set(definition(name)["inputs"]) >= INPUTS[name] | ALWAYS
    assert {result["id"] for result in definition(name)["results"]} >= RESULTS[name]
    if name in ROWS:
        columns, results = ROWS[name]
        assert list(definition(name)["rows"]["columns"]) == columns
        assert [result["id"] for result in definition(name)["rows"]["results"]] == results


@pytest.mark.parametrize("name", IDS)
def test_the_first_fields_are_stage_and_boundary(name: str) -> None:
    """Where residents are, they stand first of what is folded."""
    groups = catalogue().calculators[name].groups
    asked = [key for group in groups for key in group.inputs if key.id != "side"]
    if catalogue().calculators[name].audience == "resident":
        asked = [field for field in asked if field.paperwork]
    assert [field.id for field in asked[:2]] == ["stage", "boundary"]


def in_python(name: str, vector: dict) -> dict:
    """Reckon with fixed factors: a rule holds whatever this year's are."""
    return reckoned_now(name, vector, fixed)


def values(name: str, rows: list[list[str]] | None = None, **inputs: str) -> dict:
    answer = in_python(name, {"inputs": inputs, "rows": rows or []})
    return answer["values"] | {"problems": answer["problems"], "rows": answer["rows"]}


def test_a_planned_reduction_is_taken_off_before_and_never_after() -> None:
    typed = {"electricity_kwh": "1000", "reduction_kg": "100"}
    assert values("event", **typed, stage="plan")["remainder_kg"] == 316
    assert values("event", **typed, stage="actual")["remainder_kg"] == 416


def test_a_reduction_beyond_the_emissions_is_told_and_not_clamped() -> None:
    answer = values("event", electricity_kwh="1000", reduction_kg="500")
    assert "reduction_kg" in answer["problems"]
    assert (answer["total_kg"], answer["remainder_kg"], answer["credits_t"]) == (416, None, None)


@pytest.mark.parametrize(("kwh", "credits"), [("2403", "1"), ("2404", "2"), ("0", "0")])
def test_credits_to_buy_round_up_to_whole_tonnes(kwh: str, credits: str) -> None:
    assert in_python("event", {"inputs": {"electricity_kwh": kwh}, "rows": []})["shown"]["credits_t"] == credits


def test_a_supplier_gives_way_to_the_era_and_an_own_factor_stays() -> None:
    era = {"electricity_kwh": "100", "factors": "2011"}
    assert values("office", **era, electricity_supplier="updater")["total_kg"] == pytest.approx(38.4)
    assert values("office", **era, electricity_supplier="own", electricity_factor="0.2")["total_kg"] == 20


def test_an_own_supplier_without_its_factor_withholds_what_needs_it() -> None:
    answer = values("office", [["館", "100"]], electricity_supplier="own")
    assert "electricity_factor" in answer["problems"]
    assert (answer["total_kg"], answer["rows"][0]["facility_kg"]) == (None, None)


def test_a_line_that_was_begun_withholds_the_total_until_it_is_whole() -> None:
    answer = values("event", rail_people="10", bus_people="5", bus_km="2", trips="1")
    assert set(answer["problems"]) == {"rail_km"}
    assert (answer["total_kg"], answer["line_bus"]) == (None, pytest.approx(0.57))


def test_the_two_sets_have_one_price() -> None:
    now = values("event", nights="100", credit_type="forest")
    then = values("event", nights="100", credit_type="forest", factors="2011")
    assert now["cost_yen"] == then["cost_yen"] == 4 * 11000


def test_life_cycle_values_are_counted_apart() -> None:
    answer = values("event", taxi_people="2", taxi_km="10", rail_people="2", rail_km="10", trips="1")
    assert answer["lca_kg"] == pytest.approx(answer["line_taxi"]) == pytest.approx(8.6)
    assert answer["total_kg"] == pytest.approx(answer["line_taxi"] + answer["line_rail"])


def test_absorption_is_no_credit() -> None:
    for name in ("pairing", "supply"):
        assert not re.search(r"forest.sugi|forest.hinoki", str(definition(name)))
    answer = values("forest", area_ha="2", years="5")
    assert (answer["period_t"], answer["credited_low_t"], answer["credited_high_t"]) == (88, 30, 40)


def test_credits_of_a_forest_never_exceed_its_absorption() -> None:
    for growth in ("0", "0.5", "2", "3.4", "4", "9.75", "20"):
        for years in ("1", "8", "100"):
            answer = values("forest", area_ha="10", growth_m3_ha=growth, years=years)
            assert answer["credited_low_t"] <= answer["credited_high_t"] <= answer["period_t"]
    slow = in_python("forest", {"inputs": {"area_ha": "10", "growth_m3_ha": "2", "years": "8"}, "rows": []})
    assert (slow["shown"]["credited_low_t"], slow["shown"]["credited_high_t"]) == ("144", "144")
    assert slow["steps"]["credited_low_t"].endswith("（実例の幅では期間の吸収量を超えるため、吸収量までとしました）")


def test_trees_beside_an_area_do_not_raise_what_the_area_can_be_credited() -> None:
    answer = values("forest", area_ha="10", growth_m3_ha="2", years="5", trees="100000")
    assert answer["credited_high_t"] == 90


def test_a_partner_is_not_promised_more_than_its_forest_absorbs() -> None:
    answer = values("pairing", emission_t="100", area_ha="10", absorption_t_ha="1.8")
    assert set(answer["problems"]) == {"rate_low", "rate_high"}
    assert (answer["covered_low_t"], answer["covered_high_t"]) == (None, None)
    assert values("pairing", emission_t="100", area_ha="10", absorption_t_ha="4")["covered_high_t"] == 40


@pytest.mark.parametrize(
    ("name", "result", "typed"),
    [
        ("reduction", "period_t", {"pv_kw": "50", "self_use_share": "60"}),
        ("reduction", "creditable_kg", {"pv_kw": "50", "self_use_share": "60", "diesel_replaced_l": "100"}),
        ("pairing", "covered_low_t", {"emission_t": "100", "pv_kw": "50"}),
        ("pairing", "needed_kw", {"emission_t": "100"}),
    ],
)
def test_what_a_plant_can_be_credited_does_not_depend_on_the_retailer(name: str, result: str, typed: dict) -> None:
    suppliers = definition(name)["inputs"]["electricity_supplier"]["choices"]
    found = {values(name, **typed, electricity_supplier=one, electricity_factor="0.9")[result] for one in suppliers}
    assert len(found) == 1
    assert values(name, **typed, credit_factor="0.9")[result] not in found


def test_only_species_with_a_source_and_own_values_are_offered() -> None:
    assert list(definition("forest")["inputs"]["species"]["choices"]) == ["sugi", "hinoki", "own"]


def test_sold_electricity_earns_nothing() -> None:
    answer = values(
        "reduction", pv_kw="10", self_use_share="0", credit_type="own", price_yen="6000", review_cost_yen="100"
    )
    assert (answer["period_t"], answer["income_yen"], answer["net_yen"]) == (0, 0, -100)
    assert answer["yearly_kg"] == 4160


def test_issued_and_supplied_tonnes_round_down() -> None:
    assert values("reduction", diesel_replaced_l="1000", years="1")["period_t"] == 2
    assert values("supply", [["A社", "33.3"]], supply_t="10")["rows"][0]["allotted_t"] == 3


def test_what_is_handed_over_is_left_no_more() -> None:
    answer = values("supply", [["A社", "50"], ["B社", "30"]], supply_t="120")
    assert answer["left_t"] == 24


def test_shares_beyond_the_whole_are_told() -> None:
    answer = values("supply", [["A社", "60"], ["B社", "50"]], supply_t="10")
    assert answer["problems"]["share"] == "割合の合計が100 %を超えています。"


def test_a_month_is_not_made_a_year() -> None:
    answer = values("household", [["4月", "300"]])
    assert (answer["energy_kg"], list(answer["problems"])) == (None, ["electricity_kwh"])


def test_a_scheme_shows_no_yen_per_tonne() -> None:
    assert all("円/t" not in result["unit"] for result in definition("scheme")["results"])
    assert not {"credit_type", "price_yen"} & set(definition("scheme")["inputs"])


def test_made_up_values_are_marked_and_numbers_are_sourced() -> None:
    for calculator in catalogue().calculators.values():
        assert all("仮の値" in preset.label for preset in calculator.presets)
    for factor in catalogue().factors.values():
        for value in factor.values:
            source = catalogue().sources[value.source]
            assert source.url or source.read_as, factor.id


PRICED = [name for name in IDS if "credit_type" in definition(name)["inputs"]]
MONEY = {
    name: [one["id"] for one in definition(name)["results"] if "credit_type" in str(one["formula"])] for name in PRICED
}
FILLED = {
    "event": {"nights": "100"},
    "office": {"electricity_kwh": "10000"},
    "vehicles": {"passenger_l": "5000"},
    "household": {"electricity_kwh": "10000"},
    "product": {"unit_kg": "2", "units": "1000"},
    "reduction": {"diesel_replaced_l": "10000"},
    "supply": {"supply_t": "100"},
    "joint-purchase": {"bought_t": "3"},
}


def test_every_price_says_what_it_is_with_date_and_tax() -> None:
    for factor in catalogue().factors.values():
        for value in factor.values:
            priced = factor.unit == "円/t-CO₂"
            assert (value.kind is not None, value.tax is not None) == (priced, priced), factor.id


@pytest.mark.parametrize("name", PRICED)
def test_a_price_needs_a_type(name: str) -> None:
    assert MONEY[name]
    answer = values(name, **FILLED[name], price_yen="9000")
    assert "credit_type" in answer["problems"]
    assert [answer[key] for key in MONEY[name]] == [None] * len(MONEY[name])
    own = values(name, **FILLED[name], price_yen="9000", credit_type="own")
    assert own[MONEY[name][0]] > 0
    assert not own["problems"]


@pytest.mark.parametrize("name", PRICED)
def test_a_cost_stands_with_kind_tax_and_date_of_its_price_and_one_type_has_one_price(name: str) -> None:
    field = definition(name)["inputs"]["credit_type"]
    for choice, spec in field["choices"].items():
        if spec.get("price", "=")[0] == "=" or choice in field.get("notes", {}):
            continue
        value = value_now(f"price-{choice}")
        words = {"込": "税込", "抜": "税抜", "不明": "税の別は不明"}[value.tax]
        steps = reckoned_now(
            name,
            {"inputs": FILLED[name] | {"credit_type": choice}, "rows": [["A社", "50"]] if name == "supply" else []},
        )["steps"]
        told = f"{value.value:,.0f} 円/t-CO₂（{value.kind}、{words}、{value.valid_from}）"
        assert told in steps[MONEY[name][0]], (choice, steps)


def test_a_range_is_made_of_offers_of_one_kind_and_tax() -> None:
    for name in PRICED:
        for choice, columns in definition(name)["inputs"]["credit_type"]["choices"].items():
            values_ = [value_now(mark[1:]) for mark in columns.values() if mark[0] == "#"]
            assert len({(value.kind, value.tax) for value in values_}) <= 1, choice
            if "low" in columns:
                assert {value.kind for value in values_} == {"売り出し"}
                low, price, high = (values_[list(columns).index(key)].value for key in ("low", "price", "high"))
                assert low <= price <= high


def test_what_is_no_credit_has_no_price() -> None:
    answer = values(
        "supply", [["A社", "50"]], supply_t="10", boundary="certificate", credit_type="forest", price_yen="9000"
    )
    assert (answer["left_t"], answer["problems"]) == (5, {})
    assert [answer[key] for key in ("unit_price_yen", "income_yen", "cost_low_yen", "cost_high_yen")] == [None] * 4
    assert answer["rows"][0] == {"allotted_t": 5, "yen": None}


@pytest.mark.parametrize("choice", ["forest", "energy-saving"])
def test_a_solar_plant_has_no_price_of_a_type_that_it_cannot_be(choice: str) -> None:
    for price in ({}, {"price_yen": "9000"}):
        answer = values("reduction", pv_kw="50", self_use_share="60", credit_type=choice, **price)
        assert "credit_type" in answer["problems"]
        assert (answer["period_t"], answer["income_yen"], answer["net_yen"]) == (101, None, None)


@pytest.mark.parametrize("name", sorted(FIXED))
def test_a_value_that_was_published_stays_written(name: str) -> None:
    """A new value is added below the old one, which anyone can still look up."""
    held = {(value.set, value.value) for value in catalogue().factors[name].values}
    assert held >= set(FIXED[name].items())


def test_a_mended_value_is_in_force_though_the_wrong_one_began_on_the_same_day() -> None:
    fuel = catalogue().factors["gasoline"]
    wrong = fuel.values[0].model_copy(update={"value": 9.0, "valid_to": "2026-11-30"})
    assert Factor(**fuel.model_dump(exclude={"values"}), values=[wrong, *fuel.values]).newest("2026") == fuel.newest(
        "2026"
    )


def test_every_life_cycle_number_is_marked() -> None:
    marked = {factor.id for factor in catalogue().factors.values() if factor.life_cycle}
    assert marked >= {"travel-taxi", "travel-ship", "travel-motorbike", "bento", "drink"}


def test_rows_beyond_the_limit_withhold_the_results() -> None:
    answer = values("joint-purchase", [["A区", "会", "1"]] * 201, bought_t="1")
    assert "rows" in answer["problems"]
    assert (answer["total_kg"], answer["left_kg"]) == (None, None)


def test_a_joint_purchase_below_the_whole_says_so() -> None:
    def steps(bought: str) -> str:
        return in_python("joint-purchase", {"inputs": {"bought_t": bought}, "rows": [["A区", "会", "1000"]]})["steps"][
            "covered_share"
        ]

    assert steps("0.5").endswith("50.00 %（一部）")
    assert steps("1").endswith("100.00 %")
