/* Residents first: what only papers need is folded at the end, the bar of one's own stands beside the official average, and
 * what to reduce first comes before any offset. Loaded where residents are; the build adds papers, averages and words below. */
(function (root) {
  "use strict";

  const data = () => root.offsetCalculatorResident;
  const LARGEST = 2;

  function make(tag, ...parts) {
    const one = document.createElement(tag);
    one.append(...parts);
    return one;
  }

  function start(calculator) {
    if (!calculator.querySelector("[data-first]")) arrange(calculator);
    calculator.dataset.audience = "resident";
    calculator.compute(true);
  }

  /* ---------- a form made for offices, as the page for residents has it from the start ---------- */

  function arrange(calculator) {
    const { form } = calculator;
    const { fold, first, first_text } = data().words;
    const results = calculator.querySelector("section");
    const head = make("h2", first);
    const reduce = make("section", head, make("p", first_text), make("ul"));
    reduce.dataset.first = "";
    head.id = calculator.dataset.calculator + "-first";
    reduce.setAttribute("aria-labelledby", head.id);
    const papers = make("details", make("summary", fold), ...groups(calculator), list(calculator));
    papers.dataset.papers = "";
    results.after(reduce, papers);
    form.querySelector("[data-sight]").before(form.querySelector("[data-presets-row]"));
    const difference = calculator.querySelector("[data-difference]");
    if (difference) papers.append(difference.parentElement);
    /* what a link or a lock filled in must be seen */
    const filled = (field) => field.value !== String(calculator.definition.inputs[field.name].default ?? "") || field.ariaInvalid;
    papers.open = [...papers.querySelectorAll(":is(input, select)")].some(filled);
  }

  /** Groups of which all is for papers; of the others what is, in one of its own. */
  function groups(calculator) {
    const names = data().papers[calculator.dataset.calculator];
    const own = make("fieldset", make("legend", data().words.papers));
    const whole = [];
    for (const group of calculator.form.querySelectorAll("fieldset:has([data-field])")) {
      const fields = [...group.querySelectorAll("[data-field]")];
      const papers = fields.filter((field) => names.includes(field.querySelector("input, select").name));
      if (papers.length === fields.length) whole.push(group);
      else own.append(...papers);
    }
    return own.children.length > 1 ? [own, ...whole] : whole;
  }

  function list(calculator) {
    const results = calculator.definition.results.filter(({ id }) => data().papers[calculator.dataset.calculator].includes(id));
    const places = results.map(({ id }) => calculator.output(id).closest("div"));
    for (const place of places) delete place.dataset.main;
    return make("dl", ...places);
  }

  /* ---------- with each result ---------- */

  function show(calculator, out = calculator.outcome) {
    const pairs = (data().averages[calculator.dataset.calculator] ?? []).filter((pair) => pair.every((name) => out.shown[name]));
    for (const pair of pairs) compare(calculator, out, pair);
    const [energy] = pairs;
    if (energy) showBars(calculator, out, energy);
    tellMissing(calculator, out, pairs);
    showLargest(calculator, out);
  }

  /** Under an average: how much more or less one's own is. */
  function compare(calculator, out, pair) {
    const [own, average] = pair.map((name) => out.values[name]);
    const place = calculator.output(pair[1]).closest("div");
    const share = calculator.engine.show((own / average) * 100, 0);
    const told = make("small", `${calculator.labelOf(pair[0])}は、この平均の${share}％です。`);
    told.dataset.share = "";
    place.querySelector("[data-share]")?.remove();
    place.querySelector("dd").append(told);
  }

  /** The bars tell the amount too: it need not stand there twice. */
  function showBars(calculator, out, pair) {
    const sight = calculator.querySelector("[data-sight]");
    sight.children[calculator.mainResults(out).findIndex(({ id }) => id === pair[0])]?.remove();
    sight.append(bars(calculator, out, pair));
  }

  /** Two bars on one scale. */
  function bars(calculator, out, pair) {
    const max = Math.max(...pair.map((name) => out.values[name]), 1);
    const place = make("div", ...pair.flatMap((name, i) => bar(`${i ? "平均" : "あなたの家"} ${out.shown[name]} kg`, out.values[name], max)));
    place.dataset.bars = "";
    place.title = pair.map((name) => calculator.labelOf(name)).join("、");
    Object.assign(place.style, { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(10em, 1fr))", gap: "0 0.5em", alignItems: "center", width: "100%" });
    return place;
  }

  function bar(text, value, max) {
    const one = make("progress");
    Object.assign(one, { max, value });
    Object.assign(one.style, { display: "block", width: "100%" });
    return [make("span", text), one];
  }

  /** What is empty, where choosing does not tell it, and why nothing is compared. */
  function tellMissing(calculator, out, pairs) {
    const place = (calculator.missing ??= calculator.querySelector("section dl").insertAdjacentElement("beforebegin", make("div")));
    const empty = calculator.definition.lines.filter(({ id }) => out.scope.outputs["line_" + id] === null).map(({ id }) => lineOf(calculator, "line_" + id));
    const comparable = pairs.length || !data().averages[calculator.dataset.calculator].length;
    const uncounted = make("p", empty.length && "alone" in calculator.dataset ? "数えていないもの：" + empty.join("、") : "");
    uncounted.dataset.uncounted = "";
    place.replaceChildren(...(out.shown.total_kg ? [make("p", comparable ? "" : data().words.none), ...(calculator.kinds ? [] : [uncounted])] : []));
  }

  /** The label of a line, without what is noted beside it. */
  const lineOf = (calculator, name) => calculator.output(name).closest("tr").cells[0].firstChild.data;

  /** The largest lines first, with what one unit less brings where the factors say. */
  function showLargest(calculator, out) {
    const lines = calculator.definition.lines.map(({ id }) => "line_" + id).filter((name) => out.values[name] > 0);
    const whole = lines.reduce((sum, name) => sum + out.values[name], 0);
    lines.sort((one, two) => out.values[two] - out.values[one]);
    calculator.querySelector("[data-first] ul").replaceChildren(...lines.slice(0, LARGEST).map((name) => make("li", largest(calculator, out, name, whole))));
  }

  function largest(calculator, out, name, whole) {
    const share = calculator.engine.show((out.values[name] / whole) * 100, 0);
    return `${lineOf(calculator, name)}：${out.shown[name]} kg-CO2（合計の${share}％）。${oneLess(calculator, out, name)}`;
  }

  function oneLess(calculator, { used, scope }, name) {
    const units = [...new Set(used[name].map((mark) => scope.unit(mark)[0].split("/")[1]))];
    if (units.length !== 1) return "";
    const weight = used[name].reduce((sum, mark) => sum + scope.number(mark), 0);
    return `1 ${units[0]}減らすと、${calculator.engine.showTyped(Math.round(weight * 1e6) / 1e6)} kg-CO2減ります。`;
  }

  root.offsetCalculatorResident = { start, show };
})(typeof window === "undefined" ? globalThis : window);
