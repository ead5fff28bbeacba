/* What calculators do on request: link, file, CSV, texts to copy, comparison, print. Loaded on first use. */
(function (root) {
  "use strict";

  const WORDS = {
    copied: "コピーしました。",
    select: "下の欄を選んでコピーしてください。",
    saved: "ファイルに保存しました。",
    kept: "いまの結果を覚えました。欄を変えてから、もう一度「2つを比べる」を押すと比べられます。",
    compared: "覚えた結果と比べました。",
    first: "1つ目",
    second: "2つ目",
    wordless: "公表文の案を読み込めませんでした。ページを開き直してから、もう一度押してください。",
    bare: "リンクに入るのは量だけです。「分かる数から出す」の出し方と幅も残すには、「保存する」でファイルにします。",
    read: "と読みました。",
    nothing: "結果がまだありません。欄に入れてから使ってください。",
  };

  /* how long a button is pressed at most: nothing moves away under it */
  const PRESS = 500;

  /* ---------- what is on the form, in words ---------- */

  const labelOf = (calculator, name) => calculator.field(name).labels[0].firstChild.data;

  /** [id, label, text] of every field that says something and is not told to be wrong. */
  function entered(calculator) {
    const { inputs, words } = calculator.definition;
    const told = calculator.outcome.problems;
    const wrong = (name) => name in told && told[name] !== words.incomplete;
    return Object.entries(inputs)
      .filter(([name]) => !calculator.field(name).closest("[hidden]") && calculator.field(name).value && !wrong(name))
      .map(([name, spec]) => {
        const field = calculator.field(name);
        return [name, labelOf(calculator, name), spec.choices ? field.selectedOptions[0].text : field.value];
      });
  }

  const said = (calculator, name) => (entered(calculator).find((one) => one[0] === name) || [])[2] || "";

  /** [id, label, shown, unit, steps] of every result that is not withheld. */
  function results(calculator) {
    const { shown, steps } = calculator.outcome;
    return calculator.definition.results
      .filter((result) => shown[result.id])
      .map((result) => [result.id, calculator.labelOf(result.id), shown[result.id], result.unit, steps[result.id]]);
  }

  function lines(calculator) {
    const { shown, steps } = calculator.outcome;
    return calculator.definition.lines
      .map((line) => ["line_" + line.id, line.unit])
      .filter(([name]) => shown[name])
      .map(([name, unit]) => [name, calculator.labelOf(name), shown[name], unit, steps[name]]);
  }

  /** [id, unit, value, link] of the factors used in this run. */
  function factors(calculator) {
    const { used, scope } = calculator.outcome;
    const marks = [...new Set(Object.values(used).flat())];
    return marks.map((mark) => {
      const table = calculator.dataset.factors; // empty in a kit that knows no site
      const link = table && new URL(table + mark.split(".")[0], location.href).href; // rows of a table have one place
      return [mark.slice(1), scope.unit(mark)[0], calculator.engine.showTyped(scope.number(mark)), link];
    });
  }

  /** What the boundary holds and nobody entered, where one can choose what is counted. */
  const UNCOUNTED = "数えていないもの";
  const notCounted = (calculator) => [calculator.notCounted?.().join("、")].filter(Boolean);

  /** [label, text, field] of amounts that came from what people know, and the range that they bring. */
  const DERIVED = "活動量の出し方";
  const derivations = (calculator) => calculator.derivations?.() ?? [];

  const title = (calculator) => calculator.form.getAttribute("aria-label");

  /* ---------- giving a text away ---------- */

  /** Show a text to select and copy; also copy it where the browser lets us. */
  async function give(calculator, text, label, remark = "") {
    calculator.offer(text, label);
    if (remark) calculator.querySelector("[data-output]").append(remark);
    calculator.announce((await copy(text)) + remark);
  }

  /** A frame of another site may not use the clipboard's own interface, and asking would be an error. */
  async function copy(text) {
    if (root.top !== root) return document.execCommand("copy") ? WORDS.copied : WORDS.select;
    try {
      await navigator.clipboard.writeText(text);
      return WORDS.copied;
    } catch {
      return WORDS.select;
    }
  }

  /** Offer a file; where downloads are blocked, the text itself. */
  function download(calculator, name, text, type) {
    if (calculator.engine.sealed) return give(calculator, text.replace(/^\ufeff/, ""), name);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    calculator.announce(WORDS.saved);
    return null;
  }

  /* ---------- what a site that shows the calculator asks for in the query ---------- */

  const RATIO = 4.5; // WCAG 2 AA for text
  const LONGEST = 40;

  const channels = (hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));

  function luminance(rgb) {
    const [red, green, blue] = rgb.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(one, other) {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  /** The colour, moved towards black or white until it can be read on the ground; null when it is none. */
  function readable(hex, ground) {
    if (!/^[0-9a-f]{6}$/i.test(hex || "")) return null;
    const far = luminance(ground) > 0.18 ? 0 : 255;
    for (let part = 0; part <= 1; part += 0.02) {
      const mixed = channels(hex).map((one) => Math.round(one + (far - one) * part));
      if (contrast(mixed, ground) >= RATIO) return "#" + mixed.map((one) => one.toString(16).padStart(2, "0")).join("");
    }
    return far ? "#ffffff" : "#000000";
  }

  /** A name to show: at most 40 letters, no address and no letter that cannot be seen; else nothing. */
  function shortName(text) {
    const name = (text || "").trim();
    const hidden = /[\p{C}\p{Zl}\p{Zp}]/u.test(name);
    const address = /:\/|\/\/|www\.|@|[^\s.]\.[a-z]{2}/i.test(name.normalize("NFKC").replace(/。/g, "."));
    return hidden || address || [...name].length > LONGEST ? "" : name;
  }

  /** What of a query is sound: {accent, title, org, audience, lock}. */
  function readQuery(search, definition) {
    const query = new URLSearchParams(search);
    const known = (id) => Object.prototype.hasOwnProperty.call(definition.inputs, id);
    const accent = query.get("accent");
    return {
      accent: readable(accent, [255, 255, 255]) && accent.toLowerCase(),
      title: shortName(query.get("title")),
      org: shortName(query.get("org")),
      audience: query.get("audience") === "resident",
      lock: [...new Set((query.get("lock") || "").split(","))].filter(known),
    };
  }

  function dress(calculator) {
    const asked = readQuery(location.search, calculator.definition);
    const said = [asked.title, asked.org].filter(Boolean).join("　");
    const note = document.querySelector("[data-setter]");
    note.textContent = said && "設置者の表示：" + said;
    note.hidden = !said;
    paint(asked.accent);
    root.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint(asked.accent));
    /* once more when what a link names has been found */
    calculator.lock = () => asked.lock.forEach((name) => lock(calculator, name));
    calculator.lock();
    if (asked.audience) root.offsetCalculatorResident.start(calculator);
  }

  function paint(accent) {
    const ground = getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g).slice(0, 3).map(Number);
    if (accent) document.documentElement.style.setProperty("--accent", readable(accent, ground));
  }

  /** A locked field keeps its value; one whose value is wrong stays open, or nobody could mend it. */
  function lock(calculator, name) {
    const field = calculator.field(name);
    if (field.getAttribute("aria-invalid") || "locked" in field.dataset) return;
    field.dataset.locked = "";
    field[field.localName === "select" ? "disabled" : "readOnly"] = true;
    const search = field.closest("[data-field]").querySelector("[type=search]");
    if (search) search.disabled = true;
    const mark = document.createElement("small");
    mark.textContent = "設置者が決めた値です。";
    field.before(mark);
  }

  /* ---------- numbers with a unit or with more decimals than are kept: they stand in their fields as they are read ---------- */

  /** [key of messages, field, spec] of every amount that is entered: `people`, or `share.2` in the second row. */
  function amounts(calculator) {
    const { inputs, rows } = calculator.definition;
    const own = Object.entries(inputs).map(([name, spec]) => [name, calculator.field(name), spec]);
    const inRows = calculator.tableRows().flatMap((row, i) => calculator.cells(row).map((cell) => [`${cell.name}.${i + 1}`, cell, rows.columns[cell.name]]));
    return [...own, ...inRows].filter(([, field, spec]) => spec.unit && field.value.trim());
  }

  /** What is told at the fields whose number was rounded off, as long as it stands there. */
  const readings = (calculator) => {
    const read = amounts(calculator).filter(([, field]) => field.dataset.read === field.value);
    return Object.fromEntries(read.map(([key, field]) => [key, `${calculator.engine.showTyped(Number(field.value))}${WORDS.read}`]));
  };

  const waiting = new WeakSet();

  /** Nothing changes under the hands of who types: such a field waits until it is left. */
  function wait(calculator, field) {
    if (waiting.has(field)) return;
    waiting.add(field);
    const later = () => {
      waiting.delete(field);
      setTimeout(() => calculator.compute(true), PRESS);
    };
    field.addEventListener("blur", later, { once: true });
  }

  function tidy(calculator) {
    const { readField, parseNumber, showTyped } = calculator.engine;
    calculator.readings = () => readings(calculator);
    const untidy = amounts(calculator).filter(([, field, spec]) => {
      const [value, reason] = readField(spec, field.value);
      return !reason && value !== parseNumber(field.value);
    });
    for (const [, field, spec] of untidy) {
      if (field === document.activeElement) {
        wait(calculator, field);
        continue;
      }
      const [value] = readField(spec, field.value);
      const isRounded = value !== parseNumber(field.value, spec.unit);
      field.value = showTyped(value).replace(/,/g, "");
      if (isRounded) field.dataset.read = field.value;
    }
    if (untidy.some(([, field]) => !waiting.has(field))) calculator.compute(true);
  }

  /** A frame starts without the words for what cannot be read. */
  const learn = ({ definition }) => Object.assign(definition.words, root.offsetCalculatorMore.reasons);

  function explain(calculator) {
    if (calculator.definition.words.format) return;
    learn(calculator);
    calculator.compute(true);
  }

  const tidied = (act) => (calculator, ...rest) => {
    tidy(calculator);
    return act(calculator, ...rest);
  };

  /* ---------- pasted tables, files, CSV: a file of its own, loaded on first use ---------- */

  /** Nothing of a link of another version is entered. */
  function strange(calculator, version) {
    const text = `このリンクの版（v=${version.slice(0, 9)}）は、この計算器では読めません。リンクの値は入れていません。`;
    const note = document.createElement("p");
    note.dataset.told = "";
    note.textContent = text;
    calculator.form.prepend(note);
    calculator.announce(text);
  }

  const exchange = (todo) => (calculator, ...rest) =>
    fetchPart(calculator, "offsetCalculatorExchange", calculator.dataset.exchange, (part) => part[todo](calculator, ...rest));

  const [spread, openTable] = ["spread", "open"].map(
    (todo) => (calculator, ...rest) => fetchPart(calculator, "offsetCalculatorLedger", calculator.dataset.ledger, (part) => part[todo](calculator, ...rest)),
  );

  /** Start with the part of this name; where it does not come, a newer version has taken its place. */
  function fetchPart(calculator, name, address, start) {
    if (root[name]) return start(root[name]);
    const arrived = () => (root[name] ? start(root[name]) : calculator.lost());
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", arrived);
    script.addEventListener("error", arrived);
    document.head.append(script);
  }

  /* ---------- the actions ---------- */

  /** Back to what was before; once more, and it is as it was. */
  function undo(calculator) {
    const before = calculator.before;
    calculator.remember();
    calculator.fill(...before);
    calculator.restored?.(before);
    calculator.settle("元に戻しました。もう一度押すと、戻す前になります。");
  }

  function remove(calculator, button) {
    calculator.remember();
    const rows = calculator.tableRows();
    const at = rows.indexOf(button.closest("[data-row]"));
    rows[at].remove();
    calculator.numberRows();
    const left = calculator.tableRows();
    (left.length ? left[Math.min(at, left.length - 1)].querySelector("button") : calculator.querySelector("[data-do=add]")).focus();
    calculator.settle("行を消しました。「元に戻す」で戻せます。");
  }

  function link(calculator) {
    const here = location.href.replace(/#.*/, "") + calculator.fragment();
    try {
      history.replaceState(history.state, "", here);
    } catch {
      /* a sandboxed frame may not change its address */
    }
    calculator.saved?.();
    return give(calculator, here, "リンク", derivations(calculator).length ? WORDS.bare : "");
  }

  /** The browser opens the picker only right after the click: before the other file is asked for. */
  function load(calculator) {
    const picker = document.createElement("input");
    picker.type = "file";
    picker.accept = ".json,application/json" + (calculator.table ? ",.csv,.tsv,.txt,text/csv,text/plain" : "");
    picker.addEventListener("change", () => exchange("read")(calculator, picker.files[0]));
    picker.click();
  }

  function text(calculator) {
    const shown = [...lines(calculator), ...results(calculator)];
    if (!shown.length) return calculator.announce(WORDS.nothing);
    const rows = [
      said(calculator, "title") || title(calculator),
      ...entered(calculator).map(([, label, value]) => `${label}：${value}`),
      ...derivations(calculator).map(([label, said]) => `${DERIVED}（${label}）：${said}`),
      "",
      ...shown.map(([, label, , , steps]) => `${label}：${steps}`),
      ...notCounted(calculator).map((labels) => `${UNCOUNTED}：${labels}`),
      "",
      `係数の確認日：${calculator.dataset.version}`,
      ...factors(calculator).map(([, unit, value, link]) => `${value} ${unit}　${link}`),
    ];
    return give(calculator, rows.join("\n"), "結果の文");
  }

  /** The draft of a public statement: its sentences are a file of their own. */
  const statement = (calculator) =>
    fetchPart(calculator, "offsetStatement", calculator.dataset.statement, (part) => draft(calculator, part));

  function draft(calculator, { words, lines }) {
    if (!words) return calculator.announce(WORDS.wordless);
    const { definition, engine, outcome } = calculator;
    const sentences = lines(words, definition.id, outcome, engine, (name) => wording(calculator, name));
    return sentences.length > 1 ? give(calculator, sentences.join("\n"), "公表文の案") : calculator.announce(sentences[0]);
  }

  function wording(calculator, name) {
    const field = calculator.field(name);
    return field.selectedOptions ? (field.value && field.selectedOptions[0].text) || "" : field.value;
  }

  /** First use keeps the results at hand, second use sets them beside the new ones. */
  function compare(calculator) {
    const now = new Map([...lines(calculator), ...results(calculator)].map((one) => [one[0], one]));
    now.priced = new Map([...now].map(([name, [, , , unit]]) => [name, calculator.priced(unit, calculator.outcome)]));
    if (!calculator.kept) {
      calculator.kept = now;
      return calculator.announce(now.size ? WORDS.kept : WORDS.nothing);
    }
    const table = document.createElement("table");
    addRow(table, "th", ["項目", WORDS.first, WORDS.second, calculator.definition.words.difference]);
    const [before, after] = [calculator.kept, now];
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const [one, two] = [before.get(name), after.get(name)];
      const said = (all, found) => (found ? `${found[2]} ${found[3]}${all.priced.get(name)}` : "―");
      addRow(table, "td", [(one || two)[1], said(before, one), said(after, two), difference(one, two)]);
    }
    calculator.querySelector("[data-output]").replaceChildren(table);
    calculator.kept = null;
    return calculator.announce(WORDS.compared);
  }

  function difference(one, two) {
    if (!one || !two) return "―";
    const number = (text) => Number(text.replace(/,/g, "").replace("−", "-"));
    const gap = Math.round((number(two[2]) - number(one[2])) * 1e6) / 1e6;
    return (gap < 0 ? "−" : gap > 0 ? "＋" : "") + Math.abs(gap).toLocaleString("ja-JP", { maximumFractionDigits: 6 });
  }

  function addRow(table, kind, texts) {
    const row = table.insertRow();
    texts.forEach((text, i) => {
      const one = document.createElement(i && kind === "td" ? "td" : "th");
      one.scope = kind === "th" ? "col" : "row";
      one.textContent = text;
      row.append(one);
    });
  }

  const SHEET = { inputs: "入れた値", rows: "行ごとの値", lines: "内訳と計算", results: "結果", factors: "使った係数" };

  /** The sheet for the file: what was entered, what came out and from which factors, without empty fields. */
  function sheet(calculator) {
    const last = ([, label, , , steps]) => [label, steps];
    const rows = calculator.rowTexts().map((row, i) => [`${i + 1}行目`, [...row, ...Object.values(calculator.outcome.rowsShown[i] || {})].filter(Boolean).join("、")]);
    return [
      [SHEET.inputs, entered(calculator).map(([, label, text]) => [label, text])],
      [DERIVED, derivations(calculator).map(([label, said]) => [label, said])],
      [SHEET.rows, rows.filter(([, text]) => text)],
      [SHEET.lines, lines(calculator).map(last)],
      [SHEET.results, [...results(calculator).map(last), ...notCounted(calculator).map((labels) => [UNCOUNTED, labels])]],
      [SHEET.factors, factors(calculator).map(([id, unit, value, link]) => [`${nameOf(id)} ${value} ${unit}`, `${sourceOf(id, calculator.outcome.scope.chosen("factors"))} ${link}`])],
    ].filter(([, list]) => list.length);
  }

  /* the page's table of factors knows their names and sources; a frame has only the main ones */
  const factorRow = (id) => document.querySelector(`[data-factor="${id}"]`);
  const nameOf = (id) => factorRow(id)?.cells[0].textContent ?? root.offsetCalculatorSuppliers?.tell(id)?.[0] ?? id;
  const sourceOf = (id, set) => [factorRow(id)?.cells[4]?.textContent ?? root.offsetCalculatorSuppliers?.tell(id, set)?.[1]].filter(Boolean).map((one) => one + "　").join("");

  function sheetTable([name, list]) {
    const table = document.createElement("table");
    table.createCaption().textContent = name;
    list.forEach((texts) => addRow(table, "td", texts));
    return table;
  }

  /** What paper needs beside the form; a calculator alone in a frame makes it when it prints. */
  function paper(calculator) {
    const whole = document.createElement("section");
    whole.dataset.paper = "";
    whole.setAttribute("aria-hidden", "true");
    const head = document.createElement("p");
    const day = document.createElement("span");
    day.dataset.today = "";
    head.append(`計算器　${title(calculator)}（係数の確認日 ${calculator.dataset.version}）　印刷日 `, day);
    const place = document.createElement("div");
    place.dataset.sheet = "";
    const table = document.createElement("table");
    for (const pair of [["作成者", "確認者"], ["クレジットの番号", "無効化日"]]) addRow(table, "td", [pair[0], "", pair[1], ""]);
    for (const cell of table.querySelectorAll("td")) Object.assign(cell.style, { width: "30%", height: "3em", border: "1px solid" });
    whole.append(head, place, table);
    calculator.form.append(whole);
    return whole;
  }

  /** In a frame nothing but the paper is printed; afterwards all stands as before. */
  function clear(calculator) {
    const whole = paper(calculator);
    const others = [...calculator.form.children, ...document.querySelectorAll("main > :is(details, footer)")].filter((part) => part !== whole);
    const before = others.map((part) => part.style.display);
    for (const part of others) part.style.display = "none";
    root.addEventListener("afterprint", () => {
      whole.remove();
      others.forEach((part, i) => (part.style.display = before[i]));
    }, { once: true });
  }

  /** Print the sheet alone; the page around it comes back afterwards. */
  function print(calculator) {
    if (calculator.engine.sealed) return text(calculator);
    if ("alone" in calculator.dataset) clear(calculator);
    const day = new Date();
    calculator.querySelector("[data-today]").textContent = `${day.getFullYear()}年${day.getMonth() + 1}月${day.getDate()}日`;
    const reports = [...calculator.querySelectorAll("[data-output] [data-report]")].map((one) => one.cloneNode(true));
    calculator.querySelector("[data-sheet]").replaceChildren(...sheet(calculator).map(sheetTable), ...reports);
    document.documentElement.dataset.printing = calculator.dataset.calculator;
    root.addEventListener("afterprint", () => delete document.documentElement.dataset.printing, { once: true });
    return root.print();
  }

  const parts = { UNCOUNTED, notCounted, DERIVED, derivations, WORDS, entered, lines, results, factors, title, download, copy, addRow, openTable };
  const [save, csv, report] = ["save", "csv", "report"].map(exchange);
  const withChoice = (then) => (calculator) =>
    fetchPart(calculator, "offsetCalculatorChoose", calculator.dataset.choose, (part) => {
      part.start(calculator);
      then(calculator);
    });
  /** On the site's own pages the choice stands there from the start; in a frame one asks for it, and goes on there. */
  const offerChoice = withChoice(() => {});
  const choose = withChoice((calculator) => {
    calculator.form.querySelectorAll("fieldset")[1].querySelector("button")?.focus();
    if (calculator.dataset.helpers) offerHelpers(calculator);
  });

  /** Amounts from what people know: a file of its own. On the site's own pages the buttons stand there from the start. */
  /** An amount typed or filled in has no arithmetic, even if it is the same as before; undo brings both back. */
  function followHelped(calculator, tell) {
    const after = (name, then) => {
      const act = calculator[name];
      calculator[name] = (...rest) => {
        act?.apply(calculator, rest);
        then(...rest);
      };
    };
    after("remember", () => (calculator.before.helped = { ...calculator.helped }));
    after("fill", () => (calculator.helped = {}));
    after("restored", ({ helped }) => (calculator.helped = helped ?? {}));
    calculator.addEventListener("input", ({ target }) => delete calculator.helped[target.name], true);
    after("compute", tell);
    calculator.helperTexts = () => Object.fromEntries(Object.entries(calculator.helped).map(([name, { parts }]) => [name, parts.map(({ id, texts, text }) => ({ id, texts, text }))]));
  }

  const withHelpers = (then) => (calculator, ...rest) =>
    fetchPart(calculator, "offsetCalculatorHelpers", calculator.dataset.helpers, (part) => {
      learn(calculator);
      part.start(calculator);
      then(part, calculator, ...rest);
    });
  const offerHelpers = withHelpers(() => {});

  /** The official tables of suppliers: two files, for one search or for what a link or a file names. */
  const withSuppliers = (then) => (calculator, ...rest) => {
    const { suppliers: first, tables } = calculator.dataset;
    fetchPart(calculator, "offsetCalculatorSuppliers", first, (part) => fetchPart(calculator, "offsetSupplierTables", tables, () => then(part, calculator, ...rest)));
  };
  const suppliers = withSuppliers((part, calculator, input) => part.begin(calculator, input));
  const adopt = withSuppliers((part, calculator) => part.adopt(calculator));
  /** Wait until a calculator knows the suppliers that texts name; true when it did not before. */
  const knowing = (calculator, texts) =>
    new Promise((done) => {
      const { inputs } = calculator.definition;
      const isStrange = (name) => texts[name] && !Object.hasOwn(inputs[name]?.choices ?? {}, texts[name]) && calculator.field(name)?.closest("[data-field]").querySelector("[type=search]");
      if (!Object.keys(texts).some((name) => Object.hasOwn(inputs, name) && isStrange(name))) return done();
      return withSuppliers((part) => {
        part.enter(calculator, texts);
        done(true);
      })(calculator);
    });
  const help = withHelpers((part, calculator, button) => part.toggle(calculator, button));
  root.offsetCalculatorMore = { dress, strange, fetchPart, readQuery, readable, shortName, spread, offerChoice, choose, help, withHelpers, followHelped, suppliers, adopt, knowing, beside: (calculator) => root.offsetCalculatorResident.show(calculator), undo, remove, load, tidy, explain, parts };
  for (const [name, act] of Object.entries({ link, save, csv, report, text, statement, compare, print })) root.offsetCalculatorMore[name] = tidied(act);
})(typeof window === "undefined" ? globalThis : window);

