/* What calculators exchange with other programs: tables pasted from a spreadsheet, saved files, CSV. Loaded on first use.
 * The build adds the names and sources of the factors below: offsetCalculatorExchange.sources. */
(function (root) {
  "use strict";

  const plain = (text) => text.normalize("NFKC").replace(/\s+/g, "");

  /* ---------- a table from the clipboard ---------- */

  /** Where a quoted cell that begins at `from` ends, or -1: a quote may also be a letter of the cell. */
  function closing(text, from) {
    for (let at = text.indexOf('"', from + 1); at > 0; at = text.indexOf('"', at + 2))
      if (text[at + 1] !== '"') return at + 1 === text.length || /[\t\r\n]/.test(text[at + 1]) ? at : -1;
    return -1;
  }

  /** Rows of cells of tab-separated text, as spreadsheets write it: quotes around tabs, line breaks and doubled quotes. */
  function readTable(text) {
    const rows = [[]];
    const next = /[\t\r\n]/g;
    let at = 0;
    for (;;) {
      const end = text[at] === '"' ? closing(text, at) : -1;
      next.lastIndex = end < 0 ? at : end + 1;
      const stop = next.exec(text)?.index ?? text.length;
      const cell = end < 0 ? text.slice(at, stop) : text.slice(at + 1, end).replace(/""/g, '"');
      rows[rows.length - 1].push(cell.replace(/[\t\r\n]+/g, " ").trim());
      if (stop === text.length) return rows;
      if (text[stop] !== "\t") rows.push([]);
      at = stop + (text.startsWith("\r\n", stop) ? 2 : 1);
    }
  }

  const SUM = /^(合計|総合計|総計|小計|計|total|grandtotal|subtotal|sum)[:：]?$/i;
  const HEADING = /量|値|数|割合|実績|見込|使用|面積|重さ|重量|金額|kwh|kg|co2|m3|%|単位/i;
  const isSum = (cells, columns) => columns.some((spec, i) => spec.text && SUM.test(plain(cells[i] ?? "")));

  /** A row of headings: no number under an amount, and a word there that names one. */
  function isHeading(cells, columns, engine) {
    const amounts = cells.filter((cell, i) => cell && columns[i] && !columns[i].text);
    const names = (cell) => typeof engine.parseNumber(cell) === "string" && !/^[\d.,−-]/.test(plain(cell));
    return amounts.length > 0 && amounts.every(names) && amounts.some((cell) => HEADING.test(plain(cell)));
  }

  /** {kept, notes}: the rows to enter, and what is not entered. Rows are counted as they were pasted. */
  function sort(table, columns, engine) {
    const kept = [];
    const notes = [];
    let wide = 0;
    table.forEach((cells, i) => {
      if (!cells.some(Boolean)) return;
      const told = `貼り付けた表の${i + 1}行目（${cells.filter(Boolean).join("、").slice(0, 40)}）`;
      if (!kept.length && isHeading(cells, columns, engine)) return notes.push(`${told}は、見出しとみて入れませんでした。`);
      if (isSum(cells, columns)) return notes.push(`${told}は、合計とみて入れませんでした。`);
      if (cells.slice(columns.length).some(Boolean)) wide += 1;
      kept.push(cells);
      const named = columns.some((spec, j) => spec.text && cells[j]);
      if (named && columns.some((spec) => !spec.text) && !columns.some((spec, j) => !spec.text && cells[j])) notes.push(`${told}には、量がありません。`);
    });
    if (wide) notes.push(`${wide}行で、欄より右にある列は入れませんでした。`);
    return { kept, notes };
  }

  /* ---------- a ledger: columns known by their headings, a month a row or a column ---------- */

  const ALSO = { 電力: "電気", プロパン: "LPG", LPガス: "LPG", 揮発油: "ガソリン", 廃棄物: "ごみ", 庁舎: "施設", 名称: "施設", 拠点: "施設", 車両: "車", 登録番号: "車" };
  const UNUSED = /円|料金|金額|税|単価|CO2|備考|契約|基本|最大|(?<!上)下水/i;
  const AMOUNT = /使用量|数量|検針量|給油量|^量/;
  const KIND = /種別|種類|項目|品目|油種|(?:エネルギー|燃料)(?!.*量)/;
  const WHEN = /年月|月分|月度|^月$|対象月|使用月|検針[月日]|期間|年月日|日付/;
  const MONTH = /^(?:(\d{4})年?度?[年/.-]|(?:令和|r)(元|\d{1,2})年?度?[年/.-]|(\d{4})年度?|(?:令和|r)(元|\d{1,2})年度?)?(0?[1-9]|1[0-2])(?:月(?:分|度)?|(?:[/.-]|月)\d{1,2}日?)?$/i;
  const UNITS = { kw: "kW", kwh: "kWh", 千kwh: "千kWh", mwh: "MWh", m3: "m³", 千m3: "千m³", kg: "kg", t: "t", l: "L", kl: "kL", リットル: "L", mj: "MJ", gj: "GJ", tj: "TJ", kcal: "kcal", mcal: "Mcal", gcal: "Gcal" };
  /* heat is billed as such or as what carries it; 光熱費, 発熱量 and 熱中症 are something else */
  const HEAT = /^(?:地域|地域冷暖房の?|供給|受入)?(熱|冷熱|温熱|冷水|温水|蒸気)(?:の?(?:使用|供給|受入|購入))?量?(?:[([［]|$)/;
  const BARE = /^(?:使用量|供給量|数量|量)?[([［]?GJ/i;
  const YEAR = [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3];

  /** [year or "", month]; null for what names no month. A number alone is one only where `bare`. */
  function monthOf(text, bare) {
    const said = plain(text);
    const found = MONTH.exec(said);
    if (!found || (!bare && !/月|[/.-]/.test(said))) return null;
    const era = found[2] ?? found[4];
    const year = found[1] ?? found[3] ?? (era ? String(2018 + (era === "元" ? 1 : Number(era))) : "");
    return [year, Number(found[5])];
  }

  /** The unit that a heading names in brackets or is itself; undefined for none. */
  function unitOf(said) {
    const last = /[([［]([^()[\]［］]*)[)\]］]$/.exec(said)?.[1] ?? said;
    return UNITS[last.toLowerCase()];
  }

  /** The place of the column that a heading or the name of a kind stands for; -1 for none, a text for why it cannot be used. */
  function placeOf(text, columns) {
    const said = Object.entries(ALSO).reduce((words, [other, own]) => words.replace(other, own), plain(text).replace(/^ガス/, "都市ガス"));
    if (!said || UNUSED.test(said)) return -1;
    const unit = unitOf(said);
    const [, carrier] = HEAT.exec(said) ?? [];
    const isNamed = ({ name }) => (name === "熱" ? carrier : said.includes(name));
    const named = columns.filter(isNamed).sort((one, other) => other.name.length - one.name.length)[0];
    if (named && unit && named.unit && unit !== named.unit) return `「${text}」の単位は、欄の単位（${named.unit}）と違います。${named.unit}に直してから貼り付けてください。`;
    if (named?.name === "熱" && /[水気]/.test(carrier) && !unit) return `「${text}」の単位が分からないので、入れませんでした。${named.unit}の量なら、見出しを「熱（${named.unit}）」にしてください。`;
    /* every energy can be told in GJ: alone it is heat only where nothing else is said */
    const [only, ...others] = unit && !named && (unit !== "GJ" || BARE.test(said)) ? columns.filter((column) => column.unit === unit) : [];
    return named?.place ?? (only && !others.length ? only.place : -1);
  }

  const columnsOf = (calculator) =>
    [...calculator.querySelector("template").content.querySelectorAll("input")].map((cell, place) => ({
      place,
      name: plain(cell.getAttribute("aria-label")).replace(/\(.*/, ""),
      unit: calculator.definition.rows.columns[cell.name].unit,
    }));

  /** What each column of a table is: {name, when, kind, amount, places, months, unused, faults}. */
  function headingsOf(cells, columns) {
    const found = { name: -1, when: -1, kind: -1, amount: -1, places: new Map(), months: new Map(), unused: [], faults: [] };
    cells.forEach((cell, i) => {
      const month = monthOf(cell, false);
      const place = month ? -1 : placeOf(cell, columns);
      if (month) found.months.set(i, month);
      else if (typeof place === "string") found.faults.push(place);
      else if (place >= 0 && !columns[place].unit) found.name = found.name < 0 ? i : found.name;
      else if (place >= 0) found.places.set(i, place);
      else if (WHEN.test(plain(cell))) found.when = i;
      else if (KIND.test(plain(cell))) found.kind = i;
      else if (AMOUNT.test(plain(cell))) found.amount = i;
      else if (cell) found.unused.push(cell);
    });
    /* beside kinds, a column of heat is what each kind is worth */
    const worth = found.kind < 0 ? [] : [...found.places].filter(([, place]) => columns[place].unit === "GJ");
    for (const [i] of worth) {
      found.places.delete(i);
      found.unused.push(cells[i]);
    }
    return found;
  }

  /** Columns that go into one field are told: they may be parts of it, or one may hold the other. */
  function togetherTold({ places }, cells, columns) {
    const found = columns.map((column) => [column.name, [...places].filter(([, place]) => place === column.place).map(([i]) => `「${cells[i]}」`)]);
    return found.filter(([, heads]) => heads.length > 1).map(([name, heads]) => `${heads.join("と")}は、足して${name}に入れました。`);
  }

  /** Whether the headings say more than the order of the columns from the one pasted into: months, kinds or another order. */
  function isLedger({ name, when, kind, places, months, faults }, column) {
    const moved = [...places].some(([i, place]) => place !== i + column);
    return (places.size > 0 && (when >= 0 || moved || faults.length > 0)) || faults.length > 0 || (kind >= 0 && name >= 0) || months.size > 2 || (name >= 0 && when >= 0);
  }

  /** {rows, notes}: a row a facility, with the amounts of its months added up; null for a table without such headings. */
  function ledgerOf(calculator, table, column) {
    const columns = columnsOf(calculator);
    if (columns.filter(({ unit }) => !unit).length !== 1) return null;
    const { parseNumber } = calculator.engine;
    const first = table.slice(0, 10).findIndex((cells) => cells.filter(Boolean).length > 1 && isLedger(headingsOf(cells, columns), column));
    if (first < 0) return null;
    const heads = headingsOf(table[first], columns);
    /* a table of one kind says which above it, or lies in the column pasted into */
    const above = table.slice(0, first).flat().map((cell) => placeOf(cell, columns)).find((place) => place >= 0 && columns[place].unit);
    const whole = above ?? (columns[column]?.unit ? column : -1);
    const notes = [...heads.faults, ...togetherTold(heads, table[first], columns)];
    const facilities = new Map();
    let facility = "";
    /* months and kinds of one facility are added up; other rows stay as they are */
    const gathers = heads.when >= 0 || heads.kind >= 0;
    const add = (place, month, text, line) => {
      if (!text) return;
      const owner = gathers ? facility : line;
      const [, held] = facilities.get(owner) ?? facilities.set(owner, [facility, new Map()]).get(owner);
      const one = held.get(place) ?? held.set(place, { parts: [], bad: [], months: new Map() }).get(place);
      const value = parseNumber(text);
      if (typeof value !== "number") return one.bad.push(`${line}行目の「${text.slice(0, 20)}」`);
      one.parts.push(value);
      const key = month?.join("-");
      /* columns of one line are told apart from this */
      if (month) one.months.set(key, [...new Set(one.months.get(key)).add(line)]);
    };
    const lost = new Set();
    table.slice(first + 1).forEach((cells, i) => {
      const line = first + i + 2;
      if (!cells.some(Boolean)) return;
      if (cells.some((cell) => SUM.test(plain(cell ?? "")))) return notes.push(`貼り付けた表の${line}行目は、合計とみて入れませんでした。`);
      facility = (heads.name >= 0 && cells[heads.name]) || facility; // the cells of a name may be merged
      const month = heads.when >= 0 ? monthOf(cells[heads.when] ?? "", true) : null;
      if (heads.when >= 0 && !month) return notes.push(`貼り付けた表の${line}行目は、月が読めないので入れませんでした。`);
      const kind = heads.kind >= 0 ? placeOf(cells[heads.kind] ?? "", columns) : whole;
      if (heads.kind >= 0 && !(kind >= 0)) lost.add(cells[heads.kind] || "（空欄）");
      for (const [at, place] of heads.places) add(place, month, cells[at], line);
      if (heads.amount >= 0 && kind >= 0) add(kind, month, cells[heads.amount], line);
      for (const [at, own] of heads.months) if (kind >= 0) add(kind, own, cells[at], line);
    });
    if (lost.size) notes.push(`どの欄か分からない種類は入れませんでした：${[...lost].slice(0, 5).join("、")}。`);
    if (heads.amount >= 0 && heads.kind < 0 && heads.places.size) heads.unused.push(table[first][heads.amount]);
    else if ((heads.amount >= 0 || heads.months.size) && heads.kind < 0 && whole < 0) notes.push("何の使用量の表かが分かりません。入れたい項目の列の欄に貼り付けてください。");
    if (heads.unused.length) notes.push(`使わなかった列：${heads.unused.slice(0, 5).join("、")}。`);
    const rows = [...facilities.values()].map(([name, held]) => {
      const cells = columns.map(() => "");
      cells[columns.findIndex(({ unit }) => !unit)] = name;
      for (const [place, one] of held) {
        const label = `${name ? name + "の" : ""}${columns[place].name}`;
        if (one.bad.length) notes.push(`${label}：${one.bad.slice(0, 3).join("、")}が数として読めないので、この量は入れませんでした。`);
        else cells[place] = tidy(one.parts.reduce((sum, part) => sum + part, 0));
        notes.push(...monthsTold(label, one.months));
      }
      return cells;
    });
    return { rows, notes };
  }

  /** What is wrong with the months of one amount: those that lack, those there twice. */
  function monthsTold(label, months) {
    if (!months.size) return [];
    const known = [...months.keys()].map((key) => Number(key.split("-").pop()));
    const lacking = YEAR.filter((month) => !known.includes(month));
    const said = (key) => key.replace(/^(\d+)-/, "$1年").replace(/^-/, "") + "月";
    const twice = [...months].filter(([, lines]) => lines.length > 1).map(([key, lines]) => `${said(key)}（${lines.join("行目と")}行目）`);
    return [
      lacking.length && `${label}：${lacking.join("月、")}月がありません。使わなかった月は0とします。`,
      twice.length && `${label}：${twice.join("、")}が重なっています。足して入れました。メーターが2つでなければ、片方を消してください。`,
      months.size > 12 && `${label}：${months.size}か月分あります。1年分に直してください。`,
    ].filter(Boolean);
  }

  /** Rows of cells of a CSV file: quotes, and the separator that its first line has most of. */
  function readCsv(text) {
    const head = text.slice(0, text.search(/[\r\n]|$/));
    const mark = [",", "\t", ";"].sort((one, other) => head.split(other).length - head.split(one).length)[0];
    const rows = [[""]];
    let quoted = false;
    for (let at = 0; at < text.length; at++) {
      const row = rows[rows.length - 1];
      const sign = text[at];
      if (quoted ? sign === '"' : sign === '"' && row[row.length - 1] === "") {
        if (quoted && text[at + 1] === '"') row[row.length - 1] += text[++at];
        else quoted = !quoted;
      } else if (quoted) row[row.length - 1] += sign;
      else if (sign === mark) row.push("");
      else if (sign === "\n" || (sign === "\r" && text[at + 1] !== "\n")) rows.push([""]);
      else if (sign !== "\r") row[row.length - 1] += sign;
    }
    return rows.map((row) => row.map((cell) => cell.replace(/[\t\r\n]+/g, " ").trim()));
  }

  /** The text of a file: UTF-8, else what Windows in Japan writes (CP932). */
  function decoded(bytes) {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder("shift_jis").decode(bytes);
    }
  }

  /** Put a CSV file below the rows that are filled already. */
  function openTable(calculator, text) {
    if (!calculator.table) return calculator.announce("読み込めませんでした。この計算器には、表を入れる行がありません。");
    const filled = calculator.rowTexts().filter((row) => row.some(Boolean));
    calculator.remember();
    calculator.fill(calculator.texts(), filled);
    return bring(calculator, readCsv(text), filled.length, 0, "表のファイルを読み込みました。");
  }

  const MOST_NOTES = 5;
  const MOST_OF_LEDGER = 30;

  function spread(calculator, target, text) {
    const row = target.closest("[data-row]");
    const start = calculator.tableRows().indexOf(row);
    const column = calculator.cells(row).indexOf(target);
    calculator.remember();
    bring(calculator, readTable(text), start, column, "表を貼り付けました。");
  }

  /** Enter a table at a cell: by its headings, or in the order of the columns. */
  function bring(calculator, table, start, column, words) {
    const { columns, max } = calculator.definition.rows;
    const ledger = ledgerOf(calculator, table, column);
    const { kept, notes } = ledger ? { kept: ledger.rows, notes: ledger.notes } : sort(table, Object.values(columns).slice(column), calculator.engine);
    const room = max + 1 - start; // one too many, so that the form says how many may be
    enter(calculator, kept.slice(0, room), start, ledger ? 0 : column);
    // too many: one message, that of the table
    const told = kept.length >= room ? [`${kept.length}行のうち、入れられるのは${room - 1}行までです。`] : notes;
    tell(calculator, shortened(told, ledger ? MOST_OF_LEDGER : MOST_NOTES));
    calculator.settle([...shortened(told, MOST_NOTES), `${words}「元に戻す」で戻せます。`].join(""));
  }

  function enter(calculator, table, start, column) {
    const rows = calculator.tableRows();
    table.forEach((texts, i) => {
      const cells = calculator.cells(rows[start + i] || calculator.addRow([]));
      texts.forEach((value, j) => cells[column + j] && (cells[column + j].value = value));
    });
  }

  const shortened = (notes, most) => (notes.length > most ? [...notes.slice(0, most), `ほかに${notes.length - most}件あります。`] : notes);

  /** What was not entered stays below the table until the next change of it all. */
  function tell(calculator, notes) {
    if (!notes.length) return;
    const place = document.createElement("p");
    place.dataset.told = "";
    place.textContent = notes.join("");
    calculator.querySelector("[data-do=add]").parentElement.before(place);
  }

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

  /** What a file holds, or why it cannot be used. */
  function parse(calculator, text) {
    let data = null;
    try {
      data = JSON.parse(text);
    } catch {
      return "読み込めませんでした。計算器が保存した形（JSON）のファイルではありません。";
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
    const text = decoded(await file.arrayBuffer());
    if (/\.(csv|tsv|txt)$/i.test(file.name)) return openTable(calculator, text);
    const data = parse(calculator, text);
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

  root.offsetCalculatorExchange = { spread, save, read, csv, guarded, readTable, nameOf, sourceOf };
})(typeof window === "undefined" ? globalThis : window);
