"""Build steps for calculators on other sites: small files beside the readable ones, pictures, tables of factors, the kit."""

import json
import re
from pathlib import Path
from typing import Any

from ..calculators import Catalogue, words_of
from ..editions import packed
from ..hosting import file_of, frame_policy, with_policy_instead
from ..loading import used_factors
from ..models.addresses import public
from ..models.calculators import Calculator, Input, Result
from ..models.embeds import RetiredEmbed
from ..models.factors import Factor, FactorValue
from ..rendering import Embeds, factors_csv, picture, yardsticks
from .helper_data import helper_data
from .job import Job
from .shared_parts import ASSET as SHARED
from .shared_parts import reasons_of
from .small import calculator_pages, small_name
from .supplier_data import supplier_data

TABLES = "js/supplier-tables.js"
TABLES_HEAD = "/* The longest table of suppliers, made from data/: whose electricity has which factor. */\n"
ASSETS = [
    "css/calculator.css",
    SHARED,
    TABLES,
    *(
        f"js/{name}.js"
        for name in (
            "calculator",
            "calculator-allot",
            "calculator-more",
            "calculator-exchange",
            "calculator-ledger",
            "calculator-choose",
            "calculator-helpers",
            "calculator-suppliers",
            "statement",
        )
    ),
]
KIT_LEAD = "説明と出典のリンクだけは、もとのサイト（{site}）を開きます。"
LINK_OUT_OF_KIT = re.compile(r'<a href="?\.\./\.\./calculators/[^>]*>.*?</a>')
OUT_OF_KIT = re.compile(r'(?<= data-factors=)"?\.\./\.\./calculators/factors/"?')
KIT_README = """カーボン・オフセット計算器 オフライン一式

使い方
 1. この一式を展開（解凍）します。zipの中から直接開くと動きません。
 2. index.html を開いて計算器を選びます。embed フォルダーの中の index.html を直接開いても使えます。
 3. 自分のサーバーに置くときは、calculators フォルダーをそのまま置き、次のように入れます。
    <iframe src="/calculators/embed/event/index.html" title="カーボン・オフセット計算（会議・イベント）" width="100%" height="1000"></iframe>
    sandboxは付けません。ブラウザーによっては、計算器が動かなくなります。
    高さを自動で合わせるときは、続けて <script src="/calculators/embed/resize.js" defer></script> と書きます。

入れた値は送信も保存もされません。{lead}
スクリプトを止めているネットワークでは、Excel版（calculators.xlsx{workbook}）を使うか、
各ページの計算例を印刷して使ってください。
プログラムはMITライセンス、文とデータはCC BY 4.0です。読める形のプログラムは assets の中の .min の付かないファイルです。
"""


def factor_sources(job: Job) -> None:
    """Write the factors' names, sources and dates, and the headings of paperwork, into the script that makes CSV."""
    catalogue = job.guide.catalogue
    _hand_on(job, "calculator-exchange", "offsetCalculatorExchange.sources", _factor_sources(catalogue))
    reports = {name: one.report.model_dump() for name, one in catalogue.calculators.items() if one.report}
    _hand_on(job, "calculator-exchange", "offsetCalculatorExchange.reports", reports)


def _hand_on(job: Job, script: str, name: str, value: object) -> None:
    """Add a value of the data to a script of ours, which reads it under `name`; a project may be without the script."""
    path = job.folder / "assets" / "js" / f"{script}.js"
    if path.exists():
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{name} = {_written(value)};\n")


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _factor_sources(catalogue: Catalogue) -> dict[str, Any]:
    """Return `titles` of sources, and of each factor [name, [place of its title, date] of today, {set: another such}]."""
    used = {
        factor_id for calculator in catalogue.calculators.values() for factor_id in used_factors(catalogue, calculator)
    }
    places, sets = {source: place for place, source in enumerate(catalogue.sources)}, catalogue.sets

    def dated(value: FactorValue | None) -> list[Any] | None:
        return [places[value.source], str(value.valid_from)] if value else None

    def told(factor: Factor) -> list[Any]:
        now = dated(sets.now(factor))
        others = {one.id: dated(sets.value(factor, one.id)) for one in sets.offered}
        return [factor.name, now, {name: one for name, one in others.items() if one and one != now}]

    return {
        "titles": [f"{source.publisher}「{source.title}」" for source in catalogue.sources.values()],
        "factors": {factor_id: told(factor) for factor_id, factor in catalogue.factors.items() if factor_id in used},
    }


def statement_words(job: Job) -> None:
    """Write the sentences of public statements, as trees for each calculator, into the script that fills them."""
    _hand_on(job, "statement", "offsetStatement.words", words_of(job.guide.catalogue))


def kinds_to_choose(job: Job) -> None:
    """Write what each calculator lets one choose to count, [label, fields, boundaries], and what it is set beside."""
    kinds = {
        calculator.id: [[kind.label, kind.inputs, kind.within] for kind in calculator.kinds]
        for calculator in job.guide.catalogue.calculators.values()
        if calculator.kinds
    }
    _hand_on(job, "calculator-choose", "offsetCalculatorChoose.kinds", kinds)
    found = {one.id: yardsticks(job.guide, one) for one in job.guide.catalogue.calculators.values()}
    _hand_on(
        job, "calculator-choose", "offsetCalculatorChoose.yardsticks", {name: one for name, one in found.items() if one}
    )


