/* Answers questions about the index: `{query}` for the search box, `{terms}` for the glossary. Runs as a worker;
   a page opened from disk, which may not start one, loads it as a script after the engine and the index. */
(() => {
  "use strict";

  const isWorker = typeof importScripts === "function";
  const fromDisk = self.location.protocol === "file:"; // no server there that shows the page of a folder
  const TEASER = 90;
  const HIGHLIGHTS = 5;
  const TERMS = 60;
  const NEAREST = 4;

  let index = null;
  const letters = (text) => self.guideSearch.letters(text);
  const grams = (word) => self.guideSearch.grams(word);

  const cache = new Map();
  const folded = (letter) => {
    if (!cache.has(letter)) cache.set(letter, letters(letter));
    return cache.get(letter);
  };

  /* -- which letters of a text are what was searched -- */

  function found(text, words) {
    const places = [...text].flatMap((letter, at) => [...folded(letter)].map((one) => [one, at]));
    const line = places.map(([one]) => one).join("");
    const marked = new Set();
    for (const word of words.filter(({ length }) => length > 1)) {
      for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + 1)) {
        for (let i = places[at][1]; i <= places[at + word.length - 1][1]; i += 1) marked.add(i);
      }
    }
    return marked;
  }

  // [["クレジットの", false], ["無効化", true]]
  function parts(text, words) {
    const marked = found(text, words);
    const cut = [];
    [...text].forEach((letter, at) => {
      const is = marked.has(at);
      if (cut.length && cut.at(-1)[1] === is) cut.at(-1)[0] += letter;
      else cut.push([letter, is]);
    });
    return cut;
  }

  // the sentence that says most of what was searched, and what follows it
  function teaser(text, words) {
    const sentences = text.match(/[^。]*。?/g).filter((sentence) => sentence.trim());
    const wanted = new Set(words.flatMap((word) => grams(word)));
    const worth = sentences.map((sentence) => grams(letters(sentence)).filter((gram) => wanted.has(gram)).length);
    const start = Math.max(0, worth.indexOf(Math.max(...worth)));
    const rest = sentences.slice(start).join("").trim();
    return rest.length > TEASER ? `${rest.slice(0, TEASER)}…` : rest;
  }

  /* -- answers -- */

  const escaped = (text) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

  function highlighted(...texts) {
    const words = texts.flatMap((text) => text.filter(([, is]) => is).map(([word]) => word.trim()));
    return [...new Set(words)].filter(Boolean).slice(0, HIGHLIGHTS);
  }

  function address(record, words) {
    const [path, anchor] = record.address.split("#");
    const query = words.length ? `?h=${words.map(encodeURIComponent).join("+")}` : "";
    const page = fromDisk ? `${path}index.html` : path || ".";
    return `${page}${query}${anchor ? `#${anchor}` : ""}`;
  }

  // a section of a page is told apart from those of other pages by the page's title
  function title({ anchor, kind, title: own, pageTitle }) {
    return !anchor || kind === "term" || kind === "today" || own === pageTitle ? own : `${own}（${pageTitle}）`;
  }

  // in the form Material's search box takes, a list of sections for each page: here always one
  function item({ record, score }, words) {
    const text = parts(teaser(record.text, words), words);
    const name = title(record);
    const location = address(record, highlighted(parts(record.title, words), text));
    const place = name === record.title && record.anchor ? record.pageTitle : "";
    return [{ location, title: escaped(name), text: "", terms: {}, score, teaser: text, place }];
  }

  function site(query) {
    const { words, results, total } = index.search(query);
    return { items: results.map((result) => item(result, words)), total };
  }

  // the terms so called; where none is, those whose explanation says it
  function glossary(query) {
    const { results: all } = index.search(query, { kind: "term", shown: TERMS });
    const named = all.filter(({ name }) => name >= self.guideSearch.NAMED);
    const results = named.length ? named : all;
    const nearest = results.length ? [] : index.nearest(query, NEAREST);
    return {
      found: results.map(({ record }) => record.anchor),
      nearest: nearest.map(({ anchor, title: name }) => ({ anchor, name })),
    };
  }

  const answer = ({ query, terms }) => (terms === undefined ? site(query) : glossary(terms));

  function start() {
    index = new self.guideSearch.Index(self.guideSearchIndex);
  }

  // the page knows under which names the engine and the index stand
  function load(files) {
    importScripts(...files);
    start();
    return "ready";
  }

  if (isWorker) {
    self.addEventListener("message", ({ data }) => self.postMessage(data.load ? load(data.load) : answer(data)));
  } else {
    start();
    self.guideSearchAnswer = answer;
  }
})();