/* Residents first: what only papers need is folded at the end, the bar of one's own stands beside the official average, and
 * what to reduce first comes before any offset. The build adds papers, averages and words below. */
(function (root) {
  "use strict";

  const data = () => root.offsetCalculatorResident;
  const LARGEST = 2;
  /* below this share of the average a year is less likely than a month's bill */
  const MONTHLY = 0.25;

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
    for (const old of calculator.querySelectorAll("[data-share]")) old.remove();
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
    const told = make("small", `${calculator.labelOf(pair[0])}は、この平均の${share}％です。${own / average < MONTHLY ? data().words.month : ""}`);
    told.dataset.share = "";
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
    const lines = out.shown.total_kg ? calculator.definition.lines.map(({ id }) => "line_" + id).filter((name) => out.values[name] > 0) : [];
    const whole = lines.reduce((sum, name) => sum + out.values[name], 0);
    lines.sort((one, two) => out.values[two] - out.values[one]);
    calculator.querySelector("[data-first] ul").replaceChildren(...lines.slice(0, LARGEST).map((name) => make("li", largest(calculator, out, name, whole))));
  }

  function largest(calculator, out, name, whole) {
    const share = calculator.engine.show((out.values[name] / whole) * 100, 0);
    return `${lineOf(calculator, name)}：${out.shown[name]} kg-CO₂（合計の${share}％）。${oneLess(calculator, out, name)}`;
  }

  function oneLess(calculator, { used, scope }, name) {
    const units = [...new Set(used[name].map((mark) => scope.unit(mark)[0].split("/")[1]))];
    if (units.length !== 1) return "";
    const weight = used[name].reduce((sum, mark) => sum + scope.number(mark), 0);
    return `1 ${units[0]}減らすと、${calculator.engine.showTyped(Math.round(weight * 1e6) / 1e6)} kg-CO₂減ります。`;
  }

  root.offsetCalculatorResident = { start, show };
})(typeof window === "undefined" ? globalThis : window);
