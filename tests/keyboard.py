"""Walks a page with Tab and notes where the focus stood, whether it was seen, and in which order."""

from typing import Any, NamedTuple

from playwright.sync_api import Page

# The indicator may be on the element, on the label that stands for it, or on a link's inner box. Hidden behind
# something else means: no part of it, and no part of what draws its indicator, is what a pointer would meet.
LOOK = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  await frame();
  const stop = document.activeElement;
  if (!stop || stop === document.body || stop === document.documentElement) return null;
  if (stop.localName === "iframe") return { frame: true };
  // the switch of colours is a hidden field with the label of the other one after it
  const label = stop.matches(".md-option") ? stop.nextElementSibling : stop.labels?.[0];
  const drawn = [stop, ...(label ? [label] : [])];
  const thick = (part) => {
    const style = getComputedStyle(part);
    return style.outlineStyle === "auto" || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  };
  const uncovered = (part) => [...part.getClientRects()].some((box) => {
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    return left < right && top < bottom && [0.1, 0.3, 0.5, 0.7, 0.9].some((x) => [0.2, 0.5, 0.8].some((y) =>
      isMet(part, document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y))));
  });
  // what pointers pass through is met as the thing around it
  const isMet = (part, met) =>
    part.contains(met) || (getComputedStyle(part).pointerEvents === "none" && Boolean(met?.contains(part)));
  for (let tries = 0; tries < 20 && !drawn.some(uncovered); tries += 1) await frame(); // a search box opens
  if (!("walked" in window)) window.walked = new Map();
  const seen = window.walked.has(stop);
  window.walked.set(stop, true);
  const last = window.lastStop;
  window.lastStop = stop;
  const after = !last || Boolean(last.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING);
  return {
    name: `${stop.localName}${stop.id ? "#" + stop.id : ""} ${(stop.innerText || stop.name || "").trim().slice(0, 30)}`,
    ring: drawn.some(thick),
    clear: drawn.some(uncovered),
    again: seen,
    after,
  };
}"""


class Stop(NamedTuple):
    """A place where the focus stood."""

    name: str
    ring: bool
    clear: bool
    after: bool


def walk(page: Page, key: str = "Tab", most: int = 400) -> tuple[list[Stop], bool]:
    """Press a key until the focus leaves the page or comes back to where it was.

    Returns the stops, and whether the walk ended by itself within `most` presses.
    """
    stops: list[Stop] = []
    page.evaluate("delete window.walked; delete window.lastStop")
    for _ in range(most):
        page.keyboard.press(key)
        found: dict[str, Any] | None = page.evaluate(LOOK)
        if found is not None and "frame" in found:
            continue  # the keys go to the page inside
        if found is None or found.pop("again"):
            return stops, True
        stops.append(Stop(**found))
    return stops, False
