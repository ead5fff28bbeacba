/* Calculators: the engine, then the element <offset-calculator>. Classic script, no third party.
 * The engine walks the definition as the reference in Python does;
 * tests/parity compares the two. A value is a number, null (nothing entered) or NaN (withheld). */
(function (root) {
  "use strict";

  /* ---------- numbers, as the reference shows them ---------- */

  const isNaN = Number.isNaN;
  const CLOSE = 1e-9;

  function clean(text) {
    return text
      .replace(/[０-９，．－＋]/g, (c) => c.normalize("NFKC"))
      .replace(/\s+/g, " ")
      .replace(/^ | $/g, "");
  }

  /** A typed text without the unit behind it, and without the sign of yen before it; other units stay. */
  function bare(text, unit) {
    const plain = (mark) => mark.normalize("NFKC").toLowerCase();
    const own = plain(unit);
    const brief = own.replace(/^(円).*|-co2/, "$1");
    const cleaned = clean(text);
    const [, yen, number, mark] = /^([¥￥\\] ?)?(\.?\d[\d., ]*)(.*)/.exec(cleaned) || [];
    return number && (brief === "円" || !yen) && ["", own, brief].includes(plain(mark)) ? clean(number) : cleaned;
  }

  /** The number typed, null for nothing, or the reason (a text) why it is none. */
  function parseNumber(text, unit = "") {
    const cleaned = bare(text, unit);
    if (!cleaned) return null;
    if (/^[-−‐‑–—―△▲]/.test(cleaned)) return "negative";
    if (!/^(\d+|\d{1,3}([, ]\d{3})+|(?=\.))(\.\d+)?$/.test(cleaned)) return /^[\d., ]*,[\d., ]*$/.test(cleaned) ? "comma" : "format";
    return Number(cleaned.replace(/[, ]/g, ""));
  }

  /** Whole digits and decimals of the shortest decimal of a number. */
  function digitsOf(value) {
    const [mantissa, power] = String(Math.abs(value)).split("e");
    let [whole, part = ""] = mantissa.split(".");
    const shift = Number(power || 0);
    if (shift > 0) {
      part = part.padEnd(shift, "0");
      whole += part.slice(0, shift);
      part = part.slice(shift);
    } else if (shift < 0) {
      whole = whole.padStart(1 - shift, "0");
      part = whole.slice(shift) + part;
      whole = whole.slice(0, shift);
    }
    return [whole.replace(/^0+(?=\d)/, ""), part];
  }

  const group = (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ",");

  /** A value as shown: half up on its shortest decimal, grouped; empty when withheld. */
  function show(value, digits) {
    if (value === null || isNaN(value)) return "";
    const [whole, part] = digitsOf(value);
    const up = part.charAt(digits) >= "5" ? 1n : 0n;
    const all = String(BigInt(whole + part.padEnd(digits, "0").slice(0, digits)) + up).padStart(digits + 1, "0");
    const cut = all.length - digits;
    const sign = value < 0 && /[1-9]/.test(all) ? "−" : "";
    return sign + group(all.slice(0, cut)) + (digits ? "." + all.slice(cut) : "");
  }

  function showTyped(value) {
    const [whole, part] = digitsOf(value);
    return group(whole) + (part ? "." + part : "");
  }

  /** Round, but leave 3.0000000000000004 at 3. */
  function rounded(round) {
    return (value) => {
      const near = Math.floor(value + 0.5);
      return Math.abs(value - near) <= CLOSE * Math.max(1, Math.abs(value)) ? near : round(value);
    };
  }
  const ceil = rounded(Math.ceil);
  const floor = rounded(Math.floor);

  /* ---------- formulas ---------- */

  const add = (values) => values.reduce((a, b) => a + b);
  const finite = (value) => (Number.isFinite(value) ? value : NaN);

  const PLAIN = {
    "+": (...values) => add(values),
    "*": (...values) => values.reduce((a, b) => a * b),
    "-": (a, b) => a - b,
    "/": (a, b) => (b ? a / b : NaN),
    min: Math.min,
    max: Math.max,
    ceil,
    floor,
    "<": (a, b) => +(a < b),
    "<=": (a, b) => +(a <= b),
    ">": (a, b) => +(a > b),
    ">=": (a, b) => +(a >= b),
    and: (...parts) => +parts.every(Boolean),
    or: (...parts) => +parts.some(Boolean),
    not: (part) => +!part,
  };

  const chosen = (tree, scope, same) => {
    const id = scope.chosen(tree[1]);
    return typeof id === "string" ? +((id === tree[2]) === same) : id;
  };

  const SPECIAL = {
    sum(tree, scope) {
      const values = parts(tree, scope);
      if (values.some(isNaN)) return NaN;
      const entered = values.filter((value) => value !== null);
      return entered.length ? finite(add(entered)) : null;
    },
    count: (tree, scope) => parts(tree, scope).filter((value) => value !== null).length,
    first: (tree, scope) => parts(tree, scope).find((value) => value !== null) ?? null,
    if(tree, scope) {
      const test = evaluate(tree[1], scope);
      return test === null || isNaN(test) ? test : evaluate(test ? tree[2] : tree[3], scope);
    },
    is: (tree, scope) => chosen(tree, scope, true),
    isnt: (tree, scope) => chosen(tree, scope, false),
    given: (tree, scope) => +(evaluate(tree[1], scope) !== null),
    lookup: (tree, scope) => scope.lookup(tree[1], tree[2]),
    allot: (tree, scope) => root.offsetAllot(evaluate(tree[1], scope), scope.column(tree[2][1]), evaluate(tree[3], scope)),
  };

  const isRows = (part) => Array.isArray(part) && part[0] === "rows";

  function parts(tree, scope) {
    return tree.slice(1).flatMap((part) => (isRows(part) ? scope.column(part[1]) : [evaluate(part, scope)]));
  }

  function evaluate(tree, scope) {
    if (typeof tree === "string") return scope.value(tree);
    if (!Array.isArray(tree)) return tree;
    const special = SPECIAL[tree[0]];
    if (special) return special(tree, scope);
    const values = tree.slice(1).map((part) => evaluate(part, scope));
    if (values.some(isNaN)) return NaN;
    return values.includes(null) ? null : finite(PLAIN[tree[0]](...values));
  }

  function namesOf(tree) {
    if (typeof tree === "string") return [tree];
    if (!Array.isArray(tree)) return [];
    if (tree[0] === "rows") return [tree.join(".")];
    if (/^(is|isnt|lookup)$/.test(tree[0])) return [tree[1]];
    return tree.slice(1).flatMap(namesOf);
  }

  /* ---------- fields ---------- */

  /** [value, reason]: the value of one field, or why it cannot be read. */
  function readField(spec, text) {
    if (spec.text) return [...text].length <= 200 ? [text] : [null, "long"];
    if (spec.choices) {
      const typed = text && clean(text);
      const id = own(spec.aliases || {}, typed) || typed || spec.default || null;
      return id === null || own(spec.choices, id) ? [id] : [null, "choice"];
    }
    return readNumber(spec, text);
  }

  const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

  function readNumber(spec, text) {
    const typed = text && parseNumber(text, spec.unit);
    if (typed === null || typed === "") return [spec.default ?? null];
    if (typeof typed === "string") return [null, typed];
    /* more decimals than are kept are rounded off, if that makes no other amount of it */
    const value = Number(show(Math.min(typed, 1e99), spec.decimals).replace(/,/g, ""));
    if (value > spec.max) return [null, spec.unit === "%" ? "share" : "above"];
    if (value < spec.min) return [null, "below"];
    if (Math.abs(value - typed) > (spec.decimals ? typed / 100 : 1e-6)) return [null, spec.decimals ? "decimals" : "whole"];
    engine.untidy ||= value !== parseNumber(text);
    return [value];
  }

  /** Empty in a frame until the words for this are loaded. */
  function message(words, spec, reason) {
    const text = words[reason] || "";
    if (!spec.unit) return text;
    return text.replace("{min}", showTyped(spec.min)).replace("{max}", showTyped(spec.max)).replace("{digits}", spec.decimals).replace("{unit}", spec.unit);
  }

  /* ---------- one pass ---------- */

  class Scope {
    constructor(definition, fields, rows, bad) {
      Object.assign(this, { definition, fields, bad, outputs: {}, row: null });
      this.rows = rows.map((row) => ({ ...row }));
    }
    value(name) {
      if (this.row && name in this.row) return this.bad.has(name) ? NaN : this.row[name];
      if (name in this.outputs) return this.outputs[name];
      if (name in this.definition.numbers) return this.number(name);
      if (this.bad.has(name)) return NaN;
      const value = this.fields[name];
      return typeof value === "string" ? Number(value) : value;
    }
    number(name) {
      // one that is not there is withheld, so that no sum goes without it
      return isNaN(this.chosen("factors")) ? NaN : +(this.ofSet(name) ?? this.definition.numbers[name][0] ?? NaN);
    }
    /** What the set chosen has other than today's: its own, or what it reuses, null (today's) or [x] (an older one). */
    ofSet(name) {
      const number = this.definition.numbers[name];
      return this.past ? number[1] : number[3]?.[this.chosen("factors")];
    }
    get past() {
      return this.chosen("factors") === this.definition.inputs.factors?.aliases.guidebook;
    }
    chosen(name) {
      if (this.bad.has(name)) return NaN;
      return this.fields[name] ?? null;
    }
    lookup(name, column) {
      const target = this.target(name, column);
      return typeof target === "string" ? this.value(target.replace(/^=/, "")) : target;
    }
    target(name, column) {
      const spec = this.definition.inputs[name];
      const id = this.chosen(name);
      if (id === null || isNaN(id)) return id;
      if (spec.bands) return spec.bands.find(([top]) => top === null || id <= top)[1][column];
      const target = spec.choices[id][column] || null;
      return (this.past && target && target[0] !== "=" && spec.guidebook?.[column]) || target;
    }
    column(name) {
      return this.rows.map((row) => (this.bad.has(name) ? NaN : row[name]));
    }
    applies(part) {
      return !part.when || evaluate(part.when, this) > 0;
    }
    unit(name) {
      const { numbers, rows, lines, results, inputs } = this.definition;
      const own = name.slice(5);
      const find = (list, id) => list.find((part) => part.id === id);
      if (name.startsWith("rows.")) return [(rows.columns[own] || find(rows.results, own)).unit];
      if (name in numbers) return [numbers[name][2]];
      const line = name.startsWith("line_") && find(lines, own);
      if (line) return [line.unit, 1];
      const result = find(results, name);
      return result ? [result.unit, result.digits] : [inputs[name].unit];
    }
  }

  function reckon(definition, fields, rows, bad) {
    const scope = new Scope(definition, fields, rows, bad);
    for (const line of definition.lines) scope.outputs["line_" + line.id] = evaluate(line.formula, scope);
    if (definition.rows) for (const result of definition.rows.results) reckonColumn(scope, result);
    for (const result of definition.results)
      scope.outputs[result.id] = scope.applies(result) ? evaluate(result.formula, scope) : null;
    return scope;
  }

  function reckonColumn(scope, result) {
    const whole = result.formula[0] === "allot" ? evaluate(result.formula, scope) : null;
    scope.rows.forEach((row, i) => {
      scope.row = row;
      row[result.id] = whole ? whole[i] : evaluate(result.formula, scope);
    });
    scope.row = null;
  }

  function isEntered(name, scope) {
    if (name.startsWith("rows.")) return scope.column(name.slice(5)).some((value) => value !== null);
    const spec = scope.definition.inputs[name];
    return spec?.unit && spec.default === undefined && scope.value(name) !== null;
  }

  function missing(tree, scope) {
    if (typeof tree === "string") return scope.definition.inputs[tree] && scope.value(tree) === null ? [tree] : [];
    if (!Array.isArray(tree) || /^(rows|is|isnt|given|count)$/.test(tree[0])) return [];
    if (tree[0] === "lookup") {
      const target = scope.target(tree[1], tree[2]);
      if (scope.chosen(tree[1]) === null) return [tree[1]];
      return target?.[0] === "=" ? missing(target.slice(1), scope) : [];
    }
    if (/^(sum|first)$/.test(tree[0]) && evaluate(tree, scope) !== null) return [];
    return tree.slice(1).flatMap((part) => missing(part, scope));
  }

  function findProblems(scope) {
    const { lines, words } = scope.definition;
    const lacking = {};
    for (const line of lines)
      if (scope.outputs["line_" + line.id] === null && namesOf(line.formula).some((name) => isEntered(name, scope)))
        for (const name of missing(line.formula, scope))
          if (!(line.optional || []).includes(name)) lacking[name] = words.incomplete;
    return { ...lacking, ...brokenRules(scope, false) };
  }

  /** Messages by field of the rules that do not hold: those that withhold, or hints, which do not. */
  function brokenRules(scope, hints) {
    const broken = {};
    for (const rule of scope.definition.rules)
      if (!rule.hint !== hints && scope.applies(rule) && evaluate(rule.check, scope) === 0 && !broken[rule.at])
        broken[rule.at] = rule.message;
    return broken;
  }

  /** Evaluate typed texts ({id: text}, [[cell, …], …]). */
  function run(definition, texts, rowTexts = []) {
    const fields = {};
    const bad = new Set();
    const problems = {};
    const { inputs, rows: table, words } = definition;
    for (const [name, spec] of Object.entries(inputs)) {
      const [value, reason] = readField(spec, own(texts, name) || "");
      fields[name] = value;
      if (reason) {
        bad.add(name);
        problems[name] = message(words, spec, reason);
      }
    }
    const probe = new Scope(definition, fields, [], bad);
    for (const [name, spec] of Object.entries(inputs))
      if (!probe.applies(spec)) {
        fields[name] = null;
        bad.delete(name);
        delete problems[name];
      }
    const rows = table ? readRows(definition, rowTexts, problems, bad) : [];
    const first = reckon(definition, fields, rows, bad);
    const found = problems.rows ? {} : findProblems(first);
    const again = Object.keys(found);
    const last = again[0] ? reckon(definition, fields, rows, new Set([...bad, ...again])) : first;
    return outcome(last, { ...found, ...problems });
  }

  function readRows(definition, rowTexts, problems, bad) {
    const { max, columns } = definition.rows;
    if (rowTexts.length > max) {
      problems.rows = definition.words.rows.replace("{max}", max);
      Object.keys(columns).forEach((name) => bad.add(name));
    }
    return rowTexts.slice(0, max).map((cells, i) => {
      const row = {};
      Object.entries(columns).forEach(([name, spec], j) => {
        const [value, reason] = readField(spec, cells[j] || "");
        row[name] = reason ? NaN : value;
        if (reason) problems[name + "." + (i + 1)] = message(definition.words, spec, reason);
      });
      return row;
    });
  }

  function outcome(scope, problems) {
    const hints = problems.rows ? {} : brokenRules(scope, true);
    const out = { values: {}, shown: {}, steps: {}, used: {}, problems, hints, notes: notesOf(scope), scope };
    const put = (name, { formula, digits = 1, unit, remark = [0, ""] }) => {
      const value = scope.outputs[name];
      const empty = value === null || isNaN(value);
      out.values[name] = empty ? null : value + 0;
      out.shown[name] = show(value, digits);
      const said = empty ? "" : say(formula, scope);
      const whole = out.shown[name] + " " + unit;
      out.steps[name] = said && (said === whole || /^(0|0 \S+|\S+（0）)$/.test(said) ? "" : said + " = ") + whole + (evaluate(remark[0], scope) > 0 ? remark[1] : "");
      out.used[name] = empty ? [] : factorsOf(formula, scope);
    };
    for (const line of scope.definition.lines) put("line_" + line.id, line);
    for (const result of scope.definition.results) put(result.id, result);
    const columns = scope.definition.rows?.results ?? [];
    const table = (cell) => scope.rows.map((row) => Object.fromEntries(columns.map(({ id, digits }) => [id, cell(row[id], digits)])));
    out.rows = table((value) => (isNaN(value) ? null : value));
    out.rowsShown = table(show);
    return out;
  }

  /** What fields tell without withholding anything: an option chosen that is no longer offered. */
  function notesOf(scope) {
    const told = Object.entries(scope.definition.inputs).map(([name, { notes = {} }]) => [name, own(notes, scope.chosen(name))]);
    return Object.fromEntries(told.filter((one) => one[1]));
  }

  /** Names of the factors a tree uses in this run. */
  function factorsOf(tree, scope) {
    if (!Array.isArray(tree)) return tree?.[0] === "#" ? [tree] : [];
    if (tree[0] === "lookup") return factorsOf(scope.target(tree[1], tree[2]), scope);
    if (/^(if|first)$/.test(tree[0])) return factorsOf(taken(tree, scope), scope);
    return tree.slice(1).flatMap((part) => factorsOf(part, scope));
  }

  /* ---------- arithmetic in words ---------- */

  const SIGNS = { "*": " × ", "/": " ÷ ", "+": " ＋ ", "-": " − ", sum: " ＋ " };
  const isLoose = (sign) => /^(\+|-|sum)$/.test(sign);
  const isScale = (sign) => /^[*/]/.test(sign);

  function taken(tree, scope) {
    if (tree[0] === "if") return evaluate(tree[1], scope) ? tree[2] : tree[3];
    return tree.slice(1).find((part) => evaluate(part, scope) !== null);
  }

  function say(tree, scope) {
    if (!Array.isArray(tree)) return sayName(tree, scope);
    if (/^(if|first)$/.test(tree[0])) return say(taken(tree, scope), scope);
    if (tree[0] === "lookup") return sayName(scope.target(tree[1], tree[2]).replace(/^=/, ""), scope);
    if (tree[0] in SIGNS) return join(tree, scope);
    const inner = tree.slice(1).map((part) => say(part, scope));
    return (scope.definition.words[tree[0]] || tree[0]) + "（" + inner.join("、") + "）";
  }

  function sayName(name, scope) {
    if (typeof name !== "string") return String(name);
    const [unit, digits] = scope.unit(name);
    const value = scope.value(name);
    const text = digits === undefined ? showTyped(value) : show(value, digits);
    const told = own(scope.definition.numbers, name)?.[3];
    return (unit && unit !== "1" ? text + " " + unit : text) + (told?.at ? "（" + told + "）" : "");
  }

  function join(tree, scope) {
    const [sign, ...all] = tree;
    const rows = all.find(isRows);
    if (rows) return showTyped(evaluate(tree, scope)) + " " + scope.unit(rows.join("."))[0];
    /* no 0 is added or taken away, nothing is multiplied or divided by 1 or 100 % */
    const idle = (part) => (isScale(sign) ? /^1(00 %)?$/.test(say(part, scope)) : !evaluate(part, scope));
    return all.flatMap((part, i) => (idle(part) && (i || /[u+]/.test(sign)) ? [] : wrap(sign, i, part, say(part, scope)))).join(SIGNS[sign]) || "0";
  }

  function wrap(sign, place, part, text) {
    const inner = part?.[0];
    const inside = isLoose(inner) ? !isLoose(sign) || (sign === "-" && place) : isScale(inner) && isScale(sign) && place;
    return inside && / [×÷＋−] /.test(text) ? "（" + text + "）" : text;
  }

  /* ---------- the address: what is read of it, without a page ---------- */

  function decode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  /** `a,b,1;c,d,2`: commas and semicolons part cells and rows unless the whole was encoded. */
  function readRowsText(text) {
    const whole = /[,;]/.test(text) ? text : decode(text);
    return whole.split(";").map((row) => row.split(",").map((cell) => (whole === text ? decode(cell) : cell)));
  }

  /** [texts, rows, true] of a fragment with `v=1`; any other one fills nothing in: [{}, [], false, its version]. */
  function readFragment(hash) {
    const found = Object.create(null);
    for (const pair of hash.slice(1).split("&")) {
      const [key, value = ""] = pair.split(/=(.*)/s);
      found[key] = value;
    }
    if (found.v !== "1") return [{}, [], false, found.v];
    const rows = found.rows ? readRowsText(found.rows) : [];
    for (const key in found) found[key] = decode(found[key]);
    return [{ ...found }, rows, true];
  }

  /** The set of factors that a query asks for becomes the one to start with; an unknown one is ignored. */
  function chooseFactors(definition, query) {
    const spec = definition.inputs.factors;
    const [id] = spec ? readField(spec, query.get("factors")) : [];
    if (id) spec.default = id;
  }

  const engine = { run, evaluate, show, showTyped, parseNumber, readField, digitsOf, floor, readFragment, chooseFactors };
  root.offsetCalculator = engine;
  if (typeof document === "undefined") return;

  /* ---------- the element: behaviour for a form that the page already holds ---------- */

  const ROW = "[data-row]";
  const LOADING = "読み込んでいます。";
  const page = document.documentElement;
  const query = new URLSearchParams(location.search);
  /** In a sandboxed frame: no file, no print, no new window. A file from disk may do all of it. */
  const sealed = (engine.sealed = root.origin === "null" && location.protocol !== "file:");

  class OffsetCalculator extends HTMLElement {
    connectedCallback() {
      this.form = this.querySelector("form");
      if (!this.form || this.definition) return;
      if ("shared" in this.dataset && !root.offsetCalculatorShared) return this.announce("計算器を読み込めませんでした。読み直してください。");
      this.definition = JSON.parse(this.dataset.definition);
      if ("shared" in this.dataset) this.complete(root.offsetCalculatorShared);
      this.engine = engine;
      this.misread = {};
      this.assumed = {};
      this.table = this.querySelector("[data-rows] tbody");
      for (const name in this.definition.inputs) {
        const field = this.field(name);
        const note = placeOf(field).querySelector("p");
        field.id = this.dataset.calculator + "-" + name;
        if (note) note.id = field.id + "-note";
        tie(field);
      }
      if (this.table) this.table.parentElement.id = this.dataset.calculator + "-rows";
      for (const output of this.querySelectorAll("output")) {
        output.setAttribute("aria-live", "off");
        output.setAttribute("aria-label", this.labelOf(output.name));
      }
      this.form.addEventListener("submit", (event) => event.preventDefault());
      this.form.addEventListener("input", (event) => this.typed(event));
      /* what a message beside a field pushes away is not what was pressed: a press is told of after it */
      this.addEventListener("pointerdown", (event) => (this.pressed = event.target.closest("button")));
      this.form.addEventListener("change", () => this.pressed || this.settle());
      this.addEventListener("click", (event) => this.act(event));
      this.addEventListener("paste", (event) => this.paste(event));
      /* a search beside a field: what it finds loads on use */
      this.addEventListener("focusin", ({ target }) => target.type === "search" && this.more("suppliers", target));
      root.addEventListener("hashchange", () => this.follow());
      if ("alone" in this.dataset) this.standAlone();
      this.follow(true);
      this.compute(true);
      this.dataset.ready = "";
    }

    /** Put in what all frames have in one file: of a long list [label, number or name] by id. */
    complete({ inputs, words }) {
      const { definition } = this;
      definition.words = words;
      for (const name in inputs) {
        const spec = definition.inputs[name];
        if (!spec) continue;
        const [unit, prefix, list] = inputs[name];
        const options = Object.entries(list).map(([id, [label, value]]) => {
          const factor = typeof value === "string" ? value : prefix + id;
          spec.choices[id] = { factor };
          definition.numbers[factor] ??= value.at ? value : [value, null, unit];
          return new Option(label, id, id === spec.default, id === spec.default);
        });
        this.field(name).replaceChildren(...options);
      }
    }

    /** In a frame: what the query asks for, and the height told to the page around. */
    standAlone() {
      chooseFactors(this.definition, query);
      if (/^(light|dark)$/.test(query.get("theme"))) page.style.colorScheme = query.get("theme");
      /* accent, title, org and lock, or residents; no other asks for one more file */
      if (/(nt|le|g|k|ce)=/.test(location.search)) this.more("dress");
      document.querySelector("main > details").open = false;
      const tell = () => root.parent.postMessage({ type: "offset-guidebook:height", height: Math.ceil(page.getBoundingClientRect().height) }, "*");
      if (root.parent === root) return;
      new ResizeObserver(tell).observe(page);
      /* a script of the host that started late asks by any message */
      root.addEventListener("message", tell);
    }

    /* -- fields -- */

    field(name) {
      return this.querySelector(`[name="${name}"]:not(${ROW} *)`);
    }
    output(name) {
      return this.querySelector(`output[name="${name}"]:not(${ROW} *)`);
    }
    labelOf(name) {
      return this.output(name).closest("div, tr").querySelector("dt, th").textContent;
    }
    texts() {
      const names = Object.keys(this.definition.inputs);
      return Object.fromEntries(names.map((name) => [name, this.misread[name] || this.field(name).value]));
    }
    tableRows() {
      return this.table ? [...this.table.querySelectorAll(ROW)] : [];
    }
    cells(row) {
      return [...row.querySelectorAll("input")];
    }
    rowTexts() {
      return this.tableRows().map((row) => this.cells(row).map((cell) => cell.value));
    }
    /** Replace all that is entered; a text that no option has is told at the field.
     * A field that a link or file lacks counts as when that was written, and says so. */
    fill(texts, rows = [], written = false) {
      this.misread = {};
      this.assumed = {};
      for (const [name, spec] of Object.entries(this.definition.inputs)) {
        const field = this.field(name);
        if ("locked" in field.dataset) continue;
        const [was, note] = (written && !own(texts, name) && spec.absent) || [];
        if (note) this.assumed[name] = note;
        const value = String(was ?? own(texts, name) ?? spec.default ?? "");
        const [id, reason] = spec.choices ? readField(spec, value) : [value];
        field.value = id || "";
        if (field.value !== String(spec.default ?? "")) unfold(field);
        if (!reason) continue;
        this.misread[name] = value;
        /* perhaps one of those that a search finds */
        this.seeks ||= placeOf(field).querySelector("[type=search]");
      }
      if (this.seeks) this.more("adopt");
      if (!this.table) return;
      this.table.replaceChildren();
      rows.slice(0, this.definition.rows.max + 1).forEach((cells) => this.addRow(cells));
      for (let i = this.tableRows().length; i < this.table.dataset.start; i++) this.addRow([]);
    }
    /** Keep what is entered at hand before something replaces it. */
    remember() {
      this.before = [this.texts(), this.rowTexts()];
      this.querySelector("[data-do=undo]").hidden = false;
      this.querySelector("[data-told]")?.remove();
    }
    /** Fill in something else; what stood there can be brought back. */
    replace(words, ...filled) {
      this.remember();
      this.fill(...filled);
      this.settle(words + "「元に戻す」で戻せます。");
    }

    /** The link at the start, and one pasted into the same tab; on the way back to an entry of the history, what stands here stays. */
    follow(first) {
      const filled = readFragment(location.hash);
      if (first) this.fill(...filled);
      else if (filled[2] && !history.state?.offsetCalculator) this.replace("リンクの値を入れました。", ...filled);
      if (filled[3]) this.more("strange", filled[3]);
    }

    /* -- rows -- */

    addRow(texts) {
      const row = this.querySelector("template").content.firstElementChild.cloneNode(true);
      this.table.append(row);
      this.cells(row).forEach((cell, i) => {
        cell.id = `${this.dataset.calculator}-row-${(OffsetCalculator.count += 1)}`;
        cell.value = texts[i] ?? "";
      });
      this.numberRows();
      return row;
    }
    numberRows() {
      this.tableRows().forEach((row, i) => (row.querySelector("th").textContent = i + 1));
    }

    /** A table pasted from a spreadsheet: many cells at once. */
    paste(event) {
      const text = event.clipboardData.getData("text");
      if (!event.target.closest(ROW) || !/[\t\n]/.test(text)) return;
      event.preventDefault();
      this.more("spread", event.target, text);
    }

    /* -- reckoning -- */

    typed(event) {
      this.pressed = null;
      delete this.misread[event.target.name];
      delete this.assumed[event.target.name];
      this.compute(false);
      clearTimeout(this.later);
      this.later = setTimeout(() => this.compute(true), 500);
    }
    settle(words = "") {
      clearTimeout(this.later);
      this.compute(true);
      this.announce(words + this.summary());
    }
    run(changes) {
      return run(this.definition, { ...this.texts(), ...changes }, this.rowTexts());
    }
    compute(tell) {
      engine.untidy = 0;
      const out = (this.outcome = this.run());
      this.other = out.scope.chosen("factors") ? this.run({ factors: out.scope.past ? "current" : "guidebook" }) : null;
      for (const output of this.querySelectorAll(`output:not(${ROW} *)`)) put(output, out.values[output.name], out.shown[output.name]);
      this.tableRows().forEach((row, i) => {
        for (const output of row.querySelectorAll("output")) put(output, out.rows[i]?.[output.name], out.rowsShown[i]?.[output.name]);
      });
      this.showApplying(out.scope);
      this.showLines(out);
      this.showSight(out);
      if (tell) {
        if (this.seeks) for (const name in this.misread) if (name in out.problems) out.problems[name] = LOADING;
        const said = { ...this.readings?.(), ...out.notes, ...out.hints, ...this.assumed, ...out.problems };
        this.showProblems(out.problems.rows ? said : { ...this.unfinished(), ...said }, out.problems);
        /* links and files are to have a number as it is read */
        if (engine.untidy) this.more("tidy");
        if (Object.values(out.problems).includes("")) this.more("explain");
      }
      this.changed?.();
    }
    /** Rows with a name and no amount. */
    unfinished() {
      const told = {};
      const columns = Object.entries(this.definition.rows?.columns ?? {});
      const [first] = columns.find(([, spec]) => !spec.text) ?? [];
      this.rowTexts().forEach((texts, i) => {
        const amount = (text, j) => !columns[j][1].text && clean(text);
        if (texts.some(clean) && !texts.some(amount)) told[first + "." + (i + 1)] = this.definition.words.incomplete;
      });
      return told;
    }
    showApplying(scope) {
      for (const [name, spec] of Object.entries(this.definition.inputs)) {
        const field = this.field(name);
        /* a choice that its field cuts stands whole beneath it; a letter of ASCII is half as wide */
        const text = field.selectedOptions?.[0]?.text;
        if (text) placeOf(field).dataset.chosen = text.replace(/[ -~]{2}/g, "一").length * 16 > field.clientWidth - 40 ? text : "";
        if (spec.when) placeOf(field).hidden = !scope.applies(spec);
      }
      for (const result of this.definition.results) {
        const place = this.output(result.id).closest("div");
        place.hidden = !scope.applies(result);
        /* what says no more than the result stands there already */
        const [said, shown] = [this.outcome.steps[result.id], this.outcome.shown[result.id] + " " + result.unit];
        place.querySelector("[data-steps]").textContent = said === shown ? "" : said;
      }
    }
    showLines(out) {
      const whole = add([0, ...this.definition.lines.map((line) => out.values["line_" + line.id])]);
      for (const line of this.definition.lines) {
        const name = "line_" + line.id;
        const row = this.output(name).closest("tr");
        row.hidden = out.scope.outputs[name] === null;
        const steps = row.querySelector("[data-steps]");
        steps.textContent = out.steps[name];
        [...new Set(out.used[name])].forEach((used, i) => this.linkFactor(steps, used, out.scope, i));
        row.querySelector("progress").max = whole || 1;
        row.querySelector("progress").value = out.values[name] || 0;
        if (this.other) row.querySelector("[data-other]").textContent = this.other.shown[name];
      }
      for (const name of this.querySelectorAll("[data-other-set]")) name.textContent = name.dataset.otherSet.split("|")[+out.scope.past] + "の係数では";
      this.showDifference(out);
    }
    /** The main results with their range, beside the fields. */
    showSight(out) {
      const { words } = this.definition;
      const end = (id, which) => out.shown[id.replace(/_|$/, which)];
      const range = (id) => (end(id, "_low_") ? "（" + end(id, "_low_") + "〜" + end(id, "_high_") + "）" : "");
      const answers = this.mainResults(out).map(({ id, unit }) =>
        make("p", make("small", this.labelOf(id) + " "), make("b", out.shown[id]), " " + unit, make("small", range(id) + this.priced(unit, out))),
      );
      const told = Object.keys(out.problems).length ? words.withheld : "";
      this.querySelector("[data-sight]").replaceChildren(...answers, told);
      /* what stood there falls with what it was about */
      if (this.dataset.audience && (answers[0] || this.missing)) this.more("beside");
    }
    /** What the prices are that an amount in yen rests on: kind, tax, date. */
    priced(unit, { used, scope }) {
      const told = Object.values(used).flat().map((name) => this.definition.numbers[name][3]);
      const all = [...new Set([scope.value("price_yen") && "入れた価格", ...told])].filter((one) => one?.length).join("／");
      return /^円/.test(unit) && all ? "（" + all + "）" : "";
    }
    mainResults({ shown }) {
      return this.definition.results.filter(({ id }) => shown[id] && this.output(id).closest("[data-main]"));
    }
    linkFactor(place, used, scope, before) {
      const link = make("a", this.definition.words.factor + (sealed ? used : before ? before + 1 : ""));
      if (!sealed && this.dataset.factors) link.href = this.dataset.factors + used.split(".")[0];
      link.target = "_blank";
      link.rel = "noopener";
      place.append(" ", link);
      if (typeof scope.ofSet(used) === "object") place.append(" " + this.definition.words.reused);
    }
    showDifference(out) {
      const place = this.querySelector("[data-difference]");
      if (!place || !this.other) return;
      const first = place.dataset.difference;
      const here = out.values[first];
      const there = this.other.values[first];
      place.parentElement.hidden = here === null || there === null;
      place.textContent = this.other.shown[first] + "（" + this.definition.words.difference + " " + show(there - here, 1) + "）";
    }

    /* -- messages -- */

    showProblems(told, problems) {
      const { rows, words } = this.definition;
      clearErrors(this);
      for (const [key, text] of Object.entries(told)) {
        const field = this.fieldOf(key);
        if (field) setError(field, text || words.withheld, key in problems && text !== words.incomplete);
        else if (rows) setError(this.table.parentElement, text);
      }
    }
    /** The field of a message: `people`, or `share.2` in the second row; null for the rows as a whole. */
    fieldOf(key) {
      const [name, line] = key.split(".");
      const row = line && this.tableRows()[line - 1];
      if (row) return row.querySelector(`[name="${name}"]`);
      return this.field(name);
    }
    nameOf(key) {
      const field = this.fieldOf(key);
      if (!field) return this.querySelector("[data-rows] legend").textContent;
      return field.labels[0]?.firstChild.data.trim() ?? key.split(".")[1] + "行目の" + field.getAttribute("aria-label");
    }
    summary() {
      const { words } = this.definition;
      const { shown, problems } = this.outcome;
      const said = this.mainResults(this.outcome).map(({ id, unit }) => `${this.labelOf(id)} ${shown[id]} ${unit}`).join("、");
      const wrong = Object.keys(problems);
      const told = wrong.length ? `直す欄は${wrong.length}か所：${wrong.slice(0, 4).map((key) => this.nameOf(key)).join("、")}${wrong[4] ? "ほか" : ""}。` + words.withheld : "";
      return (said && words.updated + said + "。") + told;
    }
    announce(text) {
      this.querySelector("[role=status]").textContent = text;
    }

    /* -- buttons -- */

    act(event) {
      const button = event.target.closest("button[data-do]");
      if (!button) return;
      const todo = button.dataset.do;
      if (ACTIONS[todo]) ACTIONS[todo](this);
      else this.more(todo, button);
    }
    /** Load what is not needed to reckon on its first use. */
    more(todo, ...rest) {
      const start = () => root.offsetCalculatorMore[todo](this, ...rest);
      if (root.offsetCalculatorMore) return start();
      const loaded = () => (root.offsetCalculatorMore ? start() : (rest[0] || todo === "adopt") && this.lost());
      if (todo === "suppliers") this.announce(LOADING);
      const script = document.createElement("script");
      script.src = this.dataset.more;
      script.addEventListener("load", loaded);
      script.addEventListener("error", loaded);
      document.head.append(script);
    }
    /** A newer version has replaced what is loaded on use: what was typed is not lost. */
    lost() {
      this.seeks = null;
      this.compute(true);
      this.offer(location.href.replace(/#.*/, "") + this.fragment(), "入れた値のリンク");
      this.announce("新しい版になりました（通信が切れたときも出ます）。下のリンクをコピーし、読み直してから開くと続けられます。");
    }
    /** Show a text to select and copy. */
    offer(text, label) {
      const area = make("textarea", text);
      area.readOnly = true;
      area.setAttribute("aria-label", label);
      this.querySelector("[data-output]").replaceChildren(area);
      area.focus();
      area.select();
    }
    /** What is entered, as the address carries it. */
    fragment() {
      const texts = this.texts();
      const pairs = Object.entries(this.definition.inputs)
        .filter(([name, spec]) => texts[name] !== "" && (name === "factors" || spec.absent || texts[name] !== String(spec.default)))
        .map(([name]) => name + "=" + encodeURIComponent(texts[name]));
      const rows = this.rowTexts().filter((row) => row.some(Boolean));
      if (rows.length) pairs.push("rows=" + rows.map((row) => row.map(encodeURIComponent).join(",")).join(";"));
      return "#" + ["v=1", ...pairs].join("&");
    }
  }
  OffsetCalculator.count = 0;

  const ACTIONS = {
    preset: (calculator) => calculator.replace("例を入れました。", ...readFragment("#v=1&" + calculator.querySelector("[data-presets]").value).slice(0, 2)),
    clear: (calculator) => calculator.replace("すべて消しました。", {}),
    add(calculator) {
      calculator.cells(calculator.addRow([]))[0].focus();
      calculator.settle();
    },
  };

  function make(tag, ...parts) {
    const one = document.createElement(tag);
    one.append(...parts);
    return one;
  }

  function put(output, value, text) {
    output.dataset.value = value ?? "";
    output.textContent = text;
  }

  /** Tie a field to the note and the message beside it. */
  function tie(field) {
    const notes = [...placeOf(field).querySelectorAll("p[id]")].map((note) => note.id);
    if (notes.length) field.setAttribute("aria-describedby", notes.join(" "));
    else field.removeAttribute("aria-describedby");
  }

  /** Open what a field lies folded in. */
  const unfold = (field) => field.closest("details")?.setAttribute("open", "");

  const placeOf = (field) => field.closest("[data-field]") || field.parentElement;

  function setError(field, text, invalid) {
    const note = make("p", text);
    note.id = field.id + "-error";
    note.dataset.error = "";
    placeOf(field).append(note);
    if (invalid) {
      field.setAttribute("aria-invalid", "true");
      unfold(field);
    }
    tie(field);
  }

  function clearErrors(calculator) {
    for (const note of calculator.querySelectorAll("[data-error]")) {
      const field = document.getElementById(note.id.slice(0, -6));
      note.remove();
      field.removeAttribute("aria-invalid");
      tie(field);
    }
  }

  customElements.define("offset-calculator", OffsetCalculator);
})(typeof globalThis === "undefined" ? this : globalThis);
