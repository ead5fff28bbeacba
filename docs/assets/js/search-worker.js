/* Answers questions about the index: `{query}` for the search box, `{terms}` for the glossary; `cut` tells how many
   letters of a long one were looked at. Runs as a worker;
   a page opened from disk, which may not start one, loads it as a script after the engine and the index. */
(() => {
  "use strict";

  const isWorker = typeof importScripts === "function";
  const fromDisk = self.location.protocol === "file:"; // no server there that shows the page of a folder
  const TEASER = 90;
  const BEFORE = 30; // letters of a long sentence before what was searched
  const HIGHLIGHTS = 5;
  const TERMS = 60;
  const NEAREST = 4;
  const HELP = ["answers/", "glossary/", "about/#operator"];
  const ALIKE = 0.34; // a name less like what was typed is no help: 回転寿司 brings nothing

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

  /* -- an excerpt: a sentence, or a row of a table with the names of its columns, around what was searched -- */

  // "\n" parts blocks, "\t" the cells of a row; "\v" begins the names of columns
  function units(text) {
    let columns = [];
    return text.split("\n").flatMap((block) => {
      if (block[0] === "\v") columns = block.slice(1).split("\t");
      if (block[0] === "\v") return [];
      return block.includes("\t") ? [row(block.split("\t"), columns)] : block.match(/[^。]*。?/g).filter((one) => one.trim());
    });
  }

  // names of columns only where each cell has its own: none spans rows or columns
  const row = (cells, columns) =>
    cells
      .map((cell, at) => (cell && columns.length === cells.length && columns[at] ? `${columns[at]}：${cell}` : cell))
      .filter(Boolean)
      .join("／");

  // how much of what was searched each unit says; pairs of kana alone say little
  function best(all, words) {
    const wanted = new Set(words.flatMap((word) => grams(word)));
    const worth = (unit) => {
      const line = letters(unit);
      const whole = words.filter((word) => word.length > 1 && line.replaceAll(" ", "").includes(word)).length;
      return 10 * whole + new Set(grams(line).filter((gram) => wanted.has(gram))).size;
    };
    const said = all.map(worth);
    return Math.max(0, said.indexOf(Math.max(...said)));
  }

  // a term begins with what it means, unless only a later sentence says what was searched
  function teaser({ text, kind }, words) {
    const all = units(text);
    const start = kind === "term" && found(all[0] || "", words).size ? 0 : best(all, words);
    const unit = all[start] || "";
    const first = Math.min(...found(unit, words), unit.length);
    const from = first > TEASER - BEFORE && unit.length > TEASER ? Math.max(0, Math.min(first - BEFORE, unit.length - TEASER)) : 0;
    const rest = [unit.slice(from), ...(unit.includes("／") ? [] : all.slice(start + 1, start + 3))].join("").trim();
    return `${from ? "…" : ""}${rest.slice(0, TEASER)}${rest.length > TEASER ? "…" : ""}`;
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
    const text = parts(teaser(record, words), words);
    const name = title(record);
    const location = address(record, highlighted(parts(record.title, words), text));
    const place = name === record.title && record.anchor ? record.pageTitle : "";
    return [{ location, title: escaped(name), text: "", terms: {}, score, teaser: text, place }];
  }

  const leadingTo = (record) => ({ title: record.title, location: address(record, []) });

  function site(query, exact) {
    const { words, results, total, corrected, cut } = index.search(query, { exact });
    const near = total ? [] : index.nearest(query, NEAREST, ALIKE);
    return {
      items: results.map((result) => item(result, words)),
      total,
      corrected,
      cut,
      near: near.map(leadingTo),
      help: index.records.filter((record) => HELP.includes(record.address)).map(leadingTo),
    };
  }

  // the terms so called, literal names first; then, to stand dimmed, those whose explanation says it
  function glossary(query, exact) {
    const { results: all, corrected, cut } = index.search(query, { kind: "term", shown: TERMS, exact });
    const named = all.filter(({ name }) => name >= self.guideSearch.NAMED);
    const rest = all.filter((one) => !named.includes(one));
    const nearest = all.length ? [] : index.nearest(query, NEAREST, 0);
    const anchors = (results) => results.map(({ record }) => record.anchor);
    return {
      found: anchors(named.length ? named : rest),
      less: anchors(named.length ? rest : []),
      corrected,
      cut,
      nearest: nearest.map(({ anchor, title: name }) => ({ anchor, name })),
    };
  }

  const answer = ({ query, terms, exact }) => (terms === undefined ? site(query, exact) : glossary(terms, exact));

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
