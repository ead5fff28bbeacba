/* Loads the search when it is first used, for Material's search box and for the glossary.

   Material's bundle starts a worker and fetches an index on every page. This script runs before it and hands it a
   worker that waits until someone goes to the search box. decisions/0010 tells what is relied on. */
(() => {
  "use strict";

  const [READY, QUERY, RESULT] = [1, 2, 3]; // message types of Material's search
  const PATIENCE = 5000; // ms until a reader is told that the index is slow
  const OwnWorker = window.Worker;
  const file = (name) => new URL(document.currentScript.dataset[name], location.href).href;
  const [worker, engine, index] = ["worker", "engine", "index"].map(file); // the page names them, with their hashes
  const box = document.querySelector("[data-md-component=search-query]");
  const lookup = document.getElementById("glossary-search");

  /* -- loading: a worker, or scripts in a page opened from disk ------------------------------------------------ */

  function inWorker() {
    return new Promise((done, fail) => {
      const running = new OwnWorker(worker);
      const waiting = []; // answers come in the order of the questions
      const ask = (question) =>
        new Promise((answer) => {
          waiting.push(answer);
          running.postMessage(question);
        });
      running.addEventListener("message", ({ data }) => (data === "ready" ? done(ask) : waiting.shift()(data)));
      running.postMessage({ load: [engine, index] });
      running.addEventListener("error", (event) => {
        event.preventDefault();
        fail(new Error("no search"));
      });
    });
  }

  function script(address) {
    return new Promise((done, fail) => {
      const element = document.createElement("script");
      element.src = address;
      element.addEventListener("load", done);
      element.addEventListener("error", fail);
      document.head.append(element);
    });
  }

  async function inPage() {
    for (const address of [engine, index, worker]) await script(address);
    return async (question) => window.guideSearchAnswer(question);
  }

  let opened = null;

  // gives `ask`, a function that takes a question to the index and promises the answer; after a failure it tries again
  function open() {
    opened ||= location.protocol === "file:" ? inPage() : inWorker();
    opened.catch(() => {
      opened = null;
    });
    return opened;
  }

  // in live editing there is no index at all; elsewhere its name is gone when a newer version has replaced it
  function lost(place) {
    if (!/\.[0-9a-f]{8}\./.test(index)) return place.replaceChildren("検索の索引を読み込めませんでした。");
    const again = element("button", "md-button", "ページを読み直す");
    again.type = "button";
    again.addEventListener("click", () => location.reload());
    return place.replaceChildren("新しい版になりました。ページを読み直すと検索できます（通信が切れたときも、こう出ます）。", again);
  }

  /* -- the worker that Material's bundle gets --------------------------------------------------------------------- */

  class WaitingWorker extends EventTarget {
    constructor() {
      super();
      this.asked = 0;
      this.starting = false;
      box.addEventListener("focus", () => this.start());
    }

    async start() {
      if (this.starting) return;
      this.starting = true;
      const slow = setTimeout(() => meta().replaceChildren("検索の準備に時間がかかっています。入力はそのままで、お待ちください。"), PATIENCE);
      try {
        this.ask = await open();
        this.tell(READY);
      } catch {
        this.starting = false;
        lost(meta());
      }
      clearTimeout(slow);
    }

    async postMessage({ type, data, exact }) {
      if (type !== QUERY) return;
      this.asked += 1;
      const [mine, typed] = [this.asked, box.value];
      const answer = await this.ask({ query: data, exact });
      if (mine !== this.asked) return;
      const { items, total } = answer;
      results = items.flat();
      this.tell(RESULT, { items });
      if (total > items.length) meta().textContent = `${total}件のうち、上位${items.length}件です`;
      remark(answer, () => this.postMessage({ type, data, exact: true }));
      answered = typed;
      if (entered) enter();
    }

    tell(type, data) {
      this.dispatchEvent(new MessageEvent("message", { data: { type, data } }));
    }
  }

  /* -- what was searched instead, and where else to look --------------------------------------------------------- */

  const link = ({ title, location: place }) => {
    const made = element("a", "", title);
    made.href = new URL(place, document.querySelector("a.md-logo").href).href;
    return made;
  };

  const listed = (links) => links.flatMap((one, at) => [at ? "、" : "", link(one)]);

  const tooLong = (letters) => (letters ? `長いので、はじめの${letters}字でさがしました。` : "");

  function remark({ corrected, near, help, cut }, again) {
    const said = document.querySelector(".search-remark");
    said.replaceChildren(tooLong(cut));
    if (corrected.length) {
      const exactly = element("button", "", "入力した言葉のまま探す");
      exactly.type = "button";
      exactly.addEventListener("click", again);
      said.append(`「${corrected.join("」「")}」の結果を出しています。`, exactly);
    } else if (near.length) {
      said.append("近い用語：", ...listed(near), "。ほかの探し方：", ...listed(help), "。");
    }
  }

  /* -- keys: while a word is being composed, its keys are its own ---------------------------------------------------- */

  let answered = "";
  let entered = false;

  // Enter before the answer is there opens the first result when it comes
  function enter() {
    entered = false;
    document.querySelector(".md-search-result__link")?.click();
  }

  // WebKit ends a composition before the Enter that confirms it
  const composed = (event) => event.isComposing || event.keyCode === 229;

  function onKey(event) {
    if (event.target !== box) return;
    const early = event.type === "keydown" && event.key === "Enter" && box.value.trim() && box.value !== answered;
    if (composed(event) || early) event.stopPropagation();
    if (early && !composed(event)) {
      event.preventDefault();
      entered = true;
    }
  }

  // what is found meanwhile is shown, and told when the word is whole
  function startComposing() {
    box.addEventListener("compositionstart", () => meta().setAttribute("aria-live", "off"));
    box.addEventListener("compositionend", () => {
      meta().setAttribute("aria-live", "polite");
      box.dispatchEvent(new Event("keyup"));
      setTimeout(() => meta().replaceChildren(...meta().childNodes), 300);
    });
    for (const kind of ["keydown", "keyup"]) window.addEventListener(kind, onKey, true);
    box.form.addEventListener("submit", (event) => event.preventDefault());
  }

  /* -- what Material's list leaves out: of a result inside a page it shows the title only --------------------------- */

  let results = [];

  const meta = () => document.querySelector(".md-search-result__meta");

  function element(name, kind, ...inner) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.append(...inner);
    return made;
  }

  function complete(item) {
    const result = results[[...item.parentNode.children].indexOf(item)];
    const article = item.querySelector("article");
    if (!result || !article || article.querySelector(".search-teaser")) return;
    const text = result.teaser.map(([words, marked]) => (marked ? element("mark", "", words) : words));
    article.append(element("p", "search-teaser", ...text));
    if (result.place) article.append(element("p", "search-place", result.place));
  }

  function startBox() {
    const list = document.querySelector(".md-search-result__list");
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) if (node.parentNode) complete(node);
    }).observe(list, { childList: true });
    // Material listens for keys only: text that is pasted, dictated or dropped is searched too
    box.addEventListener("input", () => {
      entered = false;
      box.dispatchEvent(new Event("keyup"));
    });
    startComposing();
    window.Worker = function Waiting() {
      window.Worker = OwnWorker;
      return new WaitingWorker();
    };
  }

  /* -- on the page that a result leads to ----------------------------------------------------------------------------- */

  function mark(node, pattern) {
    const pieces = node.data.split(pattern);
    if (pieces.length < 2) return;
    node.replaceWith(...pieces.filter(Boolean).map((piece) => (pattern.test(piece) ? element("mark", "", piece) : piece)));
  }

  function highlight() {
    const words = (new URLSearchParams(location.search).get("h") || "").split(" ").filter(Boolean);
    const article = document.querySelector("article");
    if (!words.length || !article) return;
    const pattern = new RegExp(`(${words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|")})`);
    const texts = document.createNodeIterator(article, NodeFilter.SHOW_TEXT);
    const nodes = [];
    for (let node = texts.nextNode(); node; node = texts.nextNode()) nodes.push(node);
    for (const node of nodes) if (!node.parentElement.closest("script, style, [hidden], .headerlink")) mark(node, pattern);
  }

  // Material's box would open itself for ?q=, which is the glossary's own here; the glossary writes it back
  function takeQuestion() {
    const asked = new URLSearchParams(location.search).get("q");
    if (asked === null) return;
    lookup.value = asked;
    history.replaceState(null, "", location.pathname + location.hash);
  }

  window.guideSearchOpen = open;
  window.guideSearchLost = lost;
  window.guideSearchTooLong = tooLong;
  if (lookup) takeQuestion();
  if (box) startBox();
  highlight();
})();
