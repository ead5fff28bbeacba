/* Chooser, case filter, glossary filter, menu, tooltips and the link to the feed. Every page is whole without this file. */
(() => {
  "use strict";

  const fold = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[\u30a1-\u30f6]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60))
      .replace(/[\s・･ー\-‐–—]/g, "");

  /* -- chooser: the answers' methods, intersected -------------------------------------------- */

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
      status.textContent = left
        ? `合う方法は${left}件です。`
        : "この答えの組み合わせに合う方法はありません。答えをひとつ変えてください。";
    };
    form.addEventListener("change", update);
    form.addEventListener("reset", () => setTimeout(update));
    form.addEventListener("submit", (event) => event.preventDefault());
    update();
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

  /* -- glossary: entries whose names hold what is typed ------------------------------------------ */

  /* Material takes ?q= for its own search, opens it, and drops ?q= from the address when it closes. */
  function closeSiteSearch() {
    const toggle = document.getElementById("__search");
    const query = document.querySelector("[data-md-component=search-query]");
    if (!toggle?.checked || !query) return;
    query.value = "";
    query.blur();
    toggle.click();
  }

  function startGlossary(input) {
    const count = document.getElementById("glossary-count");
    const rows = [...document.querySelectorAll("[data-row]")];
    const entries = [...document.querySelectorAll("[data-term]")].map((element) => ({ element, keys: fold(element.dataset.keys) }));
    const update = () => {
      const wanted = fold(input.value);
      let shown = 0;
      for (const { element, keys } of entries) {
        element.hidden = !keys.includes(wanted);
        if (!element.hidden) shown += 1;
      }
      for (const row of rows) row.hidden = !row.querySelector("[data-term]:not([hidden])");
      if (!wanted) count.textContent = `${entries.length}語あります。`;
      else if (shown) count.textContent = `${shown}語が見つかりました。`;
      else count.textContent = "当てはまる用語はありません。短い言葉や、よみで試してください。";
    };
    const remember = () => history.replaceState(null, "", input.value ? `?q=${encodeURIComponent(input.value)}` : location.pathname);
    input.value = new URLSearchParams(location.search).get("q") || "";
    if (input.value) {
      closeSiteSearch();
      remember();
    }
    input.addEventListener("input", () => {
      update();
      remember();
    });
    update();
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

  /* -- Material's keys of one letter (search, next page …) would answer words that are spoken: WCAG 2.1.4 -- */

  const LETTERS = ["f", "s", "/", "p", ",", "n", "."];

  function quietLetters(event) {
    const held = event.ctrlKey || event.altKey || event.metaKey;
    if (LETTERS.includes(event.key) && !held && !event.target.closest("input, select, textarea")) event.stopPropagation();
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
    if (search) startGlossary(search);
    document.querySelectorAll(".md-header label[for=__drawer]").forEach(startMenu);
    startTerms();
    addEventListener("keydown", quietLetters, true);
    const feed = document.querySelector("[data-feed]");
    if (feed) window.addEventListener("load", () => startFeed(feed));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
