/* On the site's own pages, never in a frame: each line's bar; what is typed and what was chosen to count survive reload and
 * Back in this entry of the tab's history, and unsaved input warns before leaving. Nothing is sent, nothing is stored. */
(() => {
  "use strict";

  const KEY = "offsetCalculator";
  const PAUSE = 400; // browsers count the calls of replaceState
  const calculator = document.querySelector("offset-calculator");
  if (window.parent !== window || !calculator?.definition) return;

  for (const one of calculator.querySelectorAll("[data-do=help]")) one.hidden = false;

  const written = (inputs, rows) => JSON.stringify({ inputs, rows: rows.filter((row) => row.some(Boolean)) });
  const now = () => written(calculator.texts(), calculator.rowTexts());
  const specs = Object.entries(calculator.definition.inputs);
  const blank = written(Object.fromEntries(specs.map(([name, spec]) => [name, String(spec.default ?? "")])), []);
  const linked = () => /[#&]v=1(&|$)/.test(location.hash);
  const kept = () => history.state?.[KEY];
  let safe = now(); // what a link, an example or a file holds as well
  let later = 0;

  /** Also an emptied form is written where the address would fill it again. */
  function write() {
    clearTimeout(later);
    const { [KEY]: _, ...others } = history.state ?? {};
    const entry = now();
    const { chosen = [] } = calculator;
    const empty = entry === blank && !chosen.length && !linked();
    try {
      history.replaceState(empty ? others : { ...others, [KEY]: { entry, safe: entry === safe, chosen } }, "");
    } catch {
      /* too much or too often: the form itself still holds all */
    }
  }

  function warn(event) {
    write();
    event.preventDefault();
  }

  /** The listener stands only while something would be lost: it may keep pages out of the browser's quick Back. */
  function guard() {
    const entry = now();
    window.removeEventListener("beforeunload", warn);
    if (entry !== blank && entry !== safe) window.addEventListener("beforeunload", warn);
  }

  /** The share of each line, below the answer in sight. */
  function showBars() {
    const rows = calculator.definition.lines.map(({ id }) => calculator.output("line_" + id).closest("tr"));
    const bars = rows.filter((row) => !row.hidden).map((row) => {
      const [bar, name] = ["p", "i"].map((tag) => document.createElement(tag));
      name.textContent = row.cells[0].textContent;
      bar.append(name, row.querySelector("progress").cloneNode());
      return bar;
    });
    calculator.querySelector("[data-sight]").append(...bars);
  }

  calculator.keep = write; // at once: a reload does not wait
  calculator.changed = () => {
    showBars();
    clearTimeout(later);
    later = setTimeout(write, PAUSE);
    guard();
  };
  calculator.saved = () => {
    safe = now();
    guard();
    write();
  };

  function restore() {
    const { inputs, rows } = JSON.parse(kept().entry);
    const isSafe = kept().safe;
    calculator.chosen = kept().chosen;
    calculator.fill(inputs, rows);
    safe = isSafe ? now() : "";
    calculator.compute(true);
  }

  if (kept()) restore();
  else showBars();
  if (calculator.dataset.choose) calculator.more("offerChoice"); // until it is there, every field shows
  calculator.addEventListener("change", write);
  calculator.addEventListener("click", (event) => {
    if (event.target.closest("[data-do=preset]")) calculator.saved();
    else if (event.target.closest("[data-do]")) write();
  });
  window.addEventListener("pagehide", write);
  window.addEventListener("hashchange", () => {
    if (linked() && !kept()) safe = now();
    guard();
    write();
  });
})();
