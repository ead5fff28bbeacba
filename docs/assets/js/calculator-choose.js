/* Choosing what is counted: only the fields of what was chosen show, and the result names what is not counted.
 * Loaded with the site's own pages, in a frame on use. The build adds the kinds and yardsticks of data/calculators/ below. */
(function (root) {
  "use strict";

  const HELP = "選ぶと、その欄だけが出ます。何も選ばなければ、すべての欄が出ます。値の入った欄は、いつも出ます。";

  const fieldOf = (calculator, name) => calculator.field(name).closest("[data-field]");
  const amounts = ({ definition }, names) => names.filter((name) => definition.inputs[name].unit && definition.inputs[name].default === undefined);

  /** Something stands in one of its fields, or in its column of a row. */
  function isFilled(calculator, names) {
    const columns = Object.keys(calculator.definition.rows?.columns ?? {});
    const inRows = (name) => columns.includes(name) && calculator.rowTexts().some((row) => row[columns.indexOf(name)]?.trim());
    return amounts(calculator, names).some((name) => calculator.field(name).value.trim() || inRows(name));
  }

  function start(calculator) {
    const kinds = root.offsetCalculatorChoose.kinds?.[calculator.dataset.calculator];
    if (!kinds || calculator.kinds) return;
    const chosen = calculator.chosen ?? []; // before a reload
    calculator.kinds = kinds.map(([label, names, within]) => ({ label, names, within, button: toggle(calculator, label) }));
    const place = make("fieldset", make("legend", "数えるもの"), make("p", HELP), make("p", ...calculator.kinds.flatMap(({ button }) => [button, " "])));
    calculator.form.querySelector("fieldset").after(place);
    calculator.uncounted = make("p");
    calculator.querySelector("section dl").before(calculator.uncounted);
    calculator.beside = make("small");
    calculator.output("per_person_kg")?.parentElement.append(calculator.beside);
    const compute = calculator.compute.bind(calculator);
    calculator.compute = (tell) => {
      compute(tell);
      apply(calculator);
    };
    calculator.notCounted = () => missing(calculator);
    keepWithInput(calculator);
    choose(calculator, chosen);
    for (const one of calculator.querySelectorAll("[data-do=choose], [data-uncounted]")) one.remove();
  }

  function toggle(calculator, label) {
    const button = make("button", label);
    button.type = "button";
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const others = calculator.chosen.filter((one) => one !== label);
      choose(calculator, isOn(button) ? others : [...others, label]);
      calculator.keep?.();
    });
    return button;
  }

  function choose(calculator, labels) {
    for (const { label, button } of calculator.kinds) {
      button.setAttribute("aria-pressed", String(labels.includes(label)));
      button.textContent = (isOn(button) ? "✓ " : "") + label;
    }
    calculator.chosen = calculator.kinds.map(({ label }) => label).filter((label) => labels.includes(label));
    apply(calculator);
  }

  /** Clearing empties the choice too; it comes back with what was typed. */
  function keepWithInput(calculator) {
    const remember = calculator.remember.bind(calculator);
    calculator.remember = () => {
      remember();
      calculator.before.chosen = calculator.chosen;
    };
    calculator.restored = (before) => choose(calculator, before.chosen ?? calculator.chosen);
    calculator.addEventListener("click", (event) => {
      if (!event.target.closest("[data-do=clear]")) return;
      choose(calculator, []);
      calculator.keep?.();
    });
  }

  const isOn = (button) => button.getAttribute("aria-pressed") === "true";
  const isInside = (calculator, { within }) => !within.length || within.includes(calculator.field("boundary").value);

  /** What stands in a field shows, wherever it came from: a link, a file, an example. */
  function apply(calculator) {
    const { kinds } = calculator;
    const some = kinds.some((kind) => isOn(kind.button) && isInside(calculator, kind));
    const shown = new Set();
    for (const kind of kinds) {
      const inside = isInside(calculator, kind);
      const filled = isFilled(calculator, kind.names);
      kind.button.hidden = !inside;
      if (filled || !some || (inside && isOn(kind.button))) kind.names.forEach((name) => shown.add(name));
    }
    for (const name of new Set(kinds.flatMap((kind) => kind.names))) hide(fieldOf(calculator, name), !shown.has(name));
    for (const group of calculator.querySelectorAll("fieldset:has([data-field])"))
      hide(group, [...group.querySelectorAll("[data-field]")].every((field) => field.style.display));
    tell(calculator);
  }

  const hide = (part, away) => (part.style.display = away ? "none" : "");

  /** What the boundary holds and no field says anything of. */
  const missing = (calculator) =>
    calculator.kinds.filter((kind) => isInside(calculator, kind) && !isFilled(calculator, kind.names)).map((kind) => kind.label);

  function tell(calculator) {
    const labels = calculator.outcome.shown.total_kg ? missing(calculator) : [];
    setBeside(calculator);
    calculator.uncounted.textContent = labels.length ? "数えていないもの：" + labels.join("、") : "";
  }

  const FAR = 100;

  /** The amount for a person beside published events; two places off, a unit is wrong more often than the event is odd. */
  function setBeside(calculator) {
    const [text, low, high] = root.offsetCalculatorChoose.yardsticks?.[calculator.dataset.calculator] ?? [];
    const value = calculator.outcome.values.per_person_kg;
    const far = value > high * FAR || (value < low / FAR && value > 0);
    calculator.beside.textContent = text && value !== null ? text + (far ? "2桁以上違います。単位（人と台、片道と往復、kgとt）を確かめてください。" : "") : "";
  }

  function make(tag, ...parts) {
    const one = document.createElement(tag);
    one.append(...parts);
    return one;
  }

  root.offsetCalculatorChoose = { start };
})(typeof window === "undefined" ? globalThis : window);
