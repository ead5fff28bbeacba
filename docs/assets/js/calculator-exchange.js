/* What calculators exchange with other programs: saved files and CSV. Loaded on first use.
 * The build adds the names and sources of the factors below: offsetCalculatorExchange.sources. */
(function (root) {
  "use strict";

  /* ---------- saved files ---------- */

  const VERSION = 1;
  const LARGEST = 1000000;
  const CLOSE = 1e-9;
  const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isText = (value) => typeof value === "string" || typeof value === "number";
  const parts = () => root.offsetCalculatorMore.parts;

  const numbersUsed = ({ used, scope }) => Object.fromEntries([...new Set(Object.values(used).flat())].map((mark) => [mark.slice(1), scope.number(mark)]));

  function save(calculator) {
    const { dataset, outcome } = calculator;
    const data = {
      calculator: dataset.calculator,
      version: VERSION,
      factors_checked: dataset.version,
      inputs: calculator.texts(),
      rows: calculator.rowTexts(),
      helpers: calculator.helperTexts?.(),
      results: outcome.values,
      factors: numbersUsed(outcome),
    };
    calculator.saved?.();
    parts().download(calculator, dataset.calculator + ".json", JSON.stringify(data, null, 1), "application/json");
  }

  const TABLES = "表は、CSVのファイル（.csv）なら読み込めます。";
  /* the first bytes of what offices have at hand */
  const KINDS = [
    [[0x50, 0x4b, 3, 4], "Excel（.xlsx）などのファイルです。"],
    [[0xd0, 0xcf, 0x11, 0xe0], "Excel（.xls）などのファイルです。"],
    [[0x25, 0x50, 0x44, 0x46], "PDFのファイルです。"],
  ];

  /** What a file is that no calculator reads, and what to do; "" for a text. */
  function otherKind(calculator, bytes) {
    const [, said] = KINDS.find(([head]) => head.every((byte, i) => bytes[i] === byte)) ?? [];
    if (!said) return "";
    if (!calculator.table) return `${said}この計算器で「保存」したファイル（.json）を選んでください。`;
    return said + (said.startsWith("PDF") ? "もとの表をCSVで保存したものを選んでください。" : "Excelで「名前を付けて保存」を選び、種類を「CSV」にして保存してから、そのファイルを選んでください。");
  }

  /** What a file holds, or why it cannot be used. */
  function parse(calculator, text) {
    let data = null;
    try {
      data = JSON.parse(text);
    } catch {
      return `読み込めませんでした。計算器が保存した形（JSON）のファイルではありません。${calculator.table ? TABLES : ""}`;
    }
    if (!isRecord(data) || typeof data.calculator !== "string" || !isRecord(data.inputs)) return "読み込めませんでした。計算器で保存したファイルではありません。";
    if (data.calculator !== calculator.dataset.calculator) return `読み込めませんでした。ほかの計算器（${data.calculator.slice(0, 40)}）で保存したファイルです。`;
    return data;
  }

  /** {texts, rows, notes}: what can be entered, and what cannot. */
  function sound(calculator, data) {
    const { inputs, rows: table } = calculator.definition;
    const names = Object.keys(data.inputs);
    const known = names.filter((name) => Object.hasOwn(inputs, name));
    const good = known.filter((name) => isText(data.inputs[name]));
    const given = Array.isArray(data.rows) ? data.rows : [];
    const width = table ? Object.keys(table.columns).length : 0;
    const isRow = (row) => Array.isArray(row) && row.length <= width && row.every(isText);
    const bad = given.flatMap((row, i) => (isRow(row) ? [] : [i + 1]));
    const rows = given.filter(isRow).map((row) => row.map(String));
    const notes = [];
    if (known.length < names.length) notes.push(`この計算器にない欄が${names.length - known.length}個あり、入れませんでした。`);
    if (good.length < known.length) notes.push(`値の形が正しくない欄が${known.length - good.length}個あり、入れませんでした。`);
    if (data.rows !== undefined && !Array.isArray(data.rows)) notes.push("行の一覧の形が正しくないため、行は入れませんでした。");
    if (bad.length) notes.push(`形が正しくない行が${bad.length}行あり（${bad.slice(0, 10).join("、")}行目${bad.length > 10 ? "ほか" : ""}）、入れませんでした。`);
    if (table && rows.length > table.max + 1) notes.push(`${rows.length}行のうち、はじめの${table.max + 1}行だけを入れました。`);
    return { texts: Object.fromEntries(good.map((name) => [name, String(data.inputs[name])])), rows: rows.slice(0, (table?.max ?? 0) + 1), notes };
  }

  const differs = (before, now) => before !== now && !(Math.abs(before - now) <= CLOSE * Math.max(Math.abs(before), Math.abs(now)));

  /** [label, before, now] of each result and factor that would not be what the file says. */
  function changes(calculator, data, found) {
    const { definition, engine } = calculator;
    const absent = Object.entries(definition.inputs).flatMap(([name, spec]) => (spec.absent ? [[name, spec.absent[0]]] : []));
    const now = engine.run(definition, { ...Object.fromEntries(absent), ...found.texts }, found.rows);
    const known = isRecord(data.results) ? data.results : {};
    const said = (value, digits, unit) => (typeof value === "number" ? `${engine.show(value, digits)} ${unit}` : "―");
    const lines = definition.lines.map((line) => ["line_" + line.id, 1, line.unit]);
    const results = definition.results.map((result) => [result.id, result.digits, result.unit]);
    const outputs = [...results, ...lines]
      .map(([name, digits, unit]) => [calculator.labelOf(name), known[name] ?? null, now.values[name], digits, unit])
      .filter(([, before, after]) => differs(before, after))
      .map(([label, before, after, digits, unit]) => [label, said(before, exact(before, after, digits), unit), said(after, exact(before, after, digits), unit)]);
    const numbers = isRecord(data.factors) ? data.factors : {};
    const factors = Object.entries(numbersUsed(now))
      .filter(([id, value]) => typeof numbers[id] === "number" && differs(numbers[id], value))
      .map(([id, value]) => [`係数（${nameOf(id)}）`, tidy(numbers[id]), tidy(value)]);
    return [...outputs, ...factors];
  }

  /** Two numbers that look alike are told with all their places. */
  function exact(before, after, digits) {
    const alike = typeof before === "number" && typeof after === "number" && before.toFixed(digits) === after.toFixed(digits);
    return alike ? 9 : digits;
  }

  async function read(calculator, file) {
    if (file.size > LARGEST) return calculator.announce(`読み込めませんでした。ファイルが大きすぎます（${LARGEST / 1000000} MBまで）。`);
    const bytes = await file.arrayBuffer();
    const other = otherKind(calculator, new Uint8Array(bytes));
    if (other) return calculator.announce(`読み込めませんでした。${other}`);
    if (/\.(csv|tsv|txt)$/i.test(file.name)) return parts().openTable(calculator, bytes);
    const data = parse(calculator, new TextDecoder().decode(bytes));
    if (typeof data === "string") return calculator.announce(data);
    const found = { ...sound(calculator, data), helpers: data.helpers };
    const made = madeOtherwise(calculator, data);
    await root.offsetCalculatorMore.knowing(calculator, found.texts);
    const list = made || isRecord(data.results) ? changes(calculator, data, found) : [];
    return list.length ? ask(calculator, made, list, found) : take(calculator, found, made);
  }

  function madeOtherwise(calculator, data) {
    const word = (value) => (isText(value) ? String(value).slice(0, 40) : "不明");
    const { version } = calculator.dataset;
    const other = data.version === VERSION ? "" : `ファイルの版が${word(data.version)}です（この計算器は${VERSION}）。`;
    return other + (data.factors_checked === version ? "" : `係数の確認日が${word(data.factors_checked)}のときに保存したファイルです（いまは${version}）。`);
  }

  function take(calculator, { texts, rows, notes, helpers }, made) {
    calculator.querySelector("[data-output]").replaceChildren();
    calculator.remember();
    calculator.fill(texts, rows, true);
    calculator.settle(`読み込みました。「元に戻す」で戻せます。${made && `${made}入れた値と結果は変わりません。`}${notes.join("")}`);
    calculator.saved?.();
    if (isRecord(helpers) && Object.keys(helpers).length && calculator.dataset.helpers) root.offsetCalculatorMore.withHelpers((part) => restore(calculator, part, helpers))(calculator);
    if (notes.length) remark(calculator, notes.join(""));
  }

  /** What a file says of how its amounts came about; where that gives another amount today, the file's amount stands alone. */
  function restore(calculator, part, saved) {
    for (const [name, list] of Object.entries(saved)) {
      if (!part.waysFor(calculator, name).length || !Array.isArray(list)) continue;
      const parts = list.map((one) => partOf(calculator, part, name, one));
      const { value } = calculator.field(name);
      if (parts.every(Boolean)) part.keep(calculator, name, parts, (value.split(".")[1] ?? "").length);
    }
    calculator.compute(true);
  }

  function partOf(calculator, part, name, one) {
    if (!isRecord(one)) return null;
    if (typeof one.text === "string") return part.typedPart(one.text);
    if (!part.waysFor(calculator, name).includes(one.id) || !isRecord(one.texts)) return null;
    const texts = Object.entries(one.texts).filter(([, text]) => typeof text === "string");
    return part.reckon(calculator, one.id, Object.fromEntries(texts)).part;
  }

  function remark(calculator, text) {
    const note = document.createElement("p");
    note.dataset.told = "";
    note.textContent = text;
    calculator.querySelector("[data-output]").replaceChildren(note);
  }

  /** Nothing is recomputed before the reader has seen both numbers. */
  function ask(calculator, made, list, found) {
    const { notes } = found;
    remark(calculator, `${made || "ファイルの結果が、いまの計算と合いません。"}計算し直すと、次のように変わります。まだ何も変えていません。${notes.join("")}`);
    const place = calculator.querySelector("[data-output]");
    const table = document.createElement("table");
    table.createCaption().textContent = "読み込むと変わる値";
    parts().addRow(table, "th", ["項目", "ファイル", "いまの係数と式"]);
    list.forEach((texts) => parts().addRow(table, "td", texts));
    const buttons = document.createElement("p");
    const yes = button("計算し直して読み込む", () => take(calculator, found, "") || focusOn(calculator));
    const no = button("読み込まない", () => {
      place.replaceChildren();
      focusOn(calculator);
      calculator.announce("読み込みませんでした。入れた値はそのままです。");
    });
    buttons.append(yes, " ", no);
    place.append(table, buttons);
    calculator.announce("読み込むと値が変わります。変わる値を下に示しました。");
    yes.focus();
  }

  const focusOn = (calculator) => calculator.querySelector("[data-do=load]").focus();

  function button(label, act) {
    const one = document.createElement("button");
    one.type = "button";
    one.textContent = label;
    one.addEventListener("click", act);
    return one;
  }

  /* ---------- CSV: one table, a value a cell ---------- */

  const HEAD = ["section", "id", "row", "label", "value", "shown", "unit", "text", "arithmetic", "source", "date", "link"];

  /** The shortest decimal without the noise of binary fractions. */
  const tidy = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(12))) : "");
  const asShown = (text) => text.replace(/,/g, "").replace("−", "-");

  /** A text that a spreadsheet might run as a formula, marked as a text. */
  const guarded = (text) => (/^[\s\u0000-\u001f]*[=+\-@＝＋－＠﹢﹣﹦﹫]|^[\t\r\n]/.test(text) ? "'" + text : text);

  /** CO₂ and m³ as programs read them. */
  const ascii = (text) => text.replace(/(?<=[A-Za-z])[₂₃₄₆²³]/g, (sign) => sign.normalize("NFKC"));

  /** One cell; numbers stand as they are. */
  function cell(text, name) {
    const isNumber = (name === "value" || name === "shown") && /^-?\d/.test(text);
    const safe = isNumber ? text : guarded(ascii(text));
    return /[",;\t\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }

  const record = (section, id, more) => ({ section, id, ...more });
  const amount = (text, engine) => {
    const value = engine.parseNumber(text);
    return typeof value === "number" ? { value: tidy(value), shown: tidy(value) } : { text };
  };

  function inputRecords(calculator) {
    const { inputs } = calculator.definition;
    return parts().entered(calculator).map(([name, label, text]) => {
      const spec = inputs[name];
      const said = spec.unit ? { unit: spec.unit, ...amount(text, calculator.engine) } : { text: name === "factors" ? calculator.field(name).value : text };
      return record("input", name, { label, ...said });
    });
  }

  function rowRecords(calculator) {
    const { rows: table } = calculator.definition;
    const { rows, rowsShown } = calculator.outcome;
    return calculator.tableRows().flatMap((row, i) => {
      const label = (name) => row.querySelector(`[name="${name}"]`).getAttribute("aria-label");
      const typed = Object.entries(table.columns).map(([name, spec], j) => {
        const text = calculator.cells(row)[j].value;
        return text && record("row", name, { row: i + 1, label: label(name), ...(spec.text ? { text } : { unit: spec.unit, ...amount(text, calculator.engine) }) });
      });
      const given = table.results.map(({ id, unit }) => rowsShown[i]?.[id] && record("row", id, { row: i + 1, label: label(id), value: tidy(rows[i][id]), shown: asShown(rowsShown[i][id]), unit }));
      return [...typed, ...given].filter(Boolean);
    });
  }

  function outputRecords(calculator, section, list) {
    const { values } = calculator.outcome;
    return list.map(([id, label, shown, unit, arithmetic]) => record(section, id, { label, value: tidy(values[id]), shown: asShown(shown), unit, arithmetic }));
  }

  function factorRecords(calculator) {
    const { scope } = calculator.outcome;
    return parts().factors(calculator).map(([id, unit, , link]) => {
      const value = tidy(scope.number("#" + id));
      const [source, date] = sourceOf(id, scope.chosen("factors"));
      return record("factor", id, { label: nameOf(id), value, shown: value, unit, source, date, link });
    });
  }

  const about = (id) => root.offsetCalculatorExchange.sources?.factors[id];
  const nameOf = (id) => about(id)?.[0] ?? root.offsetCalculatorSuppliers?.tell(id)?.[0] ?? id;

  /** [source, date] of the value that counts in a set. */
  function sourceOf(id, set) {
    const supplied = root.offsetCalculatorSuppliers?.tell(id, set);
    if (supplied) return supplied.slice(1);
    const [, now, others] = about(id) ?? [];
    const [source, date] = others?.[set] ?? now ?? ["", ""];
    return [root.offsetCalculatorExchange.sources?.titles[source] ?? "", date];
  }

  function csv(calculator) {
    const { calculator: id, version } = calculator.dataset;
    const { title, lines, results, download } = parts();
    const records = [
      record("info", "calculator", { label: title(calculator), text: id }),
      record("info", "factors_checked", { label: "係数の確認日", date: version }),
      ...inputRecords(calculator),
      ...rowRecords(calculator),
      ...outputRecords(calculator, "line", lines(calculator)),
      ...outputRecords(calculator, "result", results(calculator)),
      ...parts().notCounted(calculator).map((text) => record("info", "not_counted", { label: parts().UNCOUNTED, text })),
      ...parts().derivations(calculator).map(([label, text, id]) => record("derived", id, { label: `${parts().DERIVED}（${label}）`, text })),
      ...factorRecords(calculator),
    ];
    const table = [HEAD, ...records.map((one) => HEAD.map((name) => cell(String(one[name] ?? ""), name)))];
    download(calculator, id + ".csv", "\ufeff" + table.map((row) => row.join(",")).join("\r\n") + "\r\n", "text/csv");
  }

  /* ---------- the results in the form of a municipality's action plan: activity × gas, in tonnes ---------- */

  const REPORT = ["活動の区分", "項目", "活動量", "排出係数", "CO₂（t-CO₂）", "CH₄", "N₂O", "合計（t-CO₂）", "出典"];
  const REPORT_CSV = ["年度", "活動の区分", "項目", "活動量", "単位", "排出係数", "排出係数の単位", "ガス", "排出量（t-CO₂）", "係数の出典", "係数の日付"];

  /** The names of the factors in the second part of `amount * factor`; `=field` for a value of one's own. */
  function marksOf(tree, scope) {
    if (typeof tree === "string") return [tree];
    if (!Array.isArray(tree)) return [];
    return tree[0] === "lookup" ? [scope.target(tree[1], tree[2])] : tree.slice(1).flatMap((part) => marksOf(part, scope));
  }

  /** [{title, apart, t, lines: [{label, amount, unit, factor, per, t, sources, dates}]}] of what is counted. */
  function reported(calculator) {
    const { definition, engine, outcome } = calculator;
    const { scope, values } = outcome;
    const line = (id) => {
      const [, amountTree, factorTree] = definition.lines.find((one) => one.id === id).formula;
      const marks = marksOf(factorTree, scope);
      const per = scope.unit(marks[0].replace(/^=/, ""))[0];
      const told = marks.map((mark) => (mark[0] === "=" ? ["自分で入れた係数", ""] : sourceOf(mark.slice(1), scope.chosen("factors"))));
      const [sources, dates] = [0, 1].map((i) => [...new Set(told.map((one) => one[i]))].filter(Boolean).join("、"));
      const [amount, factor] = [amountTree, factorTree].map((tree) => engine.evaluate(tree, scope));
      return { label: calculator.labelOf("line_" + id), amount, factor, per, unit: per.split("/")[1], t: values["line_" + id] / 1000, sources, dates };
    };
    return root.offsetCalculatorExchange.reports[calculator.dataset.calculator].activities
      .map(({ title, apart, lines }) => ({ title, apart, lines: lines.filter((id) => values["line_" + id] !== null).map(line) }))
      .map((one) => ({ ...one, t: one.lines.reduce((sum, { t }) => sum + t, 0) }))
      .filter(({ lines }) => lines.length);
  }

  const yearOf = (calculator) => calculator.field("fiscal_year").value.trim();
  const rounded = (value) => Number(value.toPrecision(12));

  /** Sources stand below the table, each once: in a column they would make every row five times as high. */
  const sourcesOf = (found) => [...new Set(found.flatMap(({ lines }) => lines.map(sourceText)))].filter(Boolean);
  const sourceText = ({ sources, dates }) => sources + (dates && `（適用 ${dates.split("、").map((date) => `${date}から`).join("、")}）`);

  function reportRows(calculator, found) {
    const { showTyped, show } = calculator.engine;
    const known = sourcesOf(found);
    const tonnes = (t) => [show(t, 3), "―", "―", show(t, 3)];
    const sum = (list) => list.reduce((whole, { t }) => whole + t, 0);
    const [own, apart] = [false, true].map((kind) => found.filter((one) => Boolean(one.apart) === kind));
    const rows = (list) =>
      list.flatMap(({ title, t, lines }) => [
        ...lines.map((one) => [title, one.label, `${showTyped(rounded(one.amount))} ${one.unit}`, `${showTyped(rounded(one.factor))} ${one.per}`, ...tonnes(one.t), "出典" + (known.indexOf(sourceText(one)) + 1)]),
        ...(lines.length > 1 ? [[title, "小計", "", "", ...tonnes(t), ""]] : []),
      ]);
    const total = (label, list) => (list.length ? [[label, "", "", "", ...tonnes(sum(list)), ""]] : []);
    const both = own.length && apart.length ? total("計算器の合計", found) : [];
    return [...rows(own), ...total("燃料・電気・熱の合計", own), ...rows(apart), ...total("別に示す区分の合計", apart), ...both];
  }

  function report(calculator) {
    const { addRow, title, WORDS } = parts();
    if (calculator.outcome.values.total_kg === null) return calculator.announce(WORDS.nothing);
    const found = reported(calculator);
    const rows = reportRows(calculator, found);
    const { notes } = root.offsetCalculatorExchange.reports[calculator.dataset.calculator];
    const year = yearOf(calculator) || "年度の記入なし";
    const caption = `事務事業編の区分による排出量（${year}）`;
    const table = document.createElement("table");
    table.createCaption().textContent = caption;
    addRow(table, "th", REPORT);
    rows.forEach((texts) => addRow(table, "td", texts));
    const scroller = document.createElement("div");
    scroller.dataset.scroll = "";
    scroller.tabIndex = 0;
    scroller.setAttribute("role", "region");
    scroller.setAttribute("aria-label", caption);
    scroller.append(table);
    const list = document.createElement("ul");
    const told = [...sourcesOf(found).map((one, i) => `出典${i + 1}　${one}`), ...notes, ...parts().derivations(calculator).map(([label, text]) => `活動量の出し方（${label}）：${text}`), "四捨五入のため、行の和と合計が合わないことがあります。"];
    list.append(...told.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    list.style.overflowWrap = "anywhere"; // addresses
    const whole = document.createElement("section");
    whole.dataset.report = "";
    whole.append(scroller, list);
    const text = () => [`${title(calculator)}　${caption}`, ...[REPORT, ...rows].map((row) => row.join("\t")), ...told].join("\n");
    const copied = document.createElement("div");
    const buttons = document.createElement("p");
    buttons.append(
      button("表をコピー", () => copy(calculator, copied, text())),
      " ",
      button("表をCSVにする", () => reportCsv(calculator, found)),
    );
    calculator.querySelector("[data-output]").replaceChildren(whole, buttons, copied);
    return calculator.announce("事務事業編の区分の表を下に示しました。「印刷する」で、この表も印刷されます。");
  }

  /** The table stays: the text to copy stands below it. */
  async function copy(calculator, place, text) {
    const area = document.createElement("textarea");
    Object.assign(area, { value: text, readOnly: true, ariaLabel: "表の文" });
    place.replaceChildren(area);
    area.select();
    calculator.announce(await parts().copy(text));
  }

  function reportCsv(calculator, found) {
    const year = yearOf(calculator);
    const rows = found.flatMap(({ title, lines }) =>
      lines.map(({ label, amount, unit, factor, per, t, sources, dates }) => [year, title, label, tidy(amount), unit, tidy(factor), per, "CO₂", tidy(t), sources, dates]),
    );
    const numbers = [3, 5, 8];
    const table = [REPORT_CSV, ...rows].map((row, i) => row.map((one, j) => cell(one, i && numbers.includes(j) ? "value" : "")).join(","));
    parts().download(calculator, `${calculator.dataset.calculator}-report.csv`, "\ufeff" + table.join("\r\n") + "\r\n", "text/csv");
  }

  root.offsetCalculatorExchange = { save, read, csv, report, guarded, nameOf, sourceOf };
})(typeof window === "undefined" ? globalThis : window);
