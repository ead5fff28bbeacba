/* Chooser, case filter, glossary search, menu, tooltips and the link to the feed. Every page is whole without this file. */
(() => {
  "use strict";

  const fold = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[\u30a1-\u30f6]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60))
      .replace(/[\s・･ー\-‐–—]/g, "");

  /* -- chooser: the answers' methods, intersected -------------------------------------------- */

  const found = (left) =>
    left ? `合う方法は${left}件です。` : "この答えの組み合わせに合う方法はありません。答えをひとつ変えてください。";

  function startChooser(form) {
    const result = form.querySelector("[data-chooser-result]");
    const status = form.querySelector("[data-chooser-status]");
    const cards = [...form.querySelectorAll("[data-method]")];
    const update = () => {
      const answers = [...form.querySelectorAll("input:checked")].map((input) => input.dataset.methods.split(" "));
      let left = 0;
      for (const card of cards) {
        card.hidden = !answers.every((methods) => methods.includes(card.dataset.method));
        if (!card.hidden) left += 1;
      }
      result.hidden = answers.length === 0;
      status.textContent = answers.length ? found(left) : "";
    };
    form.addEventListener("change", update);
    form.addEventListener("reset", () =>
      setTimeout(() => {
        update();
        form.querySelector("input").focus(); // the button that was pressed is hidden with the result
      }),
    );
    form.addEventListener("submit", (event) => event.preventDefault());
    update();
    addEventListener("pageshow", update); // by then Back has put the answers in again
  }

  /* -- cases: filter, with the choice kept in the address -------------------------------------- */

  const FIELDS = ["method", "kind", "place", "year"];
  const SEPARATORS = { method: " ", place: "|" };

  function startFilter(form) {
    const cases = [...document.querySelectorAll("[data-case]")];
    const status = form.querySelector("[data-filter-status]");
    const fits = (item) =>
      FIELDS.every((name) => {
        const wanted = form.elements[name].value;
        const held = SEPARATORS[name] ? item.dataset[name].split(SEPARATORS[name]) : [item.dataset[name]];
        return !wanted || held.includes(wanted);
      });
    const update = () => {
      for (const item of cases) item.hidden = !fits(item);
      const shown = cases.filter((item) => !item.hidden).length;
      status.textContent = `${cases.length}件のうち${shown}件を表示しています。`;
    };
    const remember = () => {
      const chosen = FIELDS.map((name) => [name, form.elements[name].value]).filter(([, value]) => value);
      history.replaceState(null, "", `${location.pathname}${chosen.length ? `?${new URLSearchParams(chosen)}` : ""}`);
    };
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (FIELDS.includes(name)) form.elements[name].value = value;
      if (FIELDS.includes(name) && form.elements[name].selectedIndex < 0) form.elements[name].value = "";
    }
    form.addEventListener("change", () => {
      update();
      remember();
    });
    form.addEventListener("reset", () =>
      setTimeout(() => {
        update();
        remember();
      }),
    );
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    update();
  }

  /* -- glossary: the terms that fit, best first; the question stays in the address ------------------------------ */

  const LONGEST_ASKED = 400;

  class Glossary {
    constructor(input) {
      this.input = input;
      this.count = document.getElementById("glossary-count");
      this.nearest = document.getElementById("glossary-nearest");
      this.found = document.getElementById("glossary-found");
      this.index = document.querySelector(".kana");
      const entriesOf = (row) => [...row.querySelectorAll("[data-term]")];
      this.rows = [...document.querySelectorAll("[data-row]")].map((row) => ({ row, entries: entriesOf(row) }));
      this.entries = new Map(this.rows.flatMap(({ entries }) => entries).map((entry) => [entry.dataset.term, entry]));
      this.asked = 0;
      this.opened = [];
    }

    start() {
      this.input.addEventListener("focus", () => this.ask("").catch(() => {}), { once: true });
      this.input.addEventListener("input", () => this.update());
      window.addEventListener("hashchange", () => this.uncover());
      this.update();
    }

    async update(exact = false) {
      this.asked += 1;
      const mine = this.asked;
      const wanted = this.input.value.trim();
      this.remember(wanted);
      if (!wanted) return this.showAll();
      const plain = this.plainly(wanted);
      this.show(plain);
      const answer = await this.ask(wanted, exact).catch(() => plain);
      if (mine !== this.asked) return;
      this.show(answer);
      if (answer === plain) this.lost();
    }

    async ask(terms, exact) {
      const ask = await window.guideSearchOpen();
      return ask({ terms, exact });
    }

    // until the index answers, and without one (in `make edit`): the terms whose names hold what was typed
    plainly(wanted) {
      const folded = fold(wanted);
      const has = ([, entry]) => fold(entry.dataset.keys).includes(folded);
      return { found: [...this.entries].filter(has).map(([id]) => id), less: [], corrected: [], nearest: null };
    }

    lost() {
      this.nearest.hidden = false;
      window.guideSearchLost(this.nearest);
    }

    // browsers take no address of any length
    remember(wanted) {
      const question = wanted && wanted.length <= LONGEST_ASKED ? `?q=${encodeURIComponent(wanted)}` : "";
      history.replaceState(null, "", `${location.pathname}${question}${location.hash}`);
    }

    showAll() {
      this.putBack();
      for (const entry of this.entries.values()) entry.hidden = false;
      this.arrange(false, 0);
      this.count.textContent = `${this.entries.size}語あります。`;
    }

    // those that only speak of it stand below, dimmed
    show({ found, less, corrected, nearest, cut }) {
      this.putBack();
      const [shown, dimmed] = [found, less].map((ids) => ids.map((id) => this.entries.get(id)).filter(Boolean));
      const all = [...shown, ...dimmed];
      for (const entry of this.entries.values()) entry.hidden = !all.includes(entry);
      for (const entry of dimmed) entry.classList.add("entry--less");
      this.found.append(...all);
      this.unfold(shown);
      this.arrange(true, all.length);
      const more = dimmed.length ? `説明の中でふれている${dimmed.length}語を、その下に薄く出しています。` : "";
      if (all.length) this.count.textContent = `${shown.length}語が見つかりました。${more}`;
      else this.count.textContent = nearest ? "当てはまる用語はありません。" : "";
      this.count.prepend(window.guideSearchTooLong(cut));
      this.suggest(all.length ? null : nearest);
      if (corrected.length) this.correct(corrected);
    }

    correct(corrected) {
      const exactly = document.createElement("button");
      Object.assign(exactly, { type: "button", className: "button", textContent: "入力した言葉のまま探す" });
      exactly.addEventListener("click", () => this.update(true));
      this.nearest.hidden = false;
      this.nearest.replaceChildren(`「${corrected.join("」「")}」の結果を出しています。`, exactly);
    }

    // what was found says at once what it means
    unfold(entries) {
      this.opened = entries.map((entry) => entry.querySelector("details")).filter((part) => !part.open);
      for (const part of this.opened) part.open = true;
    }

    putBack() {
      for (const part of this.opened.splice(0)) part.open = false;
      for (const entry of this.entries.values()) entry.classList.remove("entry--less");
      for (const { row, entries } of this.rows) row.append(...entries);
    }

    arrange(asked, shown) {
      this.found.hidden = !shown;
      this.index.hidden = asked;
      for (const { row } of this.rows) row.hidden = asked;
      this.suggest(null);
    }

    suggest(nearest) {
      this.nearest.hidden = nearest === null;
      this.nearest.replaceChildren();
      if (nearest === null) return;
      const terms = nearest.flatMap(({ anchor, name }, at) => [at ? "、" : "近い用語：", link(`#${anchor}`, name)]);
      const home = document.querySelector("a.md-logo").href;
      const whole = link(`${home}?q=${encodeURIComponent(this.input.value.trim())}`, "サイト全体でさがす");
      this.nearest.append(...terms, nearest.length ? "。" : "", whole);
    }

    // a link to a term that is not shown leads to the whole list
    uncover() {
      const target = this.entries.get(location.hash.slice(1));
      if (!target || !target.hidden) return;
      this.input.value = "";
      this.update();
      target.scrollIntoView();
    }
  }

  function link(address, text) {
    const made = document.createElement("a");
    made.href = address;
    made.textContent = text;
    return made;
  }

  /* -- the menu of narrow windows: Material's is a label, which no keyboard reaches -------------- */

  function startMenu(button) {
    const drawer = document.getElementById("__drawer");
    const tell = () => button.setAttribute("aria-expanded", String(drawer.checked));
    button.tabIndex = 0;
    button.setAttribute("role", "button");
    button.setAttribute("aria-label", "メニュー");
    button.addEventListener("keydown", (event) => {
      if (event.key === " ") event.preventDefault();
      if (event.key === " ") drawer.click(); // Material itself answers Enter
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !drawer.checked) return;
      drawer.click();
      button.focus();
    });
    drawer.addEventListener("change", tell);
    tell();
  }

  /* -- Material's keys of one letter would answer words that are spoken: WCAG 2.1.4. Those that open the search can be
     switched off on /about/accessibility/, until the tab is closed: the name of the tab keeps it. -- */

  const LETTERS = ["f", "p", ",", "n", "."];
  const SEARCH = ["s", "/"];
  const OFF = "search-keys-off";

  function quietLetters(event) {
    const held = event.ctrlKey || event.altKey || event.metaKey;
    const off = window.name === OFF || event.isComposing || event.keyCode === 229 || held;
    const quiet = SEARCH.includes(event.key) ? off : LETTERS.includes(event.key) && !held;
    if (quiet && !event.target.closest("input, select, textarea")) event.stopPropagation();
  }

  function startKeys(heading) {
    const [line, label, own] = ["p", "label", "input"].map((name) => document.createElement(name));
    Object.assign(own, { type: "checkbox", checked: window.name !== OFF });
    own.addEventListener("change", () => {
      window.name = own.checked ? "" : OFF;
    });
    line.className = "search-keys";
    label.append(own, " 「/」と「s」のキーで検索の欄を開く");
    line.append(label);
    heading.nextElementSibling.after(line);
  }

  /* -- tooltips: close with Escape, stay inside the window ------------------------------------------ */

  const MARGIN = 8;

  function keepInside(term) {
    const tip = term.querySelector(".term__tip");
    if (!tip) return;
    tip.style.left = "0";
    const box = tip.getBoundingClientRect();
    const beyond = box.right + MARGIN - document.documentElement.clientWidth;
    if (beyond > 0) tip.style.left = `${-Math.min(beyond, box.left - MARGIN)}px`;
  }

  function startTerms() {
    for (const term of document.querySelectorAll(".term")) {
      for (const name of ["mouseenter", "focusin"]) {
        term.addEventListener(name, () => {
          term.classList.remove("term--closed");
          keepInside(term);
        });
      }
    }
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      for (const term of document.querySelectorAll(".term:hover, .term:focus-within")) term.classList.add("term--closed");
    });
  }

  /* -- feed: its link, once Material has looked for links to other languages -------------------- */

  function startFeed(holder) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "alternate", type: "application/atom+xml", href: holder.dataset.feed });
    document.head.append(link);
  }

  function start() {
    document.querySelectorAll("[data-chooser]").forEach(startChooser);
    document.querySelectorAll("[data-filter]").forEach(startFilter);
    const search = document.querySelector("input#glossary-search");
    if (search) new Glossary(search).start();
    document.querySelectorAll(".md-header label[for=__drawer]").forEach(startMenu);
    startTerms();
    addEventListener("keydown", quietLetters, true);
    document.querySelectorAll("#search-keys").forEach(startKeys);
    const feed = document.querySelector("[data-feed]");
    if (feed) window.addEventListener("load", () => startFeed(feed));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
