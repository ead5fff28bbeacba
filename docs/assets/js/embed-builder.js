/* The page that makes code for other sites. Its state is in the address; nothing is sent or kept. Needs calculator-more.js. */
(() => {
  "use strict";

  const SANDBOX = ' sandbox="allow-scripts allow-forms allow-downloads allow-modals allow-popups"';
  const CHOICES = ["factors", "audience", "theme", "accent", "title", "org"];
  const WHITE = [255, 255, 255];
  const DARK = [18, 18, 18];
  const { readable, shortName } = window.offsetCalculatorMore;

  const form = document.querySelector("[data-builder]");
  if (!form) return;
  const data = JSON.parse(form.dataset.builder);
  const status = form.querySelector("[data-builder-status]");
  const table = form.querySelector("[data-builder-fields] div");
  // built without a public address: the code leads to where this page stands, if that is on a server
  const UNKNOWN = "〈このサイトのアドレス〉";
  const served = /^http/.test(location.protocol);
  const told = (text) => (served ? text.replaceAll(UNKNOWN + "/", new URL("../", location.href).href).replaceAll(UNKNOWN, location.origin) : text);
  data.site = told(data.site);
  for (const code of document.querySelectorAll("article code, article [data-sentence] p")) if (code.textContent.includes(UNKNOWN)) code.textContent = told(code.textContent);
  const value = (name) => form.elements[name].value.trim();
  const chosen = () => data.calculators[value("calculator")];

  /* -- what was chosen ------------------------------------------------------------------------- */

  const GIVEN = "v."; // the fields of a calculator have names of their own, `title` among them

  const starts = () => [...table.querySelectorAll("[data-start]")].map((field) => [field.dataset.start, field.value]).filter(([, text]) => text);
  const locks = () => [...table.querySelectorAll("[data-lock]:checked")].map((box) => box.dataset.lock);

  /** The query of the frame: only what is sound, so that the code does what the preview shows. */
  function query() {
    const accent = value("accent").replace("#", "").toLowerCase();
    const pairs = [
      ["factors", value("factors")],
      ["audience", value("audience")],
      ["theme", value("theme")],
      ["accent", readable(accent, WHITE) ? accent : ""],
      ["title", shortName(value("title"))],
      ["org", shortName(value("org"))],
      ["lock", locks().join(",")],
    ];
    const text = new URLSearchParams(pairs.filter(([, one]) => one)).toString();
    return text && "?" + text;
  }

  function fragment() {
    const given = starts();
    /* a link without them would mean what it meant before they were always written */
    const always = chosen().fields.filter(([id, , , usual]) => usual && given.length && !given.some((one) => one[0] === id)).map(([id, , , usual]) => [id, usual]);
    const pairs = [...given, ...always].map(([id, text]) => `${id}=${encodeURIComponent(text)}`);
    return pairs.length ? "#" + ["v=1", ...pairs].join("&") : "";
  }

  /* -- what comes of it ------------------------------------------------------------------------ */

  const NAMED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  const escaped = (text) => String(text).replace(/[&<>"]/g, (letter) => NAMED[letter]);

  function values() {
    const one = chosen();
    const id = value("calculator");
    const at = data.widths.indexOf(Number(value("width")));
    const options = query() + fragment();
    return {
      ...one,
      id,
      options,
      site: data.site,
      frame: `${data.site}embed/${id}/${options}`,
      page: `${data.site}calculators/${id}/${fragment()}`,
      height: one.worked[at] || 1000,
      reserved: one.empty[at] || 1000,
    };
  }

  function snippet(kind, filled) {
    const sandbox = form.elements.sandbox.checked ? SANDBOX : "";
    return data.snippets[kind].replace(/\{(\w+)\}/g, (_, key) => (key === "sandbox" ? sandbox : escaped(filled[key])));
  }

  function said() {
    const accent = value("accent").replace("#", "");
    const told = [];
    if (accent && !readable(accent, WHITE)) told.push("色は、1b5e20 のような6桁の16進数で入れてください。いまの色は使いません。");
    else if (accent) {
      const [light, dark] = [readable(accent, WHITE), readable(accent, DARK)];
      const shown = { light: `明るい配色では ${light}`, dark: `暗い配色では ${dark}` };
      const kinds = value("theme") ? [value("theme")] : ["light", "dark"];
      const moved = kinds.filter((kind) => ({ light, dark })[kind] !== "#" + accent.toLowerCase());
      if (moved.length) told.push(`文字として読めるように色を直します（${moved.map((kind) => shown[kind]).join("、")}）。`);
    }
    for (const [name, label] of [["title", "題"], ["org", "設置者の名前"]])
      if (value(name) && !shortName(value(name))) told.push(`${label}は、40字までで、アドレスを入れずに書いてください。いまの文字は使いません。`);
    return told.join("");
  }

  function preview() {
    const filled = values();
    const frame = document.createElement("iframe");
    frame.title = filled.name;
    frame.src = `${filled.id}/${location.protocol === "file:" ? "index.html" : ""}${filled.options}`;
    frame.height = filled.reserved;
    frame.width = value("width");
    form.querySelector("[data-preview]").replaceChildren(frame);
  }

  let last = "";

  function update() {
    const filled = values();
    for (const area of form.querySelectorAll("[data-snippet]")) area.value = snippet(area.dataset.snippet, filled);
    status.textContent = said();
    const shown = [filled.id, filled.options, value("width")].join(" ");
    if (shown !== last) preview();
    last = shown;
  }

  /* -- fields of the chosen calculator ----------------------------------------------------------- */

  function control([id, label, choices]) {
    const field = document.createElement(choices.length ? "select" : "input");
    if (choices.length) field.append(new Option("（入れない）", ""), ...choices.map(([key, text]) => new Option(text, key)));
    field.dataset.start = id;
    field.setAttribute("aria-label", `${label}の初めの値`);
    return Object.hasOwn(data.searched, id) ? [field, ...search(id, field)] : [field];
  }

  /* -- any supplier of the official tables: a search that loads on use -- */

  const MOST = 8;
  const SETS = { inputs: { factors: { choices: Object.fromEntries([...form.elements.factors.options].filter((one) => one.value).map((one) => [one.value, {}])), aliases: { current: data.today } } } };
  const setChosen = () => value("factors") || data.today;
  let tables;

  const script = (address) =>
    new Promise((done, fail) => {
      const one = document.createElement("script");
      Object.assign(one, { src: address, onload: done, onerror: fail });
      document.head.append(one);
    });

  /** The script that searches, when it and its tables are there. */
  async function suppliers() {
    tables ??= Promise.all([form.dataset.suppliers, form.dataset.tables].map(script));
    try {
      await tables;
    } catch {
      tables = undefined;
      status.textContent = "会社の表を読み込めませんでした。ページを読み直してください。";
    }
    return tables && window.offsetCalculatorSuppliers;
  }

  function search(id, select) {
    const input = document.createElement("input");
    const found = document.createElement("div");
    input.type = "search";
    input.placeholder = data.searched[id];
    input.setAttribute("aria-label", data.searched[id]);
    found.setAttribute("role", "group");
    found.setAttribute("aria-label", "見つかった会社");
    input.addEventListener("focus", suppliers);
    input.addEventListener("input", async (event) => {
      event.stopPropagation();
      const part = await suppliers();
      if (part) found.replaceChildren(...entries(part, id, select, input.value));
    });
    return [input, found];
  }

  function entries(part, id, select, text) {
    const { kinds, words } = part;
    const all = part.offersFor(id, text, kinds[id].of[setChosen()] ?? kinds[id].of[data.today]);
    const told = document.createElement("p");
    told.setAttribute("role", "status");
    told.textContent = !text.trim() ? "" : all.length > MOST ? words.more.replace("{count}", all.length - MOST) : all.length ? words.found.replace("{count}", all.length) : words.none;
    const buttons = all.slice(0, MOST).map(([key, label]) => {
      const one = document.createElement("button");
      one.type = "button";
      one.textContent = label;
      one.addEventListener("click", () => {
        offer(select, key, label);
        select.dispatchEvent(new Event("input", { bubbles: true }));
        select.focus();
      });
      return one;
    });
    return [...buttons, told];
  }

  function offer(select, key, label) {
    if (![...select.options].some((one) => one.value === key)) select.add(new Option(label, key));
    select.value = key;
  }

  /** What an address names and the short list does not have. */
  async function adopt(select, key) {
    const part = await suppliers();
    const found = part?.find(SETS, select.dataset.start, key, setChosen());
    if (!found) return;
    offer(select, key, found.label);
    update();
  }

  function box([id, label]) {
    const one = document.createElement("input");
    one.type = "checkbox";
    one.dataset.lock = id;
    one.setAttribute("aria-label", `${label}を変えられないようにする`);
    return one;
  }

  function listFields() {
    const rows = chosen().fields.map((field) => {
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = field[1];
      row.append(head, ...[control(field), [box(field)]].map((parts) => {
        const cell = document.createElement("td");
        cell.append(...parts);
        return cell;
      }));
      return row;
    });
    const whole = document.createElement("table");
    whole.createCaption().textContent = "初めの値と、変えられないようにする欄";
    const top = whole.createTHead().insertRow();
    for (const text of ["欄", "初めの値", "変えない"]) {
      const head = document.createElement("th");
      head.scope = "col";
      head.textContent = text;
      top.append(head);
    }
    whole.createTBody().append(...rows);
    table.replaceChildren(whole);
  }

  /* -- the address ------------------------------------------------------------------------------ */

  function remember() {
    const pairs = [["calculator", value("calculator")], ...CHOICES.map((name) => [name, value(name)]), ["width", value("width")]];
    if (form.elements.sandbox.checked) pairs.push(["sandbox", "1"]);
    if (locks().length) pairs.push(["lock", locks().join(",")]);
    pairs.push(...starts().map(([id, text]) => [GIVEN + id, text]));
    history.replaceState(null, "", "#" + new URLSearchParams(pairs.filter(([, text]) => text)));
  }

  /** `#event` of a link from elsewhere names a calculator; `#calculator=event&theme=dark` a whole state. */
  function recall() {
    const text = location.hash.slice(1);
    const asked = new URLSearchParams(text.includes("=") ? text : `calculator=${text}`);
    const name = asked.get("calculator");
    if (Object.hasOwn(data.calculators, name)) form.elements.calculator.value = name;
    for (const key of [...CHOICES, "width"]) set(form.elements[key], asked.get(key));
    form.elements.sandbox.checked = asked.get("sandbox") === "1";
    listFields();
    for (const field of table.querySelectorAll("[data-start]")) {
      const text = asked.get(GIVEN + field.dataset.start);
      set(field, text);
      if (text && text !== field.value && Object.hasOwn(data.searched, field.dataset.start)) adopt(field, text);
    }
    const locked = (asked.get("lock") || "").split(",");
    for (const one of table.querySelectorAll("[data-lock]")) one.checked = locked.includes(one.dataset.lock);
  }

  function set(field, text) {
    if (text === null) return;
    const before = field.value;
    field.value = text;
    if (field.localName === "select" && field.selectedIndex < 0) field.value = before;
  }

  /* -- copying ------------------------------------------------------------------------------------ */

  async function copy(kind) {
    const area = form.querySelector(`[data-snippet="${kind}"]`);
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
      status.textContent = "コードをコピーしました。";
    } catch {
      status.textContent = "コードを選びました。キーボードかメニューでコピーしてください。";
    }
  }

  let later;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", (event) => {
    if (event.target.name === "calculator") listFields();
    clearTimeout(later);
    later = setTimeout(() => {
      update();
      remember();
    }, 250);
  });
  form.addEventListener("click", (event) => event.target.dataset.copy && copy(event.target.dataset.copy));
  addEventListener("hashchange", () => {
    recall();
    update();
  });
  recall();
  form.hidden = false;
  update();
})();
