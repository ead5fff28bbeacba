/* From what people know to what a field asks: litres, kg, people, km. Loaded on first use.
 * A way is a small calculator; the engine of the page reckons it. The build adds them below:
 * offsetCalculatorHelpers.ways, .of (which calculator has which) and .numbers. */
(function (root) {
  "use strict";

  const engine = root.offsetCalculator;
  const ENDS = ["low", "high"];
  const data = () => root.offsetCalculatorHelpers;
  const entries = (object, change) => Object.fromEntries(Object.entries(object).map(change));

  function make(tag, ...parts) {
    const one = document.createElement(tag);
    one.append(...parts);
    return one;
  }

  function button(text, act) {
    const one = make("button", text);
    one.type = "button";
    one.addEventListener("click", act);
    return one;
  }

  /* ---------- one way: typed texts to an amount ---------- */

  /** The numbers as the engine takes them, those with a range at its ends too. */
  function numbersOf() {
    const found = {};
    for (const [mark, [value, unit, ...ends]] of Object.entries(data().numbers)) {
      found[mark] = [value, value, unit];
      ends.forEach((end, i) => (found[`${ENDS[i]}~${mark}`] = [end, end, unit]));
    }
    return found;
  }

  /** A tree, or what a lookup leads to, with every number that has a range at one end of it. */
  function at(tree, end, numbers) {
    const own = `${end}~${tree}`;
    if (!Array.isArray(tree)) return own in numbers ? own : tree;
    return tree[0] === "lookup" ? ["lookup", tree[1], `${end}~${tree[2]}`] : tree.map((part) => at(part, end, numbers));
  }

  /** The definition as the engine takes it; the line is there to tell what is not filled yet. */
  function definitionOf({ inputs, steps = [], formula, unit, digits = 1, line = formula, ends, optional, rules = [] }, words) {
    const numbers = numbersOf();
    const trees = ENDS.map((end) => at(formula, end, numbers));
    const amounts = [formula, ...(ends ?? [["min", ...trees], ["max", ...trees]])];
    const lookup = (targets) => ({ ...targets, ...Object.assign({}, ...ENDS.map((end) => entries(targets, ([column, target]) => [`${end}~${column}`, at(target, end, numbers)]))) });
    const fieldOf = ([, , spec]) => (spec.options ? { ...spec, choices: entries(spec.options, ([id, [, targets]]) => [id, lookup(targets)]) } : { min: 0, max: 1e9, decimals: 3, ...spec });
    return {
      inputs: entries(inputs, ([name, field]) => [name, { ...fieldOf(field), unit: field[1] }]),
      rows: null,
      lines: [{ id: "amount", formula: line, unit, optional }],
      results: [...steps, ...amounts.map((tree, i) => ({ id: ["amount", "amount_low", "amount_high"][i], formula: tree, unit, digits }))],
      rules,
      numbers,
      words,
    };
  }

  const definitions = {};

  /** {out, part}: what the engine says, and the part {id, texts, amount, low, high, steps, assumed, used} or null. */
  function reckon(calculator, id, texts) {
    const way = data().ways[id];
    const out = engine.run((definitions[id] ??= definitionOf(way, calculator.definition.words)), texts);
    const { amount, amount_low: low, amount_high: high } = out.values;
    if (amount === null || Object.keys(out.problems).length) return { out };
    const used = out.used.amount;
    /* with one's own fuel consumption nothing is assumed */
    const assumed = used.length || !JSON.stringify(way).includes('"#') ? way.assumption : "";
    return { out, part: { id, texts: { ...texts }, amount, low, high, steps: `${way.title}：${out.steps.amount}`, assumed, used } };
  }

  /** A number typed before counts as a part that is certain. */
  function typedPart(text) {
    const amount = engine.parseNumber(text);
    return typeof amount === "number" ? { amount, low: amount, high: amount, text, steps: "前からの量：" + text } : null;
  }

  /* ---------- what was put into the fields ---------- */

  const labelOf = (calculator, name) => calculator.field(name).labels[0].firstChild.data.trim();
  const placeOf = (calculator, name) => calculator.field(name).closest("[data-field]");
  /** The ids of the ways to what a field asks. */
  const waysFor = (calculator, name) => (data().of[calculator.dataset.calculator]?.[name] ?? []).map((place) => Object.keys(data().ways)[place]);
  const span = ({ low, high }, unit) => (low === high ? "" : `幅 ${low}〜${high} ${unit}`);

  /** By field and by text, so that undo finds what stood there before. */
  const current = (calculator, name) => calculator.helped[name]?.get(calculator.field(name).value);

  /** Add the parts up and remember how the text came about; returns the text. */
  function keep(calculator, name, parts, digits) {
    const written = (key) => engine.show(parts.reduce((sum, part) => sum + part[key], 0), digits).replace(/,/g, "");
    const text = written("amount");
    (calculator.helped[name] ??= new Map()).set(text, { parts, text, low: written("low"), high: written("high") });
    return text;
  }

  function put(calculator, name, part, added) {
    const field = calculator.field(name);
    const before = current(calculator, name)?.parts ?? [typedPart(field.value)].filter(Boolean);
    const decimals = Math.max(data().ways[part.id].digits ?? 1, (field.value.split(/[.．]/)[1] ?? "").trim().length);
    calculator.remember();
    field.value = keep(calculator, name, added ? [...before, part] : [part], Math.min(decimals, calculator.definition.inputs[name].decimals));
    delete calculator.misread[name];
    calculator.settle(`${labelOf(calculator, name)}に${field.value}を入れました。「元に戻す」で戻せます。`);
  }

  const inForce = (calculator) =>
    Object.keys(calculator.helped)
      .map((name) => [name, current(calculator, name)])
      .filter(([name, whole]) => whole && !calculator.field(name).closest("[hidden]"));

  function said(calculator, name, whole) {
    const { unit } = calculator.definition.inputs[name];
    const lines = whole.parts.map(({ steps, assumed }) => steps + (assumed ? `【仮の値】${assumed}` : ""));
    return [...lines, lines.length > 1 && `合わせて ${whole.text} ${unit}`, span(whole, unit)].filter(Boolean);
  }

  /** The main results with the fields at both ends of their ranges. */
  function ranges(calculator) {
    const whole = inForce(calculator).filter(([, { low, high }]) => low !== high);
    if (!whole.length) return [];
    const [lowest, highest] = ENDS.map((end) => calculator.run(Object.fromEntries(whole.map(([name, one]) => [name, one[end]]))).shown);
    return calculator.mainResults(calculator.outcome).flatMap(({ id, unit }) => {
      const [low, high] = [lowest[id], highest[id]];
      return low && high && low !== high ? [{ id, low, high, text: `${calculator.labelOf(id)} ${low}〜${high} ${unit}` }] : [];
    });
  }

  const rangeText = (found) => found.map(({ text }) => text).join("、");

  /** [label, text, field] of each field filled so and of the range of the results: for texts, print and CSV. */
  function derivations(calculator) {
    const range = rangeText(ranges(calculator));
    return [...inForce(calculator).map(([name, whole]) => [labelOf(calculator, name), said(calculator, name, whole).join(" "), name]), ...(range ? [["結果の幅", range, "range"]] : [])];
  }

  function tell(calculator) {
    for (const name in calculator.helped) {
      const block = placeOf(calculator, name).querySelector("[data-helper]");
      const whole = current(calculator, name);
      block.lastElementChild.replaceChildren(...(whole ? said(calculator, name, whole) : []).flatMap((text) => [text, make("br")]));
      /* what is wrong stands next to the field */
      const error = block.parentElement.querySelector("[data-error]");
      if (error) block.before(error);
    }
    Object.values(calculator.waysOpen).forEach((refresh) => refresh());
    const found = ranges(calculator);
    calculator.rangeTold.textContent = found.length ? "仮の値の幅による、結果の幅：" + rangeText(found) : "";
    const small = calculator.querySelectorAll("[data-sight] > p > small:last-child");
    calculator.mainResults(calculator.outcome).forEach(({ id }, i) => {
      const one = found.find((range) => range.id === id);
      if (one) small[i].textContent ||= `（${one.low}〜${one.high}）`;
    });
  }

  /* ---------- the block at a field ---------- */

  function start(calculator) {
    if (calculator.helped) return;
    calculator.helped = {};
    calculator.waysOpen = {};
    for (const name in calculator.definition.inputs) if (waysFor(calculator, name).length) attach(calculator, name);
    calculator.rangeTold = make("p");
    calculator.querySelector("section h2").after(calculator.rangeTold);
    const compute = calculator.compute.bind(calculator);
    calculator.compute = (told) => {
      compute(told);
      tell(calculator);
    };
    calculator.derivations = () => derivations(calculator);
    calculator.helperTexts = () => Object.fromEntries(inForce(calculator).map(([name, { parts }]) => [name, parts.map(({ id, texts, text }) => ({ id, texts, text }))]));
  }

  /** The button stands there already on the site's own pages. */
  function attach(calculator, name) {
    const place = placeOf(calculator, name);
    const opener = place.querySelector("[data-do=help]") ?? make("button", "分かる数から出す");
    opener.type = "button";
    opener.dataset.do = "help";
    opener.ariaExpanded = "false";
    opener.ariaLabel = "分かる数から出す：" + labelOf(calculator, name);
    const block = make("div", opener, make("p"));
    block.dataset.helper = name;
    place.append(block);
  }

  /** Pressed again, it closes; what was typed stays. */
  function toggle(calculator, opener) {
    const block = opener.parentElement;
    if (!block.querySelector("[role=group]")) opener.after(panel(calculator, block.dataset.helper, opener));
    const group = opener.nextElementSibling;
    const open = group.hidden;
    group.hidden = !open;
    opener.ariaExpanded = open;
    block.parentElement.style.gridColumn = open ? "1 / -1" : "";
    if (open) group.querySelector("select, input").focus();
  }

  function panel(calculator, name, opener) {
    const [first, ...others] = waysFor(calculator, name);
    const body = make("div");
    const group = make("div", body);
    group.setAttribute("role", "group");
    group.ariaLabel = opener.ariaLabel;
    group.hidden = true;
    group.style.paddingLeft = "0.8em";
    group.style.borderLeft = "4px solid";
    /* the form reckons on its own fields only */
    for (const kind of ["input", "change"]) group.addEventListener(kind, (event) => event.stopPropagation());
    const typed = {}; // what was typed for each way stays while others are tried
    const show = (id) => body.replaceChildren(...form(calculator, name, id, (typed[id] ??= startOf(calculator, id)), opener));
    if (others.length) {
      const choice = make("select", ...[first, ...others].map((id) => new Option(data().ways[id].title, id)));
      choice.addEventListener("change", () => show(choice.value));
      body.before(make("label", "分かっていること", choice));
    }
    show(first);
    return group;
  }

  const startOf = (calculator, id) =>
    entries(data().ways[id].inputs, ([name, [, , { takes, default: usual = "" }]]) => [name, (takes && calculator.field(takes)?.value) || String(usual)]);

  let count = 0;

  /** The fields of a way, its arithmetic and the buttons that put the amount in. */
  function form(calculator, name, id, texts, opener) {
    const { inputs, text, digits = 1, unit } = data().ways[id];
    const places = {};
    const result = make("div");
    const take = (added) => put(calculator, name, reckon(calculator, id, texts).part, added);
    const [yes, more] = [button("", () => take(false)), button("いまの量に足す", () => take(true))];
    const close = button("閉じる", () => {
      toggle(calculator, opener);
      opener.focus();
    });
    function update(told) {
      const { out, part } = reckon(calculator, id, texts);
      for (const own in places) {
        const { when } = inputs[own][2];
        places[own].style.display = !when || engine.evaluate(when, out.scope) > 0 ? "" : "none";
        if (told || !out.problems[own]) tellAt(places[own], out.problems[own], calculator.definition.words);
      }
      const shown = part && entries(part, ([key, value]) => [key, ENDS.includes(key) ? engine.show(value, digits) : value]);
      const lines = part ? [make("b", part.steps), span(shown, unit), part.assumed && "仮の値：" + part.assumed, ...part.used.map((mark) => source(calculator, mark))] : [];
      result.replaceChildren(...lines.filter(Boolean).map((line) => make("p", line)));
      const full = typedPart(calculator.field(name).value);
      const words = full ? "いまの量と入れ替える" : "この量を欄に入れる";
      /* leaving a field comes between the press and the click: WebKit gives no click where the pressed words are replaced */
      if (yes.textContent !== words) yes.textContent = words;
      yes.disabled = more.disabled = !part;
      more.style.display = full ? "" : "none";
      return part;
    }
    for (const own in inputs) {
      const [label, unit, { help, options }] = inputs[own];
      const field = options ? make("select", ...Object.entries(options).map(([value, [text]]) => new Option(text, value))) : make("input");
      field.id = `${calculator.dataset.calculator}-helper-${(count += 1)}`;
      field.inputMode = "decimal";
      field.value = texts[own];
      field.addEventListener("input", () => {
        texts[own] = field.value;
        update(false);
      });
      field.addEventListener("change", () => {
        const part = update(true);
        if (part) calculator.announce(part.steps);
      });
      places[own] = make("div", make("label", label + (unit && unit !== "1" ? `（${unit}）` : ""), field), ...(help ? [make("p", help)] : []));
    }
    calculator.waysOpen[name] = () => update(false);
    update(false);
    return [make("p", text), ...Object.values(places), result, make("p", yes, " ", more, " ", close)];
  }

  /** What is wrong stands below the field, which is tied to all its notes. */
  function tellAt(place, text, { incomplete }) {
    const field = place.querySelector("input, select");
    place.querySelector("[data-fault]")?.remove();
    if (text) {
      const note = make("p", text);
      note.dataset.fault = "";
      place.append(note);
    }
    field.setAttribute("aria-invalid", String(Boolean(text) && text !== incomplete));
    const notes = [...place.querySelectorAll("p")];
    notes.forEach((note, i) => (note.id = `${field.id}-${i}`));
    field.setAttribute("aria-describedby", notes.map((note) => note.id).join(" "));
  }

  /** Where a value comes from; in a sandboxed frame no link opens. */
  function source({ dataset, definition }, mark) {
    const [value, unit] = data().numbers[mark];
    const link = make("a", `${engine.showTyped(value)} ${unit} の${definition.words.factor}${engine.sealed ? mark : ""}`);
    if (!engine.sealed && dataset.factors) link.href = dataset.factors + mark;
    link.target = "_blank";
    link.rel = "noopener";
    return link;
  }

  root.offsetCalculatorHelpers = { start, toggle, definitionOf, waysFor, reckon, typedPart, keep };
})(typeof window === "undefined" ? globalThis : window);
