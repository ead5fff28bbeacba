/* Filters the precedents, finds those that are like one's own, puts up to three side by side and hands them over as
   text, CSV and Word. The page is whole without this file; the build asks the same of the same numbers. */
(() => {
  "use strict";

  const MOST = { alike: 5, side: 3 };
  const LIMITS = {
    people: { pattern: /^\d+$/, least: 1, most: 1e8 },
    tonnes: { pattern: /^\d+(\.\d+)?$/, least: 0.001, most: 1e8 },
  };
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  /* -- records -------------------------------------------------------------------------------- */

  class Precedent {
    constructor(row) {
      this.row = row;
      this.id = row.dataset.precedent;
      this.title = row.querySelector("h3").firstChild.textContent.trim();
      this.brief = row.querySelector("[data-brief]").textContent;
      this.held = Object.entries(JSON.parse(row.dataset.held)).map(([name, values]) => [name, values.split("|")]);
      this.people = Number(row.dataset.people);
      this.tonnes = Number(row.dataset.tonnes);
      this.old = "old" in row.dataset;
      this.box = row.querySelector("[data-pick]");
      this.grounds = row.querySelector("[data-grounds] p");
    }

    fits(wanted) {
      return this.held.every(([name, values]) => !wanted[name] || values.includes(wanted[name]));
    }

    // name → words, in the order of the record
    get facts() {
      return new Map(all("dt", this.row).map((name) => [name.textContent, name.nextElementSibling.textContent]));
    }

    link() {
      const made = document.createElement("a");
      made.href = `#${this.id}`;
      made.textContent = this.title;
      return made;
    }
  }

  function make(tag, ...parts) {
    const made = document.createElement(tag);
    made.append(...parts);
    return made;
  }

  /* -- filter, with the choice kept in the address --------------------------------------------- */

  function startFilter(form, precedents) {
    const fields = [...form.elements].filter((one) => one.name);
    const groups = all("[data-group]").map((group) => ({ group, open: group.open }));
    const update = () => {
      const wanted = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
      const asked = fields.some(({ value }) => value);
      for (const one of precedents) one.row.hidden = !one.fits(wanted);
      for (const { group, open } of groups) {
        const shown = all("[data-precedent]", group).filter((row) => !row.hidden).length;
        group.querySelector("[data-count]").textContent = shown;
        group.hidden = !shown;
        group.open = asked || open;
      }
      const shown = precedents.filter(({ row }) => !row.hidden).length;
      form.querySelector("[data-precedents-status]").textContent = `${precedents.length}件のうち${shown}件を表示しています。`;
    };
    const remember = () => {
      const chosen = fields.map(({ name, value }) => [name, value]).filter(([, value]) => value);
      const asked = chosen.length ? `?${new URLSearchParams(chosen)}` : "";
      history.replaceState(null, "", `${location.pathname}${asked}${location.hash}`);
    };
    const changed = () => (update(), remember());
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = fields.find((one) => one.name === name);
      if (field) field.value = value;
      if (field && field.selectedIndex < 0) field.value = "";
    }
    form.addEventListener("change", changed);
    form.addEventListener("reset", () => setTimeout(changed));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    update();
  }

  /* -- those that are like one's own: nearest by ratio ------------------------------------------ */

  // NaN: no whole number of people, no tonnes that an event can have
  function number(text, unit) {
    const plain = text.normalize("NFKC").replace(/[\s,，]/g, "");
    const { pattern, least, most } = LIMITS[unit];
    const size = pattern.test(plain) ? Number(plain) : NaN;
    return size >= least && size <= most ? size : NaN;
  }

  function alike(precedents, kind, unit, size) {
    return precedents
      .filter((one) => one.fits({ kind }) && !one.old && one[unit])
      .map((one) => [Math.abs(Math.log(one[unit] / size)), one])
      .sort(([near, one], [other, two]) => near - other || (one.id < two.id ? -1 : 1))
      .slice(0, MOST.alike)
      .map(([, one]) => one);
  }

  function startAlike(form, precedents) {
    const { kind, size, unit } = form.elements;
    const error = form.querySelector("[data-error]");
    const place = document.querySelector(".precedent-alike");
    const update = () => {
      const wanted = number(size.value, unit.value);
      const wrong = Number.isNaN(wanted);
      error.hidden = !wrong;
      size.setAttribute("aria-invalid", wrong);
      // what was found for another size is no answer to this one
      place.hidden = wrong;
      form.querySelector("[data-alike-status]").textContent = "";
      if (wrong) return;
      const found = alike(precedents, kind.value, unit.value, wanted);
      const title = `${kind.selectedOptions[0].text}、${wanted.toLocaleString("en", { maximumFractionDigits: 20 })}${unit.value === "people" ? "人" : " t"}に近い順`;
      document.querySelector("[data-alike-title]").textContent = title;
      const items = found.map((one) => make("li", one.link(), `：${one.brief}`));
      const none = make("li", "大きさが分かる例はありません。単位を替えるか、一覧で種類を選んでください。");
      document.querySelector("[data-alike-list]").replaceChildren(...(items.length ? items : [none]));
      form.querySelector("[data-alike-status]").textContent = `${found.length}件です。`;
    };
    const asIs = () => size.value === size.defaultValue && [kind, unit].every((one) => one.selectedOptions[0].defaultSelected);
    form.addEventListener("input", update);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    // by then Back has put in what was asked
    addEventListener("pageshow", () => asIs() || update());
  }

  /* -- side by side ------------------------------------------------------------------------------ */

  class Side {
    constructor(place, precedents) {
      this.place = place;
      this.precedents = precedents;
      this.bar = document.querySelector("[data-bar]");
      this.table = place.querySelector("table");
      this.status = place.querySelector("[data-side-status]");
      this.text = place.querySelector("[data-text]");
      this.example = [...this.table.children].slice(1);
      const shown = all("thead a", this.table).map((link) => link.hash.slice(1));
      this.first = precedents.filter((one) => shown.includes(one.id));
    }

    get picked() {
      return this.precedents.filter(({ box }) => box.checked);
    }

    // what is handed over: the chosen ones, else the example
    get taken() {
      return this.picked.length ? this.picked : this.first;
    }

    start() {
      for (const one of this.precedents) {
        one.box.parentElement.hidden = false;
        one.box.addEventListener("change", () => this.update());
      }
      const on = (name, act) => this.place.querySelector(`[data-${name}]`).addEventListener("click", act);
      on("copy", () => this.copy());
      on("csv", () => this.hand("csv", "text/csv", csv(this.taken, this.order)));
      on("word", () => this.hand("docx", WORD, docx(this.taken, this.names())));
      on("clear", () => this.clear());
      this.order = JSON.parse(this.place.dataset.order);
      this.place.querySelector("[data-take]").hidden = false;
      this.update();
      addEventListener("pageshow", () => this.update()); // by then Back has put the marks in again
    }

    names() {
      const facts = this.taken.map((one) => one.facts);
      return this.order.filter((name) => facts.some((one) => one.has(name)));
    }

    update() {
      const { picked } = this;
      for (const { box } of this.precedents) box.disabled = !box.checked && picked.length >= MOST.side;
      this.bar.hidden = !picked.length;
      document.querySelector("[data-picked]").textContent = `${picked.length}件を選びました（${MOST.side}件まで）。`;
      const title = picked.length ? `選んだ${picked.length}件` : "例：3件を並べたもの";
      this.place.querySelector("[data-side-title]").textContent = title;
      this.table.replaceChildren(this.table.caption, ...(picked.length ? this.rows(picked) : this.example));
      this.text.parentElement.hidden = true;
      this.status.textContent = "";
    }

    rows(picked) {
      const head = make("tr", ...picked.map((one) => make("th", one.link())));
      for (const cell of head.cells) cell.scope = "col";
      const facts = picked.map((one) => one.facts);
      const row = (name, cells) => {
        const over = make("th", name);
        over.scope = "rowgroup";
        over.colSpan = picked.length;
        return make("tbody", make("tr", over), make("tr", ...cells));
      };
      const told = this.names().map((name) => row(name, facts.map((one) => make("td", one.get(name) ?? "―"))));
      const grounds = picked.map((one) => make("td", one.grounds.cloneNode(true)));
      return [make("thead", head), ...told, row("出典", grounds)];
    }

    clear() {
      for (const { box } of this.precedents) box.checked = false;
      this.update();
      document.getElementById("list").scrollIntoView();
    }

    async copy() {
      this.text.value = plainText(this.taken, this.order);
      this.text.parentElement.hidden = false;
      this.text.select();
      try {
        await navigator.clipboard.writeText(this.text.value);
        this.status.textContent = "コピーしました。";
      } catch {
        this.status.textContent = "下の文を選んでコピーしてください。";
      }
    }

    hand(ending, type, content) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([content], { type }));
      link.download = `precedents.${ending}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      this.status.textContent = `${this.taken.length}件をファイルにしました。`;
    }
  }

  /* -- what is handed over: words with their citations ------------------------------------------- */

  const address = (one) => `${location.origin}${location.pathname}#${one.id}`;
  const where = () => document.title;

  // the citation with the address of each source written out
  function citation(one) {
    const copy = one.grounds.cloneNode(true);
    for (const link of all("a", copy)) link.append(` ${link.href}`);
    return copy.textContent;
  }

  const told = (one, order) => order.filter((name) => one.facts.has(name)).map((name) => [name, one.facts.get(name)]);

  function plainText(precedents, order) {
    const parts = precedents.map((one, at) =>
      [`${at + 1}　${one.title}`, ...told(one, order).map((fact) => `　${fact.join("：")}`), `　${citation(one)}`, `　${address(one)}`].join("\n"),
    );
    return [...parts, `（${where()}）`].join("\n\n");
  }

  function csv(precedents, order) {
    const rows = precedents.map((one) => [one.title, ...order.map((name) => one.facts.get(name) ?? ""), citation(one), address(one)]);
    const cell = (words) => `"${words.replace(/"/g, '""')}"`;
    const lines = [["実例", ...order, "出典", "アドレス"], ...rows].map((row) => row.map(cell).join(","));
    return `\ufeff${lines.join("\r\n")}\r\n`;
  }

  /* -- Word: the least that a document needs, stored in a zip ------------------------------------ */

  const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  const OPEN = "http://schemas.openxmlformats.org";
  const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

  function escaped(words) {
    const known = words.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
    return known.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  }

  function paragraph(words, bold = false, size = 21) {
    const look = `<w:rPr>${bold ? "<w:b/>" : ""}<w:sz w:val="${size}"/></w:rPr>`;
    return `<w:p><w:r>${look}<w:t xml:space="preserve">${escaped(words)}</w:t></w:r></w:p>`;
  }

  function table(precedents, names) {
    const share = Math.floor(8000 / precedents.length);
    const cell = (words, width, bold) => `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${paragraph(words, bold, 18)}</w:tc>`;
    const row = (name, cells, head) =>
      `<w:tr>${head ? "<w:trPr><w:tblHeader/></w:trPr>" : ""}${cell(name, 1638, true)}${cells.map((words) => cell(words, share, head)).join("")}</w:tr>`;
    const line = (side) => `<w:${side} w:val="single" w:sz="4" w:color="808080"/>`;
    const lines = ["top", "left", "bottom", "right", "insideH", "insideV"].map(line).join("");
    const grid = [1638, ...precedents.map(() => share)].map((width) => `<w:gridCol w:w="${width}"/>`).join("");
    const rows = names.map((name) => row(name, precedents.map((one) => one.facts.get(name) ?? "―"), false));
    const look = `<w:tblPr><w:tblW w:w="9638" w:type="dxa"/><w:tblBorders>${lines}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>`;
    return `<w:tbl>${look}<w:tblGrid>${grid}</w:tblGrid>${row("実例", precedents.map((one) => one.title), true)}${rows.join("")}</w:tbl>`;
  }

  function docx(precedents, names) {
    const cited = precedents.flatMap((one) => [paragraph(one.title, true), paragraph(citation(one)), paragraph(address(one))]);
    const body = [paragraph("先例", true, 28), table(precedents, names), paragraph("出典", true, 24), ...cited, paragraph(`（${where()}）`)];
    const page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/></w:sectPr>';
    const main = "word/document.xml";
    return zip({
      "[Content_Types].xml": `${HEAD}<Types xmlns="${OPEN}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/${main}" ContentType="${WORD}.main+xml"/></Types>`,
      "_rels/.rels": `${HEAD}<Relationships xmlns="${OPEN}/package/2006/relationships"><Relationship Id="r1" Type="${OPEN}/officeDocument/2006/relationships/officeDocument" Target="${main}"/></Relationships>`,
      [main]: `${HEAD}<w:document xmlns:w="${OPEN}/wordprocessingml/2006/main"><w:body>${body.join("")}${page}</w:body></w:document>`,
    });
  }

  function crc(bytes) {
    let sum = -1;
    for (const byte of bytes) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return ~sum >>> 0;
  }

  // numbers in little-endian order, each as [value, bytes]
  function packed(...numbers) {
    return new Uint8Array(numbers.flatMap(([value, size]) => Array.from({ length: size }, (_, at) => (value >>> (8 * at)) & 255)));
  }

  /** A zip of stored files (APPNOTE 4.3): names in UTF-8, dated 1980-01-01. */
  function zip(files) {
    const encoder = new TextEncoder();
    const parts = [];
    const listed = [];
    let offset = 0;
    for (const [file, words] of Object.entries(files)) {
      const [name, bytes] = [encoder.encode(file), encoder.encode(words)];
      const sizes = [[20, 2], [0x800, 2], [0, 2], [0, 2], [33, 2], [crc(bytes), 4], [bytes.length, 4], [bytes.length, 4], [name.length, 2], [0, 2]];
      const local = packed([0x04034b50, 4], ...sizes);
      listed.push(packed([0x02014b50, 4], [20, 2], ...sizes, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), name);
      parts.push(local, name, bytes);
      offset += local.length + name.length + bytes.length;
    }
    const count = Object.keys(files).length;
    const length = listed.reduce((sum, part) => sum + part.length, 0);
    const end = packed([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [length, 4], [offset, 4], [0, 2]);
    return new Blob([...parts, ...listed, end]);
  }

  /* -- a link to something folded unfolds it ------------------------------------------------------- */

  function unfold(hash) {
    const target = document.getElementById(hash.slice(1));
    if (!target || !target.closest("[data-group]")) return;
    const row = target.closest("[data-precedent]");
    if (row) row.hidden = false;
    for (let part = target; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") part.open = true;
      if ("group" in part.dataset) part.hidden = false;
    }
    target.scrollIntoView();
  }

  /* -- the theme unfolds all to print: what was shut prints as its line ----------------------------- */

  function keepShutToPrint() {
    const printing = (on) => () => {
      for (const record of all("[data-precedent] > details")) record.toggleAttribute("data-shut", on && !record.open);
    };
    // before the theme hears of it
    addEventListener("beforeprint", printing(true), true);
    addEventListener("afterprint", printing(false));
  }

  function start() {
    keepShutToPrint();
    const precedents = all("[data-precedent]").map((row) => new Precedent(row));
    const form = document.querySelector("form[data-precedents]");
    if (!form) return;
    startFilter(form, precedents);
    startAlike(document.querySelector("form[data-alike]"), precedents);
    new Side(document.querySelector("[data-side]"), precedents).start();
    document.addEventListener("click", ({ target }) => {
      const made = target.closest('a[href^="#"]');
      if (made) unfold(made.hash);
    });
    addEventListener("hashchange", () => unfold(location.hash));
    unfold(location.hash);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
