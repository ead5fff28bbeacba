/* What calculators do on request: link, file, CSV, texts to copy, comparison, print. Loaded on first use. */
(function (root) {
  "use strict";

  const WORDS = {
    copied: "写しました。",
    select: "下の欄を選んで写してください。",
    saved: "ファイルに保存しました。",
    loaded: "読み込みました。",
    unreadable: "読み込めませんでした。この計算器で保存したファイルを選んでください。",
    kept: "いまの結果を覚えました。欄を変えてから、もう一度「2つを比べる」を押すと比べられます。",
    compared: "覚えた結果と比べました。",
    first: "1つ目",
    second: "2つ目",
    other: "この計算器は排出量の合計を出さないため、公表文の案はありません。「結果を文で写す」を使ってください。",
    nothing: "結果がまだありません。欄に入れてから使ってください。",
  };

  /* ---------- what is on the form, in words ---------- */

  const labelOf = (calculator, name) => calculator.field(name).labels[0].firstChild.data;

  /** [id, label, text] of every field that says something. */
  function entered(calculator) {
    const { inputs } = calculator.definition;
    return Object.entries(inputs)
      .filter(([name]) => !calculator.field(name).closest("[hidden]") && calculator.field(name).value)
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
      const link = table && new URL(table + mark, location.href).href;
      return [mark.slice(1), scope.unit(mark)[0], calculator.engine.showTyped(scope.number(mark)), link];
    });
  }

  const title = (calculator) => calculator.form.getAttribute("aria-label");

  /* ---------- giving a text away ---------- */

  /** Show a text to select and copy; also copy it where the browser lets us. */
  async function give(calculator, text, label) {
    calculator.offer(text, label);
    calculator.announce(await copy(text));
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

  /** What of a query is sound: {accent, title, org, lock}. */
  function readQuery(search, definition) {
    const query = new URLSearchParams(search);
    const known = (id) => Object.prototype.hasOwnProperty.call(definition.inputs, id);
    const accent = query.get("accent");
    return {
      accent: readable(accent, [255, 255, 255]) && accent.toLowerCase(),
      title: shortName(query.get("title")),
      org: shortName(query.get("org")),
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
    asked.lock.forEach((name) => lock(calculator, name));
  }

  function paint(accent) {
    const ground = getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g).slice(0, 3).map(Number);
    if (accent) document.documentElement.style.setProperty("--accent", readable(accent, ground));
  }

  /** A locked field keeps its value; one whose value is wrong stays open, or nobody could mend it. */
  function lock(calculator, name) {
    const field = calculator.field(name);
    if (field.getAttribute("aria-invalid")) return;
    field.dataset.locked = "";
    field[field.localName === "select" ? "disabled" : "readOnly"] = true;
    const mark = document.createElement("small");
    mark.textContent = "設置者が決めた値です。";
    field.before(mark);
  }

  /* ---------- rows from a spreadsheet ---------- */

  function spread(calculator, target, text) {
    const rows = () => calculator.tableRows();
    const row = target.closest("[data-row]");
    const start = rows().indexOf(row);
    const column = calculator.cells(row).indexOf(target);
    const most = calculator.definition.rows.max + 1 - start;
    text.replace(/\r/g, "").replace(/\n$/, "").split("\n").slice(0, most).forEach((line, i) => {
      const cells = calculator.cells(rows()[start + i] || calculator.addRow([]));
      line.split("\t").forEach((value, j) => cells[column + j] && (cells[column + j].value = value));
    });
    calculator.settle();
  }

  /* ---------- the actions ---------- */

  function link(calculator) {
    const here = location.href.replace(/#.*/, "") + calculator.fragment();
    try {
      history.replaceState(null, "", here);
    } catch {
      /* a sandboxed frame may not change its address */
    }
    return give(calculator, here, "リンク");
  }

  function save(calculator) {
    const data = { calculator: calculator.dataset.calculator, version: 1, factors_checked: calculator.dataset.version, inputs: calculator.texts(), rows: calculator.rowTexts() };
    download(calculator, calculator.dataset.calculator + ".json", JSON.stringify(data, null, 1), "application/json");
  }

  function load(calculator) {
    const picker = document.createElement("input");
    picker.type = "file";
    picker.accept = ".json,application/json";
    picker.addEventListener("change", async () => {
      calculator.announce(read(calculator, await picker.files[0].text()) ? WORDS.loaded : WORDS.unreadable);
    });
    picker.click();
  }

  function read(calculator, text) {
    try {
      const data = JSON.parse(text);
      if (data.calculator !== calculator.dataset.calculator || typeof data.inputs !== "object" || !data.inputs) return false;
      const rows = Array.isArray(data.rows) ? data.rows.filter(Array.isArray).map((row) => row.map(String)) : [];
      calculator.fill(data.inputs, rows);
      calculator.settle();
      return true;
    } catch {
      return false;
    }
  }

  /** One CSV cell; a leading = + - @ is kept from being run as a formula by spreadsheets. */
  function cell(text) {
    const safe = /^[=+@\t\r]|^-(?!\d)/.test(text) ? "'" + text : String(text);
    return /[",\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }

  function csv(calculator) {
    const head = ["section", "id", "label", "value", "unit", "arithmetic"];
    const info = [["info", "calculator", title(calculator), calculator.dataset.calculator, "", ""], ["info", "factors_checked", "係数の確認日", calculator.dataset.version, "", ""]];
    const fields = entered(calculator).map(([name, label, text]) => ["input", name, label, name === "factors" ? calculator.field(name).value : text, calculator.definition.inputs[name].unit || "", ""]);
    const cells = calculator.rowTexts().map((row, i) => ["row", i + 1, row.join(" / "), Object.values(calculator.outcome.rowsShown[i] || {}).join(" / "), "", ""]);
    const used = factors(calculator).map(([id, unit, value, link]) => ["factor", id, "", value, unit, link]);
    const table = (kind, list) => list.map(([name, label, , unit, steps]) => [kind, name, label, calculator.outcome.values[name], unit, steps]);
    const all = [head, ...info, ...fields, ...cells, ...table("line", lines(calculator)), ...table("result", results(calculator)), ...used];
    const text = "\ufeff" + all.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
    download(calculator, calculator.dataset.calculator + ".csv", text, "text/csv");
  }

  function text(calculator) {
    const shown = [...lines(calculator), ...results(calculator)];
    if (!shown.length) return calculator.announce(WORDS.nothing);
    const rows = [
      said(calculator, "title") || title(calculator),
      ...entered(calculator).map(([, label, value]) => `${label}：${value}`),
      "",
      ...shown.map(([, label, , , steps]) => `${label}：${steps}`),
      "",
      `係数の確認日：${calculator.dataset.version}`,
      ...factors(calculator).map(([, unit, value, link]) => `${value} ${unit}　${link}`),
    ];
    return give(calculator, rows.join("\n"), "結果の文");
  }

  /** A draft: what the tonnes are of, how many of how many, which credits, and blanks for what only the office knows. */
  function statement(calculator) {
    const { shown, values } = calculator.outcome;
    if (!shown.total_kg) return calculator.announce(results(calculator).length ? WORDS.other : WORDS.nothing);
    const tonnes = (kg) => `${calculator.engine.show(kg / 1000, 3)} t-CO2`;
    const done = [values.offset_kg, values.allotted_total_kg, values.covered_kg].find((kg) => typeof kg === "number");
    const sentences = [
      `${said(calculator, "title") || "（件名）"}${said(calculator, "fiscal_year") ? `（${said(calculator, "fiscal_year")}）` : "（年度）"}の二酸化炭素の排出量を計算しました。`,
      `計算の範囲は「${said(calculator, "boundary")}」で、時期は「${said(calculator, "stage")}」です。${said(calculator, "factors") ? `係数は「${said(calculator, "factors")}」を使いました。` : ""}`,
      values.lca_kg ? `排出量には、ライフサイクル（LCA）の値が${shown.lca_kg} kg-CO2含まれます。` : "",
      reduced(calculator),
      done === undefined ? "" : `排出量${tonnes(values.total_kg)}のうち${tonnes(done)}${values.total_kg - done > 1e-9 ? "（一部）" : ""}を、クレジット（種類：${said(calculator, "credit_type")}）で埋め合わせます。`,
      "クレジットのプロジェクト名：（　）　認証番号・シリアル番号：（　）　無効化日：　　年　　月　　日",
    ];
    return give(calculator, sentences.filter(Boolean).join("\n"), "公表文の案");
  }

  /** Before the event a reduction is a plan; afterwards what was emitted already holds it. */
  function reduced(calculator) {
    const kg = said(calculator, "reduction_kg");
    if (!kg || kg === "0") return "先にした削減の取り組み：（ここに書く）";
    const actual = calculator.form.elements.stage.value === "actual";
    return `先に（減らした取り組みを書く）により${kg} kg-CO2を${actual ? "減らしました" : "減らす計画です"}。`;
  }

  /** First use keeps the results at hand, second use sets them beside the new ones. */
  function compare(calculator) {
    const now = new Map([...lines(calculator), ...results(calculator)].map((one) => [one[0], one]));
    if (!calculator.kept) {
      calculator.kept = now;
      return calculator.announce(now.size ? WORDS.kept : WORDS.nothing);
    }
    const table = document.createElement("table");
    addRow(table, "th", ["項目", WORDS.first, WORDS.second, calculator.definition.words.difference]);
    const [before, after] = [calculator.kept, now];
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const [one, two] = [before.get(name), after.get(name)];
      addRow(table, "td", [(one || two)[1], one ? `${one[2]} ${one[3]}` : "―", two ? `${two[2]} ${two[3]}` : "―", difference(one, two)]);
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
      [SHEET.rows, rows.filter(([, text]) => text)],
      [SHEET.lines, lines(calculator).map(last)],
      [SHEET.results, results(calculator).map(last)],
      [SHEET.factors, factors(calculator).map(([id, unit, value, link]) => [`${nameOf(id)} ${value} ${unit}`, `${sourceOf(id)} ${link}`])],
    ].filter(([, list]) => list.length);
  }

  /* the page's table of factors knows their names and sources; a frame has only the main ones */
  const factorRow = (id) => document.querySelector(`[data-factor="${id}"]`);
  const nameOf = (id) => (factorRow(id) ? factorRow(id).cells[0].textContent : id);
  const sourceOf = (id) => (factorRow(id) && factorRow(id).cells[4] ? `${factorRow(id).cells[4].textContent}　` : "");

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
    whole.append(head, place, table);
    calculator.form.append(whole);
  }

  /** Print the sheet alone; the page around it comes back afterwards. */
  function print(calculator) {
    if (calculator.engine.sealed) return text(calculator);
    if (!calculator.querySelector("[data-paper]")) paper(calculator);
    const day = new Date();
    calculator.querySelector("[data-today]").textContent = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
    calculator.querySelector("[data-sheet]").replaceChildren(...sheet(calculator).map(sheetTable));
    document.documentElement.dataset.printing = calculator.dataset.calculator;
    root.addEventListener("afterprint", () => delete document.documentElement.dataset.printing, { once: true });
    return root.print();
  }

  root.offsetCalculatorMore = { dress, readQuery, readable, shortName, spread, link, save, load, csv, text, statement, compare, print, read };
})(typeof window === "undefined" ? globalThis : window);