def residents_first(job: Job) -> None:
    """Write what only papers need, by calculator, the averages with what stands beside them, words for residents and what cannot be read."""
    catalogue = job.guide.catalogue
    calculators = catalogue.calculators.values()
    papers = {one.id: [part.id for part in _parts(one) if part.paperwork] for one in calculators}
    averages = {one.id: [[part.beside, part.id] for part in one.results if part.beside] for one in calculators}
    _hand_on(job, "calculator-more", "offsetCalculatorResident.papers", papers)
    _hand_on(job, "calculator-more", "offsetCalculatorResident.averages", averages)
    _hand_on(job, "calculator-more", "offsetCalculatorMore.reasons", reasons_of(catalogue))
    _hand_on(job, "calculator-more", "offsetCalculatorResident.words", catalogue.parts.residents.model_dump())


def _parts(calculator: Calculator) -> list[Input | Result]:
    """Return the fields and results of a calculator, in their order."""
    return [*(field for group in calculator.groups for field in group.inputs), *calculator.results]


def helpers_to_offer(job: Job) -> None:
    """Write the ways to an amount, which calculator has which, and where their values come from, into the script for them."""
    for name, value in helper_data(job.guide.catalogue).items():
        _hand_on(job, "calculator-helpers", f"offsetCalculatorHelpers.{name}", value)


def suppliers_to_find(job: Job) -> None:
    """Write the official tables of suppliers into the script that searches them."""
    catalogue = job.guide.catalogue
    if catalogue.suppliers is None or not (job.folder / "assets" / "js" / "calculator-suppliers.js").exists():
        return
    data, longest = supplier_data(catalogue, catalogue.suppliers)
    for name, value in data.items():
        _hand_on(job, "calculator-suppliers", f"offsetCalculatorSuppliers.{name}", value)
    path = job.folder / "assets" / TABLES
    path.write_text(f"{TABLES_HEAD}globalThis.offsetSupplierTables = {_written(longest)};\n", encoding="utf-8")


def pictures(job: Job) -> None:
    """Write the still picture and the factors of each calculator beside its page."""
    renderer = job.renderer
    for page in calculator_pages(job.folder):
        name = page.parent.name
        (page.parent / "picture.svg").write_text(picture(renderer, name)[0] + "\n", encoding="utf-8")
        (page.parent / "factors.csv").write_text(factors_csv(renderer, name), encoding="utf-8", newline="")


def retired_pages(job: Job) -> None:
    """Write a page that still answers for each id that was given up."""
    renderer = job.renderer
    for retired in job.guide.embeds.retired:
        page = job.folder / "embed" / retired.id / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(_farewell(renderer, retired), encoding="utf-8")


def _farewell(renderer: Embeds, retired: RetiredEmbed) -> str:
    instead = renderer.catalogue.calculators.get(retired.instead or "")
    page = f"calculators/{retired.instead + '/' if retired.instead else ''}"
    return renderer.render(
        "embed-retired",
        retired=retired,
        title="この計算器は、なくなりました",
        frame=f"../{retired.instead}/" if instead else f"../../{page}",
        page=public(renderer.site_url, page) or f"../../{page}",
        instead=f"代わりの計算器（{instead.short}）" if instead else "計算器の一覧",
        address=public(renderer.site_url, page),
    )


def kit(job: Job) -> None:
    """Write `downloads/calculators.zip`: every calculator to open from disk, or to be hosted as it is."""
    if not job.editions or not calculator_pages(job.folder):
        return
    target = job.folder / "downloads" / "calculators.zip"
    target.parent.mkdir(exist_ok=True)
    files = {f"calculators/{name}": content for name, content in sorted(_kit_files(job).items())}
    target.write_bytes(packed(files, job.date))


def _kit_files(job: Job) -> dict[str, bytes]:
    """Return the files of the kit by their names, laid out as on the site so that the same paths hold."""
    site = job.site.address
    assets = [_asset(job, name) for asset in ASSETS for name in (asset, small_name(asset))]
    others = [path.relative_to(job.folder) for path in job.folder.glob("embed/*/*") if path.name != "index.html"]
    files = {path.as_posix(): (job.folder / path).read_bytes() for path in [*assets, *others, Path("embed/resize.js")]}
    for page in calculator_pages(job.folder):
        html = with_policy_instead(page.read_text(encoding="utf-8"), frame_policy())  # on a server of its own
        files[page.relative_to(job.folder).as_posix()] = _led_to(site, html).encode()
    files["index.html"] = _kit_index(job).encode()
    files["README.txt"] = _kit_readme(site).replace("\n", "\r\n").encode("utf-8-sig")
    files["LICENSE.txt"] = (job.root / "LICENSE").read_bytes()
    return files


def _led_to(site: str, html: str) -> str:
    """Return a page of the kit whose links lead to the public site; where nobody knows its address, to nothing."""
    if site:
        return html.replace("../../calculators/", f"{site}calculators/")
    return OUT_OF_KIT.sub('""', LINK_OUT_OF_KIT.sub("くわしい説明と出典は、公開しているサイトにあります。", html))


def _kit_readme(site: str) -> str:
    lead = KIT_LEAD.format(site=site) if site else ""
    return KIT_README.format(lead=lead, workbook=f"、{site}downloads/ にあります" if site else "")


def _kit_index(job: Job) -> str:
    renderer = job.renderer
    style = _asset(job, small_name("css/calculator.css")).as_posix()
    calculators = renderer.catalogue.calculators.values()
    return renderer.render("embed-kit", calculators=calculators, csp=frame_policy(), style=style) + "\n"


def _asset(job: Job, name: str) -> Path:
    """Return the path, from the site's root, of a file of `assets/` under the name that the build gave it."""
    return file_of(job.folder, f"assets/{name}").relative_to(job.folder)
