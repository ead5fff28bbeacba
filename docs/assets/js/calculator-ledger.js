/* Tables of a spreadsheet, pasted or opened as a file: what each column and row is, by its headings. Loaded on first use.
 * An amount is entered where its heading says what it is, in the unit of the field or one that converts exactly;
 * all else is told with its place. read() takes cells and columns alone: tests/ledger runs it on Node. */
(function (root) {
  "use strict";

  const plain = (text) => text.normalize("NFKC").replace(/\s+/g, "");
  const filled = (cells) => cells.filter(Boolean);
  const widthOf = (rows) => rows.reduce((most, cells) => Math.max(most, cells.length), 0);
  /** The shortest decimal without the noise of binary fractions. */
  const tidy = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(12))) : "");
  /** Put a value into the list of a key. */
  const into = (map, key, value) => (map.get(key) ?? map.set(key, []).get(key)).push(value);
  const few = (list, most = 5) => [...new Set(list)].slice(0, most).join("、") + (new Set(list).size > most ? "ほか" : "");

  /* ---------- cells of a text ---------- */

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

  /** Rows of cells of a CSV file: quotes, and the separator that the widest of its first lines has most of. */
  function readCsv(text) {
    const heads = text.slice(0, 20000).split(/[\r\n]+/, 20);
    const widest = (mark) => Math.max(...heads.map((line) => line.split(mark).length));
    /* amounts have commas too: a tab in half of the lines is the separator */
    const tabbed = filled(heads).filter((line) => line.includes("\t")).length * 2 > filled(heads).length;
    const mark = tabbed ? "\t" : [",", "\t", ";"].sort((one, other) => widest(other) - widest(one))[0];
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

  /** The text of a file: what a byte order mark says, else UTF-8, else what Windows in Japan writes (CP932). */
  function decoded(bytes) {
    const [first, second] = new Uint8Array(bytes);
    const marked = { "255,254": "utf-16le", "254,255": "utf-16be" }[[first, second]];
    if (marked) return new TextDecoder(marked).decode(bytes);
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return new TextDecoder("shift_jis").decode(bytes);
    }
  }

  /* ---------- units and amounts ---------- */

  /** A unit as it is written: [the unit of a field, how many of it]. */
  const UNITS = Object.fromEntries(
    [
      ["kWh", 1, "kwh kw時 キロワット時 キロワットアワー"],
      ["kWh", 1000, "千kwh mwh メガワット時 メガワットアワー"],
      ["kWh", 10000, "万kwh"],
      ["m3", 1, "m3 m^3 立米 立方メートル"],
      ["m3", 1000, "千m3 千立米 千立方メートル"],
      ["L", 1, "l リットル"],
      ["L", 1000, "kl キロリットル"],
      ["kg", 1, "kg キログラム"],
      ["kg", 1000, "t トン"],
      ["kg", 0.001, "g グラム"],
      ["GJ", 1, "gj ギガジュール"],
      ["GJ", 0.001, "mj メガジュール"],
      ["GJ", 1000, "tj"],
      ["kg-CO2", 1, "kg-co2 kgco2 kg-co2e"],
      ["kg-CO2", 1000, "t-co2 tco2 t-co2e"],
      ["%", 1, "% パーセント"],
    ].flatMap(([own, times, written]) => written.split(" ").map((unit) => [unit, [own, times]])),
  );
  /* what stands in brackets and looks like a unit is one, known or not; these are none */
  const LIKE = /^(?:[a-z0-9^/・.,×*-]*[a-z][a-z0-9^/・.,×*-]*|.*\/.*|.*(?:[十百千万億](?:[a-z].*|キロ.*)|円|[瓶本]|[本回台個枚]数|ドラム|タンク|ノルマル|立米|トン|リットル|グラム|メートル|ワット|カロリー|ジュール|ガロン|ボンベ)|[箱台回件人個枚日割杯十百千万億]|.*[缶袋×].*|時間|%)$/i;
  const NO_UNIT = /^(?:1[23]a|6a|5c|lpg?|lng|gas|led|ev|[a-f]|no\.?\d*|\d+[a-f]?|(?!n?m3)[a-z]{1,2}\d+|b?\d+f|co2)$/i;
  const BRACKETS = /[([［【〔<]([^()[\]［］【】〔〕<>]*)[)\]］】〕>]/g;
  const TAIL = /[^a-z0-9.十百億×]((?:[千万])?[a-z][a-z0-9^]*|リットル|キロリットル|トン|立米)$/i;

  /** [unit of a field or "", how many, as written]; null where a text names no unit. */
  function unitIn(text, loose = true) {
    const said = plain(text).replace(/\/年(?!度)/, "");
    const inside = [...said.matchAll(BRACKETS)].map(([, part]) => part.replace(/^単位:?/, ""));
    const after = /単位[:はが]?(.+)$/.exec(said.replace(/[)\]］】〕]+$/, ""))?.[1];
    const last = loose ? said.split("|").flatMap((part) => [part, TAIL.exec(part)?.[1]]) : [];
    const found = [...inside, after, ...last].filter((one) => one && (Object.hasOwn(UNITS, one.toLowerCase()) || (one !== said && LIKE.test(one) && !NO_UNIT.test(one))));
    const known = found.filter((one) => Object.hasOwn(UNITS, one.toLowerCase()));
    if (!found.length) return null;
    const odd = found.filter((one) => !known.includes(one) && !(last.includes(one) && known.length));
    return odd.length ? ["", 0, odd[0]] : [...UNITS[known[0].toLowerCase()], known[0]];
  }

  /** How many of a field's unit one of another is; 0 where that is not known exactly. */
  const timesOf = (own, [unit, times]) => (unit && unit.replace("-CO2", "") === plain(own).replace("-CO2", "") ? times : 0);

  const DASH = /^[-−‐‑–—―ー─~〜*]$/;

  /** {value, unit} of a cell, {dash} for a dash alone, null for what is no amount. */
  function amountOf(text, engine) {
    const said = plain(text);
    if (DASH.test(said)) return { value: 0, dash: true };
    if (/[¥円\\]/.test(said)) return null;
    const [, number, rest] = /^([\d,.]+)(\D.*)?$/.exec(said) ?? [];
    const value = engine.parseNumber(rest ? number : text);
    const unit = rest && (UNITS[rest.toLowerCase()] ?? null);
    return typeof value === "number" && unit !== null ? { value, unit } : null;
  }

  /* ---------- months ---------- */

  const ERAS = { 令: 2018, r: 2018, 平: 1988, h: 1988 };
  const MONTH = /^(?:(?:(\d{4})|(令和?|平成?|r|h)\.?(元|\d{1,2})|'?(1[89]|[2-9]\d))(?:年度?|[/.-])|(\d{1,2})年度?)?(0?[1-9]|1[0-2])(?:月(?:分|度|検針分?|使用分?|請求分?)?|(?:[/.-]|月)([0-3]?\d)日?(?:検針)?)?$/i;
  const RUN = /^(\d{4})(0[1-9]|1[0-2])([0-3]\d)?$/;
  const ENGLISH = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
  const SPOKEN = /^(?:(\d{1,4})[-./']?)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-./',]*(\d{2,4})?$/i;

  /** {year or "", month, day or ""} of one day or month. */
  function dayOf(said, bare) {
    const run = bare && RUN.exec(said);
    if (run) return { year: run[1], month: Number(run[2]), day: run[3] ?? "" };
    const [, before, name, after] = SPOKEN.exec(said) ?? [];
    if (name) return { year: (after ?? before ?? "").replace(/^\d\d$/, "20$&"), month: ENGLISH.indexOf(name.toLowerCase()) + 1, day: after && before ? before : "" };
    const found = MONTH.exec(said);
    if (!found || (!bare && !/月|[/.-]/.test(said))) return null;
    const [, full, era, count, short, years, month, day = ""] = found;
    const counted = era && ERAS[era[0].toLowerCase()] + (count === "元" ? 1 : Number(count));
    return { year: full ?? String(counted ?? (short ? "20" + short : (years ?? ""))), month: Number(month), day };
  }

  /** [{year, month, day}]: the months that a text names, a period those after its first; null for none. */
  function monthsOf(text, bare = false) {
    const said = plain(text.normalize("NFKC").replace(/\s+\d{1,2}:\d\d(:\d\d)?$/, "")).replace(/\([日月火水木金土]曜?日?\)/g, "");
    const one = dayOf(said, bare);
    if (one) return [one];
    const two = /^(.*?\d[月日]?(?:分)?)(?:[~〜→]|から|(?<=\d[/.月]\d{1,2}日?)-(?=.*[/.月])|[・,、-](?=1?\d月))(.*)$/.exec(said);
    const ends = two && [dayOf(two[1], true), dayOf(two[2].replace(/まで$/, ""), true)];
    if (!ends?.[0] || !ends[1]) return null;
    const [from, to] = ends;
    /* from the first day of a month that month counts, else what was read at its end */
    const whole = !from.day || Number(from.day) === 1 ? 0 : 1;
    const span = ((to.month - from.month + 12) % 12) + 1 - whole;
    return Array.from({ length: Math.max(span, 1) }, (_, i) => {
      const month = ((to.month - 1 - i + 12) % 12) + 1;
      return { year: month > to.month && to.year ? String(to.year - 1) : to.year, month, day: to.day };
    }).reverse();
  }

  const sameMonth = (one, other) => Boolean(one && other) && one.month === other.month && (!one.year || !other.year || one.year === other.year);

  /** Columns of a row that are months: {place in the row: month}. Numbers alone are where six follow one another. */
  function monthColumns(cells) {
    const found = cells.map((cell) => monthsOf(cell, true)?.[0]);
    const sure = cells.filter((cell) => monthsOf(cell)).length > 1 || cells.filter((cell) => RUN.test(plain(cell))).length > 2;
    const follows = (i) => found[i] && found[i - 1] && found[i].month === (found[i - 1].month % 12) + 1;
    const bare = cells.filter((_, i) => follows(i)).length >= 5;
    return new Map(found.flatMap((month, i) => (month && (sure || bare) && (bare || monthsOf(cells[i]) || RUN.test(plain(cells[i]))) ? [[i, month]] : [])));
  }

  /* ---------- what a heading says ---------- */

  const UNUSED = /[¥円額税率比差%]|(?<!消)費|料金|単価|決算|予算|執行|支出|請求|支払|代(?=$|[(|])|(?<![燃原材])料(?=$|[(|])|(?<!点)数(?=$|[(|])|番号|No\.|ID|コード|指針|検針[日値]|時間|面積|前年|昨年|前月|対前|前回|今回指|平均|目標|計画|累[計積月]|売電|発電(?![機用])|太陽光|余剰|自家消費|蓄電|口径|契約|基本|最大|デマンド|CO2|温室効果|(?<!ごみ|ゴミ|廃棄物)排出|係数|換算|原単位|発熱|備考|摘要|走行|距離|燃費|残|在庫|うち|再掲|内数|割合|増減|削減|販売|売却|[/毎](?:月|日|人|m2|世帯)|[あ当]たり/i;
  /* what has the word in it and is something else */
  const OTHER = /[局室棟器]|(?<!動)機|自動車|車(?=\||$)|ボイラ|会社|事業者|業者|事務所|事業所|工事|設備|点検|検査|メーター|の種[類別]|種別|購入先|供給[元者地会]|(?<!上)下水|工業用水|井戸|地下水|雨水|中水|再生水|資源|不燃|リサイクル|再生|産業廃棄|産廃|汚泥|バイオ|BDF|[BC]重油|[BC・]+重油/;
  const KINDS = {
    electricity: /電気|電力|買電|受電/,
    city_gas: /都市ガス|(?<![一-龠ァ-ヺーA-Z])ガス/,
    lpg: /LPG|LPガス|プロパン|液化石油ガス/i,
    kerosene: /灯油/,
    heavy_oil_a: /A重油|重油\(?A/,
    gasoline: /ガソリン|揮発油|レギュラー|ハイオク/,
    diesel: /軽油|ディーゼル/,
    water: /水道/,
    waste: /ごみ|ゴミ|廃棄物|可燃/,
  };
  /* heat is billed as such or as what carries it; 熱量 of a fuel, 光熱費, 発熱量 and 熱中症 are something else */
  const HEAT = /^(?!熱量)(?:地域|地域冷暖房の?|供給|受入)?(熱|地域冷暖房|冷熱|温熱|冷水|温水|蒸気)(?:の?(?:使用|供給|受入|購入))?量?(?:[([［]|$)/;
  const AMOUNT = /^(?:ご?(?:使用|購入|給油|検針|消費|供給|受入|当月使用|今回使用|月間使用|年間使用)(?:電力|水)?量|数量|給油数量|量|実績値?|使用電力量)(?:[([［].*|[a-z].*)?$/i;
  const KIND = /種別|種類|項目|品目|品名|商品|油種|費目|細目|区分|内訳|(?:エネルギー|燃料)(?!.*量)/;
  const WHEN = /年月|月分|月度|^月$|^月別$|対象月|使用月|検針[月日]|期間|年月日|日付|給油日|利用日|納入日|^日$/;
  const NAMES = {
    facility: [/^(?:対象|公共)?(?:施設|庁舎|建物|拠点|事業所|事業場|支所|学校|学校園|名称|ご?需要場所|ご?使用場所|供給場所)等?(?:の?名称?)?$/, /^(?:所管|担当|設置)?(?:課|部署|所属|部局|場所)(?:名称?)?$/],
    vehicle: [/^(?:公用)?車両?(?:登録)?(?:番号|ナンバー|No\.?)?$|^登録番号$|^ナンバー$|^車番$|^自動車登録番号$/, /^(?:車名|車種|公用車名?|車両名称?|所属)$/],
    month: [/(?!)/, /(?!)/],
  };
  const SUM = /^(?:(?:総|中|年|市全体)?計|平均|全体|市全体|全施設|\d+施設|全庁|年間|(?:grand|sub)?total|sum|average)[:：]?[\da-z]?$|^(?:総?合計(?!画)|総計|小計|累計)|(?:合計|総計|小計|年計|年間計|累計|平均|施設計|期計|全体計)$/i;
  /* what a row of a facility is not called: a measure, another year, a period */
  const NO_NAME_OF_ROW = /^(?:単価|.*金額|.*料金|費用|CO2.*|.*係数|.*排出量|最[大小高低多少]|目標|基準年?|実績|計画|予算|[前昨]年)(?:[値量率比]|年度?)*$/i;
  const NO_SUM = /時計|会計|統計|設計|家計|温度計|計量$/;
  const bared = (text) => plain(text).replace(BRACKETS, "");
  const unmarked = (text) => plain(text).replace(/[()[\]【】〔〕<>《》〈〉「」■◆●○*※]/g, "");
  /** What a text says without its brackets, with them or without the year before it. */
  const sayings = (text) => [bared(text), unmarked(text)].flatMap((said) => [said, said.replace(/^(?:令和|平成|[RH])(?:元|\d{1,2})(?:年度?)?(?=.)/, "")]);
  const isSum = (text) => sayings(text).some((said) => SUM.test(said)) || /[(【〔［[](?:総|小|合|総合)?計[)】〕］\]]/.test(plain(text));
  const notName = (text) => sayings(text).some((said) => NO_NAME_OF_ROW.test(said));
  const maySum = (text) => /計$/.test(bared(text)) && !NO_SUM.test(bared(text));

  /** What a text says is measured: {place, times, unit, alone} of a field, {why} it cannot be entered, {unused}, or {}. `given` is a unit said elsewhere. */
  function meaningOf(text, columns, given = null) {
    const said = plain(text);
    const shown = text.replaceAll("|", " ");
    if (!said) return {};
    const amounts = columns.filter(({ unit }) => unit);
    const heat = amounts.find(({ kind }) => kind === "heat");
    const carrier = said.split("|").map((part) => HEAT.exec(part)?.[1] ?? /レギュラー|ハイオク/.exec(part)?.[0]).find(Boolean);
    if (UNUSED.test(said)) return { unused: true };
    const unit = unitIn(said) ?? given;
    const lpg = KINDS.lpg.test(said) && !/都市ガス/.test(said);
    /* what a fuel is used for is not what it is */
    const other = OTHER.test(said.replace(/\((?:[^()]*用|ボイラー?)\)|(?:自動車|公用車|発電機|ボイラー)用/g, ""));
    let found = other ? [] : amounts.filter(({ kind }) => KINDS[kind]?.test(said) && !(lpg && kind === "city_gas"));
    const named = Object.keys(KINDS).filter((kind) => KINDS[kind].test(said) && !(lpg && kind === "city_gas"));
    if (named.length > 1) return found.length ? { why: `「${shown}」には種類が2つあるので、入れませんでした。種類ごとの列に分けてください。` } : {};
    if (heat && carrier && !named.length && !other) found = [heat];
    if (!found.length && /重油/.test(said) && !other && amounts.some(({ kind }) => kind === "heavy_oil_a")) return { why: `「${shown}」は、A重油かどうかが分からないので、入れませんでした。A重油なら、見出しを「A重油（L）」にしてください。` };
    if (!found.length) return ofUnit(said, unit, amounts);
    const [own] = found;
    if (own === heat && /[水気房]/.test(carrier) && !unit) return { why: `「${shown}」の単位が分からないので、入れませんでした。${own.unit}の量なら、見出しを「熱（${own.unit}）」にしてください。` };
    const times = unit ? timesOf(own.unit, unit) : 1;
    if (unit?.[3] && !unit[4] && /使用量/.test(said)) return { place: own.place, times: 1, unit: null, carrier };
    if (unit?.[3]) return { why: `「${shown}」は、表の題「${unit[3]}」から使用量ではないとみて、入れませんでした。使用量なら、見出しを「${own.name}（${own.unit}）」にしてください。` };
    return times ? { place: own.place, times, unit, carrier } : { why: `「${shown}」の単位は、欄の単位（${own.unit}）と違います。${own.unit}に直してから貼り付けてください。`, of: own.place };
  }

  /** A heading that is no more than a unit that one field alone has. */
  function ofUnit(said, unit, amounts) {
    const alone = said.split("|").every((part) => AMOUNT.test(part) || Object.hasOwn(UNITS, part.replace(/[([［)\]］]/g, "").toLowerCase()));
    if (!unit || !alone) return {};
    const [only, ...others] = amounts.filter(({ unit: own, kind }) => kind !== "heat" && timesOf(own, unit)); // GJ may be the sum of all energy
    return only && !others.length ? { place: only.place, times: timesOf(only.unit, unit), unit, alone: true } : { amount: true };
  }

  /* ---------- the rows of headings ---------- */

  const rank = (tests, parts) => tests.findIndex((test) => parts.some((part) => test.test(part)));

  const YEAR_NUMBER = /^(?:19|20)\d\d$/;
  const YEARS = /^(?:(?:19|20)\d\d|(?:令和|平成|[RH])?(?:元|\d{1,4})年度?|(?:令和|平成|[RH])(?:元|\d{1,2}))(?:度?実績)?$/i;

  /** The business year that a text names, as a number; undefined for none or several. */
  function fiscalOf(text) {
    const found = [...plain(text).matchAll(/(?:(20\d\d)|(令和|平成|(?<![a-z])[RH])(元|\d{1,2}))(?:年度|(?![\d年月./-]))/gi)].map(([, full, era, count]) => (full ? Number(full) : ERAS[era[0].toLowerCase()] + (count === "元" ? 1 : Number(count))));
    return new Set(found).size === 1 ? found[0] : undefined;
  }

  /** What a column is by its heading, whose rows are set apart by "|". */
  function roleOf(text, columns) {
    const parts = plain(text).split("|").map((part) => part.replace(/[*※]\d*$/, ""));
    const short = parts.map((part) => bared(part) || part);
    const own = columns.find(({ unit }) => !unit)?.kind;
    const named = rank(NAMES[own] ?? NAMES.facility, short);
    if (short.includes("単位")) return { role: "unit" };
    const over = parts.length > 1 && meaningOf(parts.at(-1), columns).place >= 0; // a facility above its amounts
    if (named >= 0 && !over) return { role: "name", rank: named };
    if (short.some((part) => WHEN.test(part)) && !/契約|前年|更新|当月/.test(text)) return { role: "when", rank: /日|期間/.test(text) ? 1 : 0 };
    const meaning = meaningOf(text, columns);
    if (meaning.place >= 0 || meaning.why) return { role: "place", ...meaning };
    if (meaning.unused) return { role: "unused" };
    if (short.some((part) => YEARS.test(part))) return { role: "amount", unit: unitIn(text) };
    if (meaning.amount || short.some((part) => AMOUNT.test(part)) || (unitIn(text) && Object.hasOwn(UNITS, short.at(-1).toLowerCase()))) return { role: "amount", unit: unitIn(text) };
    if (parts.some(isSum)) return { role: "sum" };
    return { role: short.some((part) => KIND.test(part)) ? "kind" : "none" };
  }

  /** Whether a row has no amount: months and years in a row are headings. */
  function isWordy(cells, engine) {
    const months = monthColumns(cells);
    const numbers = cells.filter((cell, i) => cell && !months.has(i) && !monthsOf(cell) && amountOf(cell, engine));
    return !numbers.length || ((numbers.length > 1 || months.size > 5) && numbers.every((cell) => YEAR_NUMBER.test(plain(cell))));
  }

  /** How many cells of a row are headings: 0 where it has an amount. */
  function scoreOf(cells, columns, engine) {
    if (!isWordy(cells, engine)) return 0;
    const months = monthColumns(cells);
    return months.size + cells.filter((cell, i) => cell && !months.has(i) && roleOf(cell, columns).role !== "none").length;
  }

  /** A line "施設名、本庁舎" above a table: [what, its value]. */
  const isPair = (cells, columns) => filled(cells).length === 2 && roleOf(filled(cells)[0], columns).role === "name" && roleOf(filled(cells)[1], columns).role === "none";
  const saysUnit = (cells) => cells.some((cell) => /単位[:：は）)]?\s*\S/.test(cell));

  /** [first, last] row of the headings from a row on; null for none. */
  function findHead(table, from, columns, engine) {
    const width = Math.max(...table.slice(from, from + 30).map((cells) => filled(cells).length), 1);
    let best = -1;
    let most = 0;
    for (let i = from; i < Math.min(table.length, from + 30); i++) {
      const many = filled(table[i]).length;
      const score = many >= Math.min(2, width) && !saysUnit(table[i]) && !isPair(table[i], columns) ? scoreOf(table[i], columns, engine) : 0;
      if (score > most) [best, most] = [i, score];
      if (most && many >= Math.min(width, 3) && !isWordy(table[i], engine)) break;
    }
    return best < 0 ? null : aroundHead(table, from, best, columns, engine);
  }

  /** The rows of headings around one: merged headings above, units and parts below. */
  function aroundHead(table, from, best, columns, engine) {
    const above = (cells) => cells && isWordy(cells, engine) && !saysUnit(cells) && !isPair(cells, columns) && (filled(cells).length > 1 || cells.findIndex(Boolean) > 0);
    const heads = table[best].map((cell) => roleOf(cell, columns).role);
    const lone = (cell) => LIKE.test(plain(cell).replace(/[()]/g, "")) && !NO_UNIT.test(plain(cell).replace(/[()]/g, ""));
    const part = (cell) => /^単位$/.test(bared(cell)) || lone(cell) || Boolean(unitIn(cell)) || /^(?:数値|値|熱量)/.test(plain(cell)) || ["amount", "unused", "place", "sum", "unit"].includes(roleOf(cell, columns).role);
    const below = (cells) => cells && filled(cells).length && isWordy(cells, engine) && cells.every((cell, i) => !cell || (part(cell) && !["kind", "when"].includes(heads[i]) && (heads[i] !== "name" || /単位/.test(cell))));
    let [first, last] = [best, best];
    while (first > from && best - first < 2 && above(table[first - 1])) first -= 1;
    /* words under a merged heading are parts of it, known or not */
    const under = (cells) => cells && !cells[0] && filled(cells).length > 1 && isWordy(cells, engine) && cells.some((cell, i) => cell && !table[best][i] && i < table[best].length + 2) && cells.every((cell, i) => !cell || table[best].slice(0, i + 1).some(Boolean));
    while (last - best < 2 && (below(table[last + 1]) || under(table[last + 1]))) last += 1;
    return [first, last];
  }

  /** The cells of each column's headings; a merged cell holds for what is below it. */
  function headingsOf(rows) {
    const width = widthOf(rows);
    /* 「単位」 before units, in a row of theirs, is not a heading of its column */
    const isUnits = (row) => /^[([（]?単位[)\]）]?$/.test(filled(row)[0]) && filled(row).slice(1).some((cell) => unitIn(cell));
    const at = (row, i) => (rows.length > 1 && isUnits(row) && i === row.findIndex(Boolean) ? "" : (row[i] ?? ""));
    const held = rows.map(() => "");
    const merged = (row, k, i) => {
      held[k] = at(row, i) || held[k];
      return rows.slice(k + 1).some((lower) => lower[i]) ? held[k] : at(row, i);
    };
    return Array.from({ length: width }, (_, i) => rows.map((row, k) => merged(row, k, i)).filter((part, k, all) => part && all.indexOf(part) === k));
  }

  /** [{at, text, role, …}] of the columns under rows of headings. */
  function columnsUnder(rows, columns) {
    const months = spreadMonths(rows);
    const all = headingsOf(rows).map((parts, at) => {
      const one = { at, text: parts.join(" "), owner: "", parts, rest: "" };
      const month = months.get(at);
      if (!month) return Object.assign(one, roleOf(parts.join("|"), columns));
      const is = (part) => Boolean(monthsOf(part, true));
      one.rest = parts.filter((part) => !is(part)).join("|");
      const said = one.rest ? roleOf(one.rest, columns) : {};
      /* what stands below the month must say an amount */
      const right = is(parts.at(-1)) ? said.role !== "unused" : ["place", "amount"].includes(said.role);
      return Object.assign(one, said, right ? { role: "month", month: month[0], months: month } : { role: "unused" });
    });
    if (all.some(({ role }) => role === "month")) onlyMonths(all);
    return withOwners(all, columns);
  }

  /** {column: its months}: a month holds for the columns on its right that have a heading below. */
  function spreadMonths(rows) {
    const [most, row, k] = rows.map((cells, at) => [monthColumns(cells), cells, at]).sort(([one], [other]) => other.size - one.size)[0];
    const lower = (at) => rows.slice(k + 1).some((cells) => cells[at]);
    const found = new Map();
    for (let at = 0, last = null; at < widthOf(rows); at++) {
      if (row[at]) last = most.has(at) ? monthsOf(row[at], true) : null;
      if (last && (row[at] || lower(at))) found.set(at, last);
    }
    return found;
  }

  /** Beside months, no amount without a month of its own; a period over single months is their sum. */
  function onlyMonths(all) {
    const over = ({ months, rest }) => all.some((other) => other.role === "month" && other.rest === rest && other.months.length < months.length && other.months.some((one) => months.some((own) => sameMonth(one, own))));
    const sums = all.filter((one) => ["place", "amount"].includes(one.role) || (one.role === "month" && over(one)));
    for (const one of sums) Object.assign(one, { role: "unused", why: undefined });
  }

  /** Facilities beside each other: names above headings that come again. */
  function withOwners(all, columns) {
    const key = ({ place, month }) => `${place} ${month?.month ?? ""}`;
    const above = new Map();
    for (const one of all) if (one.place >= 0) (above.get(key(one)) ?? above.set(key(one), new Set()).get(key(one))).add(one.parts[0]);
    const repeated = (one) => above.get(key(one)).size > 1;
    const names = (one) => one.parts.length > 1 && one.place >= 0 && ["none", "name"].includes(roleOf(one.parts[0], columns).role) && !monthsOf(one.parts[0], true);
    if (!all.some((one) => names(one) && repeated(one))) return all;
    for (const one of all) {
      if (isSum(one.parts[0] ?? "") || maySum(one.parts[0] ?? "")) one.role = one.place >= 0 ? "sum" : one.role;
      else if (names(one)) one.owner = one.parts[0];
    }
    return all;
  }

  /* ---------- what the cells below say ---------- */

  const STRICT = /^(?:の?(?:ご?使用|購入|消費)?(?:電力|水)?量?|使?用?料金?|代金?)?(?:[a-z0-9千万]*)?$/i;
  /** A name of a kind and no more: a facility may have the word in its name. */
  function isKind(text, columns) {
    const rest = bared(text).replace(/都市ガス|LPガス|プロパンガス|LPG|プロパン|ガス|電気|電力|灯油|[AＡ]重油|ガソリン|レギュラー|ハイオク|軽油|上?下?水道|燃?やす|可燃|ごみ|廃棄物|熱|冷水|温水|蒸気/, "");
    return STRICT.test(rest) && Object.keys(meaningOf(text, columns)).length > 0;
  }

  /** Give columns without a known heading the role that their cells show. */
  function byContent(heads, body, columns, engine) {
    const cells = (one) => filled(body.map((row) => row[one.at] ?? ""));
    const most = (one, test) => cells(one).length > 0 && cells(one).filter(test).length * 2 > cells(one).length;
    const has = (role) => heads.some((one) => one.role === role);
    const open = () => heads.filter((one) => one.role === "none");
    const give = (role, list, test) => list.filter((one) => most(one, test)).forEach((one) => (one.role = role));
    if (!has("unit")) give("unit", open().filter(({ at }) => at > 0).concat(heads.filter(({ role }) => role === "kind")), (cell) => Object.hasOwn(UNITS, plain(cell).toLowerCase()) || LIKE.test(plain(cell).replace(/[()]/g, "")) && /^[(]?(?:円|千?[a-z]+\d?)[)]?$/i.test(plain(cell)));
    if (!has("when") && !has("month")) give("when", heads.slice(0, 1).filter(({ role }) => ["none", "amount"].includes(role)), (cell) => Boolean(monthsOf(cell)));
    if (!has("place")) give("kind", open(), (cell) => isKind(cell, columns));
    /* the heading of two columns of kinds may be merged */
    for (const one of open()) if (!one.text && heads[one.at - 1]?.role === "kind" && most(one, (cell) => !amountOf(cell, engine))) one.role = "kind";
    const amounts = (one) => most(one, (cell) => Boolean(amountOf(cell, engine)));
    if (has("kind") && !has("amount") && !has("month")) for (const one of heads) if (one.role === "name" && one.at > 0 && amounts(one)) one.role = "none";
    /* 電力区分, ガス種: words beside the amounts of their kind */
    for (const one of heads) if (one.role === "place" && heads.some((other) => other !== one && other.place === one.place) && cells(one).length && !cells(one).some((cell) => /\d|^[^一-龠ァ-ヺa-z]*$/i.test(plain(cell)))) one.role = /種|区分/.test(one.text) ? "kind" : "unused";
    if (has("kind") && !has("name") && !has("amount") && !has("month")) facilitiesAcross(open(), amounts);
    if (!has("name") && !heads.some(({ owner }) => owner)) {
      const first = open().find((one) => most(one, (cell) => !amountOf(cell, engine) && !monthsOf(cell)) && !/年度?$/.test(plain(one.text)) && (one.at === 0 || one.text === "" || /名/.test(one.text)));
      if (first) first.role = "name";
    }
    return heads;
  }

  const NO_FACILITY = /[期年月日値量率比%第]|実績|予算|計画|その他/;
  /** Beside kinds, columns of amounts whose headings are names are facilities. */
  function facilitiesAcross(list, holds) {
    for (const one of list) if (one.text && !NO_FACILITY.test(one.text) && !maySum(one.text) && !notName(one.text) && holds(one)) Object.assign(one, { role: "amount", owner: one.text, unit: null });
  }

  /** The notes of one table: a sentence that holds for many rows is said once, with their numbers in the place of {}. */
  function notebook() {
    const lines = new Map();
    return {
      say: (text) => lines.set(text, lines.get(text) ?? []),
      at: (text, line) => into(lines, text, line),
      all: () => [...lines].map(([text, found]) => text.replace("{}", spans(found))),
    };
  }

  /** 2、3、4、7 as 「2～4、7」. */
  function spans(numbers) {
    const runs = [];
    for (const one of [...new Set(numbers)].sort((a, b) => a - b)) {
      const last = runs.at(-1);
      if (last && last[1] === one - 1) last[1] = one;
      else runs.push([one, one]);
    }
    return runs.slice(0, 12).map(([from, to]) => (from === to ? from : to === from + 1 ? `${from}、${to}` : `${from}～${to}`)).join("、") + (runs.length > 12 ? "ほか" : "");
  }

  /** Of parts beside their total, where it is that in every row, the total is entered. */
  function onlyWholes(heads, body, engine) {
    const valueOf = (cells, { at }) => amountOf(cells[at] ?? "", engine)?.value ?? 0;
    for (const whole of heads.filter(({ role, parts }) => ["place", "month"].includes(role) && isSum(parts.at(-1)))) {
      const parts = heads.filter((one) => one !== whole && one.role === whole.role && one.place >= 0 && one.place === whole.place && one.owner === whole.owner && one.month?.month === whole.month?.month);
      const adds = (cells) => Math.abs(parts.reduce((sum, one) => sum + valueOf(cells, one), 0) - valueOf(cells, whole)) < 1e-6 * Math.max(1, valueOf(cells, whole));
      if (parts.length > 1 && parts.every(({ times, parts: said }) => times === whole.times && !isSum(said.at(-1))) && body.every(adds)) for (const one of parts) one.role = "unused";
    }
  }

  /** Two columns of one field in one row are not added: one may hold the other. Cold and hot water are parts of heat. */
  function withoutDoubles(heads, columns, notes) {
    const groups = new Map();
    for (const one of heads) if (one.place >= 0 && ["place", "month"].includes(one.role)) into(groups, [one.place, one.owner, one.month?.year, one.month?.month].join(), one);
    const told = new Map();
    for (const list of groups.values()) {
      if (list.length < 2) continue;
      const carriers = list.map(({ carrier }) => carrier);
      const parts = carriers.every((one) => one && !/^熱|房/.test(one)) && new Set(carriers.map((one) => one[0])).size === list.length;
      const names = list.slice(0, 5).map(({ text }) => `「${text}」`).join("と");
      const { name } = columns[list[0].place];
      if (!parts) list.forEach((one) => (one.role = "refused"));
      into(told, parts ? `${names}は、足して${name}に入れました。` : `${names}は、${list.length > 2 ? "いずれ" : "どちら"}も${name}なので、入れませんでした。1つの列にしてから貼り付けてください。`, 1);
    }
    [...told.keys()].forEach(notes.say);
  }

  const NO_NAME = /。|^[※注*]|単位|出典|作成|現在|様式|[表書]$|一覧|集計|実績|台帳|明細|報告|年度|使用量|年\d|月分|^\d+$/;
  /** The facility that a line of its own names; "" for another line. */
  function ownerOf(cells, columns) {
    const said = filled(cells);
    if (isPair(cells, columns)) return said[1];
    if (said.length !== 1) return "";
    const text = said[0].replace(/^[^:：]{0,8}[:：]\s*|^[■●◆○◇□【<＜]+|[】>＞]+$/g, "");
    return NO_NAME.test(plain(text)) || Object.keys(meaningOf(text, columns)).length || monthsOf(text) || isSum(text) ? "" : text;
  }

  /* ---------- a ledger ---------- */

  const WIDEST = 400;

  /** {rows: [cells], notes}: a row a facility, its months and kinds added up; null for a table without headings that are known. */
  function ledgerOf(whole, columns, column, engine) {
    const table = whole.map((cells) => unitJoined(cells.slice(0, WIDEST)));
    const first = findHead(table, 0, columns, engine) ?? (column ? null : bareKinds(table, columns, engine) ?? bareLedger(table, engine, columns));
    if (!first) return null;
    const notes = notebook();
    const book = { columns, engine, notes, entries: new Map(), owner: "", years: new Map(), lost: new Map(), idle: new Map(), missing: new Set(), unused: new Set(), zeros: [], dated: false, ownMonth: columns.some(({ kind, unit }) => !unit && kind === "month") };
    if (widthOf(whole) > WIDEST) notes.say(`${WIDEST + 1}列目から右は読めないので、入れませんでした。`);
    let head = first;
    let from = 0;
    while (head) {
      const [top, bottom] = head;
      const titles = table.slice(from, top);
      const end = nextHead(table, bottom + 1, table.slice(top, bottom + 1), columns, engine);
      readSection(book, titles, table.slice(top, bottom + 1), table.slice(bottom + 1, end[0]), bottom + 1, column);
      from = end[0];
      head = end[1];
    }
    if (book.years.size > 1) return { rows: [], notes: [yearsSaid([...book.years.values()].map(([title]) => title))] };
    return { rows: rowsOf(book), notes: notesOf(book) };
  }

  /** A line with 「単位」 and one unit in the cell beside it, as one cell. */
  function unitJoined(cells) {
    const at = cells.findIndex((cell, i) => i > 0 && /^[(]?単位[:)]?$/.test(plain(cell)));
    const [unit, ...rest] = at < 0 ? [] : cells.slice(at + 1);
    return unit && !rest.some(Boolean) && unitIn(`(${unit})`) ? [...cells.slice(0, at), `単位：${unit}`] : cells;
  }

  /** Rows of a name of a kind and amounts: without headings, or below the names of facilities. */
  function bareKinds(table, columns, engine) {
    const first = table.findIndex((cells) => cells.some(Boolean));
    const fits = (cells) => !cells.some(Boolean) || isSum(cells[0] ?? "") || (isKind(cells[0] ?? "", columns) && cells.slice(1).some((cell) => cell && amountOf(cell, engine)));
    const below = table.slice(first + 1);
    if (first < 0 || !below.every(fits)) return null;
    if (fits(table[first])) return [first, first - 1];
    return below.some((cells) => isKind(cells[0] ?? "", columns)) && isWordy(table[first], engine) ? [first, first] : null;
  }

  /** Rows of a ledger without headings: a kind or a month stands where an amount would. */
  function bareLedger(table, engine, columns) {
    const rows = table.filter((cells) => filled(cells).length > 1);
    const says = (cell) => cell && (isKind(cell, columns) || Boolean(monthsOf(cell)));
    const width = widthOf(rows);
    const told = Array.from({ length: width }, (_, at) => rows.filter((cells) => says(cells[at])).length * 2 > rows.length);
    return rows.length && told.some((one, at) => one && at > 0) ? [table.findIndex((cells) => cells.some(Boolean)), table.findIndex((cells) => cells.some(Boolean)) - 1] : null;
  }

  /** [where a section ends, the headings of the next or null]: headings that come again, with the lines right above them. */
  function nextHead(table, from, heads, columns, engine) {
    const same = (cells) => heads.some((head) => filled(head).length > 1 && head.join("|") === cells.join("|"));
    const all = (cells) => filled(cells).length > 1 && scoreOf(cells, columns, engine) === filled(cells).length && (monthColumns(cells).size > 1 || cells.some((cell) => ["amount", "when", "unit"].includes(roleOf(cell, columns).role) || (cell && unitIn(cell))));
    for (let i = from; i < table.length; i++) {
      if (!same(table[i]) && !all(table[i])) continue;
      const next = aroundHead(table, from, i, columns, engine);
      let end = next[0];
      while (end > from && !isData(table[end - 1], columns, engine)) end -= 1;
      return [end, next];
    }
    return [table.length, null];
  }

  const isData = (cells, columns, engine) => !isWordy(cells, engine) || filled(cells).length > 2;

  const YEARLY = /^(?:[前昨今当本]年度?|(?:令和|平成|[RH])?(?:元|\d{1,4})年度?|(?:令和|平成|[RH])(?:元|\d{1,2}))(?:実績)?$|^増減|前年度?[比差]/i;
  /* a table of money, of CO2 or of oil is no table of amounts */
  const MEASURE = /(?<!消)費|料金|執行|予算|決算|金額|[(（:：]千?円|CO2|(?<!ごみ|ゴミ|廃棄物)排出量|換算/i;

  const THOUSANDS = /[十百千万](?:kw|m3|立)|mwh|kl|キロリットル/i;

  /** A line of the table that does no more than name units. */
  function isUnitLine(cells) {
    const [text, more] = filled(cells);
    return Boolean(text) && !more && (saysUnit(cells) || (/^[※注*(]/.test(plain(text)) && THOUSANDS.test(plain(text))));
  }

  /** Whether two columns without a kind of their own are of one month. */
  function hasMonthTwice(heads) {
    const months = heads.filter(({ role, place }) => role === "month" && !(place >= 0));
    return months.some((one, i) => months.slice(i + 1).some((other) => sameMonth(one.month, other.month)));
  }

  function readSection(book, titles, headRows, body, line, column) {
    const { columns, engine, notes } = book;
    const said = filled([...titles, ...[...headRows, ...body].filter(isUnitLine)].flat());
    const meant = said.map((text) => meaningOf(text, columns)).filter((one) => one.place >= 0 || one.unused || one.why);
    const places = new Set(meant.map(({ place }) => place));
    const units = said.map((text) => unitIn(text, false) ?? (THOUSANDS.test(plain(text)) ? ["", 0, text] : null)).filter((one, i) => one && (one[0] || /単位|円|kwh|m3|[gm]j|kl/i.test(plain(said[i]))));
    const measure = said.find((text) => MEASURE.test(plain(text)) && (!/使用量/.test(plain(text)) || /換算/.test(plain(text))) && !meaningOf(text, columns).place);
    const stated = measure ? ["", 0, "", measure, Boolean(unitIn(measure, false))] : units.length === 1 ? units[0] : units.length ? ["", 0, units.map((one) => one[2]).join("、")] : null;
    const heads = byContent(headRows.length ? columnsUnder(headRows, columns) : bareHeads(body, columns, engine), body, columns, engine);
    /* a table of one kind says which above it, or lies in the column pasted into */
    const above = places.size === 1 ? [...places][0] : undefined;
    const naming = meant.length ? said.find((text) => Object.keys(meaningOf(text, columns)).length) : "";
    const whole = meant.length ? (above === undefined ? { title: naming } : { text: naming, ...meant.find(({ place }) => place === above) }) : columns[column]?.unit ? { text: columns[column].name, place: column, times: 1 } : { none: true };
    /* thousands said over the names are those of all amounts */
    const corner = heads.find(({ role, text }) => ["name", "kind", "when", "none"].includes(role) && THOUSANDS.test(plain(text)));
    const given = stated ?? (corner ? ["", 0, corner.text] : null);
    onlyWholes(heads, body, engine);
    settle(book, heads, given, headRows.length > 0);
    const pick = (role) => heads.filter((one) => one.role === role).sort((one, other) => (one.rank ?? 0) - (other.rank ?? 0))[0];
    const parts = { heads, given, whole, kinds: heads.filter(({ role }) => role === "kind"), name: pick("name"), when: pick("when"), unit: pick("unit"), amounts: heads.filter(({ role }) => role === "amount") };
    if (parts.amounts.length > 1 && !parts.amounts.some(({ owner }) => owner)) {
      notes.say(`量の列が${parts.amounts.length}${parts.amounts.length < 10 ? "つ" : "個"}あります（${few(parts.amounts.map(({ text, at }) => text || `${at + 1}列目`))}）。どれを使うか分からないので、入れませんでした。1つだけにしてから貼り付けてください。`);
      parts.amounts = [];
    }
    const years = heads.find(({ text }) => /^(?:(?:対象|実績|会計|使用|報告|集計|算定|該当)?年度|年)$/.test(plain(text)));
    parts.year = parts.when && /年$/.test(years?.text ?? "") ? years : null;
    const cellsOf = (list) => list.flatMap(({ at }) => filled(body.map((cells) => cells[at])));
    const texts = [...cellsOf(parts.kinds), ...body.map(filled).filter((cells) => cells.length === 1).flat(), ...heads.filter(({ role, text }) => role === "place" || (role === "month" && /年度/.test(text))).map(({ text }) => text)].filter(fiscalOf);
    const several = parts.year || !years ? byYear(texts) : [...new Set(cellsOf([years]))];
    if (several.length > 1) return notes.say(yearsSaid(several));
    if (hasMonthTwice(heads)) return notes.say("同じ月の列が2つあります。1つの表を、1年分、1つの施設だけにしてから貼り付けてください。");
    const title = said.filter(fiscalOf).pop();
    if (title) into(book.years, fiscalOf(title), title);
    parts.months = heads.some(({ role }) => role === "month");
    parts.merged = Boolean(parts.when || parts.kinds.length || book.ownMonth); // rows of one name, whose cells may be merged
    if (!parts.name) book.owner = titles.map((cells) => ownerOf(cells, columns)).filter(Boolean).pop() ?? "";
    for (const { role, text } of heads) if (role === "name" && text && text !== parts.name.text) book.unused.add(text);
    parts.spans = new Map(); // how many months the shortest row with a month has
    for (const cells of parts.when ? body : []) {
      const months = monthsOf(cells[parts.when.at] ?? "", true) ?? [];
      for (const one of months) parts.spans.set(spanKey(parts, cells, one), Math.min(months.length, parts.spans.get(spanKey(parts, cells, one)) ?? 12));
    }
    book.first ??= line + 1;
    book.last = new Map(); // what merged cells of kinds said last
    body.forEach((cells, i) => readRow(book, parts, cells, line + i + 1, body, i));
    return undefined;
  }

  /** One text for each business year. */
  const byYear = (texts) => [...new Map(texts.map((text) => [fiscalOf(text), text])).values()];
  const yearsSaid = (list) => `年度が${list.length}つあります（${few(list)}）。1年分だけにしてから貼り付けてください。`;

  /** Columns without headings, by what most of their cells are. */
  function bareHeads(body, columns, engine) {
    const width = widthOf(body);
    const is = (at, test) => filled(body.map((cells) => cells[at])).filter(test).length * 2 > filled(body.map((cells) => cells[at])).length;
    const role = (at) => (is(at, (cell) => isKind(cell, columns)) ? "kind" : is(at, (cell) => Boolean(monthsOf(cell))) ? "when" : is(at, (cell) => Boolean(amountOf(cell, engine))) ? "amount" : "none");
    return Array.from({ length: width }, (_, at) => ({ at, text: "", owner: "", parts: [], role: role(at) }));
  }

  /** What tells the months of one amount from others: the name and kinds of its row. */
  const spanKey = ({ name, kinds }, cells, { year, month }) => [name, ...kinds].map((one) => (one ? cells[one.at] : "")).concat(year, month).join("|");

  /** Fix what each column is once it is known which others there are, and tell what is not used. */
  function settle(book, heads, given, headed) {
    const { columns, notes } = book;
    const kinds = heads.some(({ role }) => role === "kind");
    for (const one of heads) {
      /* beside kinds, a unit alone is that of the amount, and a column of heat what each kind is worth */
      if (kinds && one.role === "place" && one.alone) Object.assign(one, columns[one.place].unit === "GJ" ? { role: "unused" } : { role: "amount" });
      if (kinds && one.role === "place" && columns[one.place]?.unit === "GJ") one.role = "unused";
      if (kinds && one.role === "amount" && (one.unit?.[0] === "GJ" || /熱量/.test(one.text)) && heads.some((other) => other !== one && other.role === "amount")) one.role = "unused";
      if (one.role === "place" && (one.place >= 0 || one.why) && !one.unit && given) Object.assign(one, { place: undefined, times: undefined, why: undefined, ...meaningOf(one.parts.join("|"), columns, given) });
      if (one.role === "place" && one.why) notes.say(`${one.at + 1}列目の${one.why}`);
      if (one.why) one.role = one.role === "place" ? "refused" : one.role;
    }
    withoutDoubles(heads, columns, notes);
    const named = heads.some(({ role, place, alone }) => role === "place" && place >= 0 && !alone);
    for (const one of heads) if (named && (one.role === "amount" || (one.role === "place" && one.alone))) one.role = "unused";
    for (const one of heads) if (headed && ["unused", "sum", "none"].includes(one.role) && one.text) book.unused.add(one.text);
    const entered = heads.filter(({ role, place }) => role === "place" && place >= 0);
    entered.filter(({ times }) => times !== 1).forEach((one) => notes.say(`「${one.text}」は、${columns[one.place].unit}に直して入れました（${timesSaid(one.times)}）。`));
    const bare = entered.filter(({ unit, at }) => !unit && heads[at + 1]?.role !== "unit").map(({ place }) => `${columns[place].name}（${columns[place].unit}）`);
    if (bare.length) notes.say(`単位のない列は、欄の単位とみました：${few(bare, 12)}。`);
  }

  const timesSaid = (times) => (times < 1 ? `${1 / times}分の1` : `${String(times).replace(/\B(?=(\d{3})+$)/g, ",")}倍`);

  function readRow(book, parts, cells, line, body, i) {
    const { columns, notes } = book;
    const { heads, name, when, kinds, unit, amounts, whole } = parts;
    if (!cells.some(Boolean)) return;
    const labels = heads.filter(({ role }) => ["name", "kind", "when", "none", "unit"].includes(role)).map(({ at }) => cells[at] ?? "");
    const others = cells.slice(heads.length);
    if (labels.some((label, k) => (k < 3 || label === cells[0]) && isSum(label)) || isSum(cells[0] ?? "") || heads.some(({ role, at }) => role === "unused" && /^(?:総|小|合|総合)?計$/.test(unmarked(cells[at] ?? ""))) || kinds.some(({ at }) => maySum(cells[at] ?? ""))) return notes.at("貼り付けた表の{}行目は、合計とみて入れませんでした。", line);
    if (name && YEARLY.test(bared(cells[name.at] ?? ""))) return notes.at("貼り付けた表の{}行目は、年度ごとの行とみて入れませんでした。1年分だけにしてから貼り付けてください。", line);
    if (name && (notName(cells[name.at] ?? "") || AMOUNT.test(bared(cells[name.at] ?? "")))) return notes.at("貼り付けた表の{}行目は、施設や車の名前がないとみて入れませんでした。", line);
    if (!name && filled(cells).length === 1 && !amountOf(filled(cells)[0], book.engine) && !monthsOf(filled(cells)[0], Boolean(when))) {
      book.owner = ownerOf(cells, columns) || book.owner;
      return undefined;
    }
    const beside = heads.filter(({ role, text }) => role === "none" && !text).map(({ at }) => cells[at] ?? "").find((cell) => cell && !amountOf(cell, book.engine) && (UNUSED.test(plain(cell)) || YEARLY.test(bared(cell)) || notName(cell)));
    if (beside) return into(book.idle, beside, line);
    if (name && isTotal(book, parts, cells, body, i, line)) return undefined;
    if (name) book.owner = cells[name.at] || book.owner; // the cells of a name may be merged
    const months = when ? (monthsOf(cells[when.at] ?? "", true)?.map((one) => ({ ...one, year: one.year || (parts.year ? cells[parts.year.at] : "") })) ?? null) : null;
    if (months && months.some((one) => parts.spans.get(spanKey(parts, cells, one)) < months.length)) return notes.at("貼り付けた表の{}行目は、ほかの行にある月の合計とみて入れませんでした。", line);
    if (when && !months) return notes.at("貼り付けた表の{}行目は、月が読めないので入れませんでした。", line);
    if (when && !book.dated && months[0].day && months.length === 1) book.dated = true;
    const kind = kinds.length ? kindOf(book, parts, cells, unit, line) : null;
    if (kind?.unused && heads.some(({ role, place }) => role === "place" && place >= 0)) return into(book.idle, kind.lost, line);
    const put = (meaning, text, months, owner) => text && add(book, parts, { meaning, text, months, owner, line, when: when ? cells[when.at] : "" });
    for (const one of heads) {
      const beside = !kinds.length && heads[one.at + 1]?.role === "unit" ? plain(cells[one.at + 1] ?? "").replace(/[()]/g, "") : "";
      const text = cells[one.at] && beside ? plain(cells[one.at]) + beside : (cells[one.at] ?? "");
      const other = one.place >= 0 && ["place", "month"].includes(one.role) && text && kinds.map(({ at }) => cells[at] ?? "").find((said) => contradicts(said, one, columns));
      if (other) notes.at(`{}行目の「${other}」は、見出し「${one.text}」と種類が違うので、入れませんでした。種類ごとの列に分けてください。`, line);
      else if (one.role === "place" && !(kinds.length && one.alone)) put(one, text, months, one.owner);
      if (one.role === "amount" && amounts.includes(one)) put(fitted(book, kind ?? (kinds.length ? {} : whole), one.unit ?? parts.given, text), text, months, one.owner);
      if (one.role === "month" && !other) put(one.place >= 0 || one.why ? one : fitted(book, kind ?? (kinds.length ? {} : whole), one.unit ?? parts.given, text), text, one.months, one.owner);
      if (one.role === "none" && !one.text && text && amountOf(text, book.engine) && !DASH.test(plain(text))) notes.at("見出しのない{}列目は、入れませんでした。", one.at + 1);
    }
    if (others.some((cell) => cell && amountOf(cell, book.engine))) notes.at("見出しのない{}列目は、入れませんでした。", heads.length + 1 + others.findIndex(Boolean));
    return undefined;
  }

  const amountsAt = (heads) => heads.filter(({ role }) => ["place", "amount", "month"].includes(role)).map(({ at }) => at);

  /** Whether a row is the sum of others, or has no name, and is left out; one that may be a sum is told. */
  function isTotal({ notes, engine }, parts, cells, body, i, line) {
    const text = cells[parts.name.at] ?? "";
    const at = amountsAt(parts.heads);
    const holds = (row) => at.some((k) => row[k] && amountOf(row[k], engine));
    if (!holds(cells) || (!text && parts.merged)) return false;
    const told = (words) => notes.at(`貼り付けた表の{}行目は、${words}`, line);
    const named = maySum(text);
    const last = !body.slice(i + 1, i + 100).some(holds);
    const above = (named || last || !text || (!parts.merged && at.length > 1)) && totals(at, cells, body.slice(0, i).reverse(), engine);
    if (above && (named || !text)) told("上の行の合計と同じなので、合計とみて入れませんでした。");
    else if (!text) told("名前が空なので、合計とみて入れませんでした。合計でなければ、名前を書いてから貼り付けてください。");
    else if (above) told("上の行の合計と同じです。合計の行ではありませんか。合計なら、その行を消してください。");
    else if (!parts.merged && totals(at, cells, body.slice(i + 1), engine)) told("下の行の合計と同じです。合計の行ではありませんか。合計なら、その行を消してください。");
    else if (named) told("合計の行ではありませんか。合計なら、その行を消してください。");
    return !text || (above && named);
  }

  /** What the kinds of a row say, joined, with the unit of its own column. */
  function kindOf(book, { kinds, name, given }, cells, unit, line) {
    const { columns } = book;
    const labels = kinds.map(({ at }, k) => {
      const text = cells[at] ?? "";
      /* the cells of the first of several may be merged */
      if (text || kinds.length === 1 || (name && cells[name.at] && k === 0)) book.last.set(at, text);
      return text || (k < kinds.length - 1 ? (book.last.get(at) ?? "") : "");
    });
    const text = filled(labels).join(" ");
    const stated = unit && cells[unit.at] ? `(${plain(cells[unit.at]).replace(/[()]/g, "")})` : "";
    const meaning = meaningOf(filled(labels).join("|") + stated, columns, given);
    if (meaning.place >= 0 && !meaning.alone) return { ...meaning, text: text + (stated && `（${cells[unit.at]}）`), line };
    if (meaning.why) return { ...meaning, why: meaning.why.replace(/「[^」]*」/, `「${text}${stated && `（${cells[unit.at]}）`}」`).replace("見出しを", "種類を"), row: true, line };
    return { lost: (text || "（空欄）") + (stated && `（${cells[unit.at]}）`), unused: meaning.unused };
  }

  /** Whether the kind that a row names is another than that of a column. */
  function contradicts(text, { place }, columns) {
    const said = plain(text);
    const found = meaningOf(text, columns);
    if (found.place >= 0 && !found.alone) return found.place !== place;
    return Boolean(found.why) || /LNG|CNG|BDF|バイオ|水素|天然ガス|重油/i.test(said) || Object.keys(KINDS).some((kind) => kind !== columns[place].kind && KINDS[kind].test(said));
  }

  /** A kind with the unit that the heading of its amount names. */
  function fitted(book, kind, unit) {
    if (!(kind.place >= 0) || kind.unit || !unit) return kind;
    const { unit: own } = book.columns[kind.place];
    const times = timesOf(own, unit);
    return times ? { ...kind, times, unit } : { why: `「${kind.text ?? book.columns[kind.place].name}」の単位（${unit[2]}）は、欄の単位（${own}）と違います。${own}に直してから貼り付けてください。`, row: true };
  }

  /** Add an amount to its facility, or note why not. */
  function add(book, parts, { meaning, text, months, owner, line, when }) {
    const { columns, engine, notes, entries } = book;
    if (meaning.row && meaning.why) return notes.at(`{}行目の${meaning.why}`, line);
    if (meaning.lost) return into(meaning.unused ? book.idle : book.lost, meaning.lost, line);
    if (meaning.title) return notes.say(`「${meaning.title}」は、どの欄の量か分からないので、入れませんでした。「電気（kWh）」のように書いてください。`);
    if (meaning.none) return book.missing.add(1);
    if (!(meaning.place >= 0)) return undefined;
    const label = owner || book.owner;
    const month = book.ownMonth && months ? (when || `${months[0].month}月`) : "";
    const key = book.ownMonth && months ? `${months[0].year}-${months[0].month}` : parts.merged || parts.months || owner ? label : line;
    const entry = entries.get(key) ?? entries.set(key, { name: book.ownMonth ? month : label, below: key === line ? line - book.first : 0, held: new Map() }).get(key);
    const one = entry.held.get(meaning.place) ?? entry.held.set(meaning.place, { parts: [], bad: [], months: new Map(), lines: [] }).get(meaning.place);
    const amount = amountOf(text, engine);
    const { unit: own } = columns[meaning.place];
    const times = amount?.unit ? timesOf(own, amount.unit) : (meaning.times ?? 1);
    if (!amount || !times || (amount.unit && meaning.unit && times !== meaning.times)) return one.bad.push(`${line}行目の「${text.slice(0, 20)}」`);
    if (amount.dash) book.zeros.push(line);
    if (times !== 1 && !(meaning.role === "place")) notes.say(`「${meaning.text ?? text}」は、${own}に直して入れました（${timesSaid(times)}）。`);
    else if (times !== 1 && amount.unit) notes.say(`「${text}」は、${own}に直して入れました（${timesSaid(times)}）。`);
    if (!meaning.unit && !amount.unit && meaning.role !== "place" && !amount.dash) book.assumed = (book.assumed ?? new Set()).add(`${columns[meaning.place].name}（${own}）`);
    one.parts.push(amount.value * times);
    one.lines.push(line);
    for (const { year, month, day } of months ?? []) {
      const at = [year, month, ...(day && months.length === 1 ? [day] : [])].join("-");
      const lines = one.months.get(at) ?? one.months.set(at, []).get(at);
      if (lines.at(-1) !== line) lines.push(line); // columns of one line are told apart from this
    }
    return undefined;
  }

  /** Whether the amounts of a row are the sums of the first of other rows, two or more. */
  function totals(at, cells, others, engine) {
    const valueOf = (row, k) => amountOf(row[k] ?? "", engine)?.value ?? 0;
    const wanted = at.map((k) => valueOf(cells, k));
    if (!wanted.some(Boolean)) return false;
    const sums = at.map(() => 0);
    for (const [n, row] of others.entries()) {
      at.forEach((k, m) => (sums[m] += valueOf(row, k)));
      if (wanted.some((one, m) => sums[m] > one * (1 + 1e-6))) return false;
      if (n && wanted.every((one, m) => Math.abs(one - sums[m]) < 1e-6 * Math.max(1, one))) return true;
    }
    return false;
  }

  function rowsOf({ columns, entries, notes, ownMonth }) {
    return [...entries.values()].map(({ name, below, held }) => {
      const cells = columns.map(() => "");
      cells[columns.findIndex(({ unit }) => !unit)] = name;
      for (const [place, one] of held) {
        const label = `${name ? name + "の" : ""}${columns[place].name}`;
        if (one.bad.length) notes.say(`${label}：${one.bad.slice(0, 3).join("、")}が数として読めないので、この量は入れませんでした。使っていないなら、0に直してください。`);
        else cells[place] = tidy(one.parts.reduce((sum, part) => sum + part, 0));
        if (!ownMonth) one.label = label;
      }
      return Object.assign(cells, { below });
    });
  }

  const UNKNOWN = "見出しから、何の量かが分かる列がありません。見出しを「電気（kWh）」のように直してから貼り付けてください。";
  /** The months of all rows, where each row is one. */
  function monthsByPlace(entries) {
    const all = new Map();
    for (const { held } of entries.values())
      for (const [place, { months }] of held) {
        const one = all.get(place) ?? all.set(place, { months: new Map(), lines: [] }).get(place);
        months.forEach((lines, key) => one.months.set(key, lines));
      }
    return all;
  }

  const YEAR = [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3];
  const METERED = ["electricity", "city_gas", "water", "heat"];

  function notesOf(book) {
    const { columns, notes, entries } = book;
    const lacking = new Map();
    const together = book.ownMonth ? [{ held: monthsByPlace(entries) }] : entries.values();
    for (const { held } of together)
      for (const [place, one] of held) {
        const label = one.label ?? columns[place].name;
        for (const told of monthsTold(label, one, book)) notes.say(told);
        const gone = YEAR.filter((month) => ![...one.months.keys()].some((key) => Number(key.split("-")[1]) === month));
        if (one.months.size && gone.length && !book.ownMonth && (!book.dated || METERED.includes(columns[place].kind))) into(lacking, gone.join("月、"), label);
      }
    for (const [gone, labels] of lacking) notes.say(`${few(labels, 6)}：${gone}月がありません。使わなかった月は0とします。`);
    if (book.assumed) notes.say(`単位のない量は、欄の単位とみました：${few([...book.assumed], 12)}。`);
    if (book.zeros.length) book.zeros.forEach((line) => notes.at("{}行目の「－」は、0とみました。", line));
    if (book.lost.size) notes.say(`どの欄か分からない種類は入れませんでした：${few([...book.lost.keys()])}。`);
    for (const [text, lines] of book.idle) notes.say(`使わなかった行：${text}（${spans(lines)}行目）。`);
    if (book.missing.size) notes.say("何の使用量の表かが分かりません。入れたい項目の列の欄に貼り付けてください。");
    else if (!entries.size && !notes.all().length) notes.say(UNKNOWN);
    if (book.unused.size) notes.say(`使わなかった列：${few([...book.unused])}。`);
    return notes.all();
  }

  /** What is wrong with the months of one amount: those there twice, more than a year. */
  function monthsTold(label, { months, lines }, { ownMonth }) {
    const said = (key) => key.replace(/^(\d+)-/, "$1年").replace(/^-/, "").replace(/-(\d+)$/, "月$1日").replace(/^(?:\d+年)?\d+$/, "$&月");
    const twice = [...months].filter(([, found]) => found.length > 1);
    const where = new Set(twice.map(([, found]) => found.slice(0, 3).join("行目と")));
    const all = where.size === 1 && twice.length > 3 ? `${[...where][0]}行目の${twice.length}か月分` : twice.slice(0, 4).map(([key, found]) => `${said(key)}（${found.slice(0, 3).join("行目と")}行目）`).join("、") + (twice.length > 4 ? "ほか" : "");
    const again = !months.size && new Set(lines).size > 1;
    const count = new Set([...months.keys()].map((key) => key.split("-").slice(0, 2).join("-"))).size;
    return [
      twice.length && `${label}：${all}が重なっています。足して入れました。同じ分が2回あるなら、片方を消してください。`,
      again && `${label}：${spans(lines)}行目を足して入れました。同じ分が2回あるなら、片方を消してください。`,
      count > 12 && !ownMonth && `${label}：${count}か月分あります。1年分に直してください。`,
    ].filter(Boolean);
  }

  /* ---------- rows in the order of the fields ---------- */

  const HEADING = /量|値|数|割合|実績|見込|使用|面積|重さ|重量|金額|kwh|kg|co2|m3|%|単位/i;
  /* what a heading over an amount of such a calculator may say besides its label */
  const SAYS = { "kg-CO2": /排出|CO2|量/i, "%": /割合|率|%|比|シェア|配分/ };
  const MONEY = /[¥円]|金額|料金|費/;

  /** A row of headings: no number under an amount, and a word there that names one. */
  function isHeading(cells, columns, engine) {
    const amounts = cells.filter((cell, i) => cell && columns[i]?.unit);
    const names = (cell) => !amountOf(cell, engine) && !/^[\d.,−-]/.test(plain(cell));
    return amounts.length > 0 && amounts.every(names) && amounts.some((cell) => HEADING.test(plain(cell)));
  }

  /** For each field how many of it one of a column is; 0 where its heading says something else, which is told. */
  function timesUnder(cells, columns, notes) {
    return columns.map(({ unit, name }, i) => {
      const text = cells?.[i] ?? "";
      if (!unit || !text) return 1;
      const said = unitIn(text);
      const times = said ? timesOf(unit, said) : 1;
      const right = !MONEY.test(plain(text)) && (SAYS[plain(unit)] ?? /(?!)/).test(plain(text));
      if (!times || !right) notes.say(`${i + 1}列目の「${text}」は、${name}（${unit}）か分からないので、入れませんでした。見出しを「${name}（${unit}）」に直すか、見出しを除いて貼り付けてください。`);
      else if (times !== 1) notes.say(`「${text}」は、${unit}に直して入れました（${timesSaid(times)}）。`);
      return right ? times : 0;
    });
  }

  /** The table with its columns in the order of the fields, where a row of headings names them all; else as it is. */
  function inFieldOrder(table, columns, engine) {
    const first = table.findIndex((cells) => cells.some(Boolean));
    if (first < 0 || !isWordy(table[first], engine)) return table;
    const at = columns.map(({ name }) => table[first].findIndex((cell) => plain(cell).includes(plain(name))));
    const known = at.every((place) => place >= 0) && new Set(at).size === at.length;
    return known && at.some((place, i) => place !== i) ? table.map((cells) => (cells.some(Boolean) ? [...at.map((place) => cells[place] ?? ""), ...cells.filter((_, i) => !at.includes(i))] : cells)) : table;
  }

  /** {rows, notes}: the rows to enter, and what is not entered. Rows are counted as they were pasted. */
  function inOrder(table, columns, engine) {
    const rows = [];
    const notes = notebook();
    const isText = columns.some(({ unit }) => !unit);
    let times = columns.map(() => 1);
    let wide = 0;
    table.forEach((cells, i) => {
      /* beside names that stand there already, a row keeps its place */
      if (!cells.some(Boolean)) return isText || rows.push([]);
      const told = `貼り付けた表の{}行目（${filled(cells).join("、").slice(0, 40)}）`;
      if (!rows.length && isHeading(cells, columns, engine)) {
        times = timesUnder(cells, columns, notes);
        return notes.at(`${told}は、見出しとみて入れませんでした。`, i + 1);
      }
      if (columns.some(({ unit }, j) => !unit && isSum(cells[j] ?? ""))) return notes.at(`${told}は、合計とみて入れませんでした。`, i + 1);
      if (columns.some(({ unit, kind }, j) => !unit && ["facility", "vehicle"].includes(kind) && (YEARLY.test(bared(cells[j] ?? "")) || notName(cells[j] ?? "")))) return notes.at(`${told}は、施設や車の名前がないとみて入れませんでした。`, i + 1);
      if (cells.slice(columns.length).some(Boolean)) wide += 1;
      rows.push(cells.slice(0, columns.length).map((cell, j) => ordered(cell, columns[j], times[j], engine, notes, i + 1)));
      const named = columns.some(({ unit }, j) => !unit && cells[j]);
      if (named && columns.some(({ unit }) => unit) && !columns.some(({ unit }, j) => unit && cells[j])) notes.at(`${told}には、量がありません。`, i + 1);
      return undefined;
    });
    while (rows.length && !rows.at(-1).length) rows.pop();
    if (wide) notes.say(`${wide}行で、欄より右にある列は入れませんでした。`);
    return { rows, notes: notes.all(), ordered: true };
  }

  /** The text for a field: what is no amount stays as it is and is told at the field. */
  function ordered(cell, { unit }, times, engine, notes, line) {
    if (!unit || !cell) return cell;
    if (!times) return "";
    const amount = amountOf(cell, engine);
    const own = amount?.unit ? timesOf(unit, amount.unit) : 1;
    if (!amount || !own) return cell;
    if (amount.dash) notes.at("{}行目の「－」は、0とみました。", line);
    if (amount.unit && own !== 1) notes.at(`{}行目の「${cell}」は、${unit}に直して入れました（${timesSaid(own)}）。`, line);
    return amount.unit || times !== 1 || amount.dash ? tidy(amount.value * own * times) : cell;
  }

  /** What a table gives for the fields from a column on: {rows, notes, ordered}. */
  function read(table, columns, column, engine) {
    const texts = columns.filter(({ unit }) => !unit);
    const known = texts.length === 1 && columns.some(({ kind, unit }) => unit && Object.hasOwn(KINDS, kind));
    const ledger = known ? ledgerOf(table, columns, column, engine) : null;
    if (ledger) return ledger;
    const first = known && table.find((cells) => cells.some(Boolean));
    const worded = (cells) => cells.filter((cell) => monthsOf(cell)).length > 2 || cells.some((cell) => isKind(cell, columns));
    if (first && (isHeading(first, columns.slice(column), engine) || table.some(worded))) return { rows: [], notes: [UNKNOWN] };
    return inOrder(column ? table : inFieldOrder(table, columns, engine), columns.slice(column), engine);
  }

  /* ---------- into the page ---------- */

  /** [{place, kind, name, unit}] of the fields of a row. */
  function columnsOf({ rows }, labels) {
    return Object.entries(rows.columns).map(([id, spec], place) => ({ place, kind: id.replace(/_[^_]+$/, ""), name: plain(labels[place]).replace(/\(.*/, ""), unit: spec.unit }));
  }

  const labelsOf = (calculator) => [...calculator.querySelector("template").content.querySelectorAll("input")].map((cell) => cell.getAttribute("aria-label"));

  const MOST_NOTES = 5;
  const MOST_OF_LEDGER = 30;
  const shortened = (notes, most) => (notes.length > most ? [...notes.slice(0, most), `ほかに${notes.length - most}件あります。`] : notes);

  function spread(calculator, target, text) {
    const row = target.closest("[data-row]");
    const start = calculator.tableRows().indexOf(row);
    const column = calculator.cells(row).indexOf(target);
    calculator.remember();
    bring(calculator, readTable(text), start, column, "表を貼り付けました。");
  }

  /** Put a file below the rows that are filled already. */
  function open(calculator, bytes) {
    if (!calculator.table) return calculator.announce("読み込めませんでした。この計算器には、表を入れる行がありません。");
    const text = decoded(bytes);
    if (text.includes("\0")) return calculator.announce("読み込めませんでした。文字の表ではありません。Excelで「CSV UTF-8（コンマ区切り）」を選んで保存してから、読み込んでください。");
    const rows = calculator.rowTexts().filter((row) => row.some(Boolean));
    calculator.remember();
    const { helped } = calculator;
    calculator.fill(calculator.texts(), rows);
    calculator.helped = helped; // the amounts above the rows are as before
    return bring(calculator, readCsv(text), rows.length, 0, "表のファイルを読み込みました。");
  }

  /** Enter a table at a cell: by its headings, or in the order of the columns. */
  function bring(calculator, table, start, column, words) {
    const { definition, engine } = calculator;
    const columns = columnsOf(definition, labelsOf(calculator));
    const found = read(table, columns, column, engine);
    const { max } = definition.rows;
    const places = found.ordered ? found.rows.map((_, i) => start + i) : placesOf(calculator, found.rows, start);
    const many = Math.max(...places, -1) + 1;
    const replaced = enter(calculator, found, places, found.ordered ? column : 0, max);
    // too many: one message, that of the table
    const told = many > max ? [`${many}行のうち、入れられるのは${max}行までです。`] : [...found.notes, ...replaced];
    tell(calculator, shortened(told, found.ordered ? MOST_NOTES : MOST_OF_LEDGER));
    calculator.settle([...shortened(told, MOST_NOTES), `${words}「元に戻す」で戻せます。`].join(""));
  }

  /** Which row of the form each row of a ledger belongs to: that of its name, else the next that is free. */
  function placesOf(calculator, rows, start) {
    const here = calculator.rowTexts();
    const nameAt = Object.values(calculator.definition.rows.columns).findIndex(({ unit }) => !unit);
    const same = (one, other) => plain(one) === plain(other) || (sameMonth(monthsOf(one)?.[0], monthsOf(other)?.[0]));
    const taken = new Set();
    const take = (at) => taken.add(at) && at;
    const free = (at) => !taken.has(at) && (!here[at] || !here[at].some(Boolean));
    return rows.map((cells) => {
      const name = cells[nameAt];
      if (!name && rows.every((row) => !row[nameAt])) return take(start + cells.below);
      const found = here.findIndex((row, at) => !taken.has(at) && name && row[nameAt] && same(row[nameAt], name));
      if (found >= 0) return take(found);
      let at = start;
      while (!free(at)) at += 1;
      return take(at);
    });
  }

  /** Enter rows at their places; a cell that a ledger says nothing of stays. Return what was replaced. */
  function enter(calculator, { rows, ordered: inPlace }, places, column, max) {
    const replaced = [];
    rows.forEach((texts, i) => {
      if (places[i] > max) return; // one too many, so that the form says how many may be
      while (calculator.tableRows().length <= places[i]) calculator.addRow([]);
      const cells = calculator.cells(calculator.tableRows()[places[i]]);
      texts.forEach((value, j) => {
        const field = cells[column + j];
        if (!field || (!value && !inPlace)) return;
        if (!inPlace && field.value && field.value !== value && j) replaced.push(`${texts[0] ? texts[0] + "の" : ""}${field.getAttribute("aria-label")}（${field.value}）`);
        field.value = value;
      });
    });
    return replaced.length ? [`前の量を、貼り付けた量に替えました：${few(replaced)}。`] : [];
  }

  /** What was not entered stays below the table until the next change of it all. */
  function tell(calculator, notes) {
    if (!notes.length) return;
    const list = document.createElement("ul");
    list.dataset.told = "";
    list.append(...notes.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
    calculator.querySelector("[data-do=add]").parentElement.before(list);
  }

  root.offsetCalculatorLedger = { spread, open, read, readTable, readCsv, decoded, columnsOf };
})(typeof window === "undefined" ? globalThis : window);
