"""Calculators in frames of another site, in Firefox and WebKitGTK, on a site that was built for the address it is served at."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from macros.hosting.serve import server as make_server
from macros.loading.guide import Guide
from macros.site.build import build
from tests import engines
from tests.calculator_tools import IDS, ROOT, reckoned
from tests.engines import Engine
from tests.test_hosts import PAGES, write_hosts

SANDBOXES = {
    "plain": "",
    "scripts": ' sandbox="allow-scripts"',
    "builder": ' sandbox="allow-scripts allow-forms allow-downloads allow-modals allow-popups"',
}
HOST = (
    "<!doctype html><html lang=ja><meta charset=utf-8><title>町</title><link rel=icon href=data:,><h1>町</h1>{frames}"
)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site that knows it: served where SITE_URL says, as a published one is."""
    folder = tmp_path_factory.mktemp("public")
    with make_server(folder) as any_free:
        port = any_free.server_port
    address = f"http://127.0.0.1:{port}/"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SITE_URL", address)
        build(ROOT, folder / "site")
    with make_server(folder / "site", port, quiet=True) as running:
        Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield address
        running.shutdown()


@pytest.fixture(scope="module")
def town(public: str, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The origin of another site: for each calculator and each kind of sandbox a page with one frame."""
    folder = tmp_path_factory.mktemp("town")
    for name in IDS:
        for kind, sandbox in SANDBOXES.items():
            frame = f'<iframe src="{public}embed/{name}/" title="計算器" width="800" height="900"{sandbox}></iframe>'
            (folder / f"{name}-{kind}.html").write_text(HOST.format(frames=frame), encoding="utf-8")
    return serve(folder)


@pytest.mark.full
@pytest.mark.parametrize("kind", SANDBOXES)
@pytest.mark.parametrize("name", IDS)
def test_a_frame_reckons_and_is_styled(engine: Engine, town: str, name: str, kind: str) -> None:
    engine.open(f"{town}/{name}-{kind}.html")
    with engine.frame():
        engine.find("offset-calculator[data-ready]")
        engine.click("[data-do=preset]")
        engine.wait_for("[...document.querySelectorAll('output')].some((one) => one.dataset.value)")
        assert engine.script("return getComputedStyle(document.querySelector('fieldset')).display") == "grid"
        # the origin is the frame's own only where nothing seals it
        assert (engine.script("return origin") == "null") == (kind != "plain")


@pytest.mark.full
@pytest.mark.parametrize("kind", SANDBOXES)
def test_what_is_typed_is_reckoned(engine: Engine, town: str, kind: str) -> None:
    engine.open(f"{town}/event-{kind}.html")
    with engine.frame():
        engine.type("[name=gasoline_l]", "１００")
        engine.wait_for_text("output[name=total_kg]", reckoned("event", "total_kg", gasoline_l="100")[1])


# what the engines say of the style attribute of the code under a policy without inline styles
NO_STYLES = ("inline style", "style-src")
SIZES = """return [document.documentElement.getBoundingClientRect().height, innerHeight,
  document.documentElement.scrollWidth, innerWidth]"""


@pytest.fixture(scope="module")
def hosts(public: str, serve: Callable[[Path], str], guide: Guide, tmp_path_factory: pytest.TempPathFactory) -> str:
    return serve(write_hosts(tmp_path_factory.mktemp("hosts"), public.rstrip("/"), guide))


def seen_whole(engine: Engine) -> bool:
    height, shown, _, _ = engine.script(SIZES)
    return abs(height - shown) <= 1


@pytest.mark.full
@pytest.mark.parametrize("name", PAGES)
def test_on_a_host_page_a_calculator_reckons_and_is_seen_whole(engine: Engine, hosts: str, name: str) -> None:
    host = PAGES[name]
    engine.allowed = NO_STYLES if name.startswith("strict-csp") else ()
    engine.open(f"{hosts}/{name}.html")
    total = reckoned("event", "total_kg", gasoline_l="100")[1]
    for i in range(len(host.states)):
        engine.script("document.querySelectorAll('iframe')[arguments[0]].scrollIntoView()", i)
        with engine.frame(i):
            engine.find("offset-calculator[data-ready]")
            engine.type("[name=gasoline_l]", "100")
            engine.press("Enter")
            engine.wait_for_text(f"output[name={'line_gasoline_l' if i else 'total_kg'}]", total)
            if host.resizes:
                engine.wait_for(lambda: seen_whole(engine), "the height of the frame")
            _, _, needed, width = engine.script(SIZES)
            assert needed <= width


@pytest.mark.parametrize("name", engines.PACKAGES)
def test_a_missing_program_is_named_and_fails(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(Path, "glob", lambda *_: [])
    with pytest.raises(AssertionError, match=engines.PACKAGES[name]):
        engines.program(name)


# -- what the engines tell --------------------------------------------------------------------------------

BAD = """<!doctype html><meta charset=utf-8><title>悪い</title><link rel=icon href=data:,>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self' 'unsafe-inline'; img-src *">
<button>押す</button><script>
document.querySelector("button").addEventListener("click", () => {
  console.error("complained");
  setTimeout(() => { throw new Error("thrown"); });
  document.body.append(Object.assign(document.createElement("script"), { src: "https://scripts.example/a.js" }));
  document.body.append(Object.assign(new Image(), { src: "http://pictures.example/a.png" }));
});
</script>"""


@pytest.mark.full
def test_errors_what_a_policy_stops_and_requests_to_elsewhere_are_told(
    engine: Engine, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(BAD, encoding="utf-8")
    engine.open(f"{serve(tmp_path)}/")
    assert engine.problems() == []
    engine.click("button")
    told: list[str] = []

    def all_told() -> bool:
        told.extend(engine.problems())
        words = ("complained", "thrown", "scripts.example", "request to another origin")
        return all(any(word in one for one in told) for word in words)

    engine.wait_for(all_told, str(told))
    assert any("pictures.example" in one for one in told if "request" in one)
    engine.open("about:blank")
    engine.problems()
