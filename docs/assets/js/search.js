/* The search engine: folding, an index in memory, ranking. One file for the worker, for pages opened from disk
   and for the tests. decisions/0010 tells why it is ours.

   A query is cut into words. A word is found by its pairs of letters (Japanese has no spaces), weighed by how
   rare they are. On top come points for names (a title, reading, English name or alias that equals, begins with,
   holds or nearly is what was typed) and for a question that the record is known to answer. A long query is judged
   by what was found of it, not by the part of it that was found: a mail may be pasted whole. */
self.guideSearch = (() => {
  "use strict";

  const FIELDS = { title: 5, name: 4, ask: 2, page: 1, text: 1 };
  const SATURATION = 1.3; // how soon repeating a word stops to count
  const LENGTH = 0.35; // how much a long text counts against a record
  // a word that the site uses itself is taken at its word first, all the more where few records do
  const SYNONYM = { rare: 0.25, known: 0.4, unknown: 0.75 };
  const RARE = 3;
  const RENAMED = 0.75;
  const READING = 0.9;
  const MEANT = 0.9;
  // a question that a record answers: `least` share of its weight that was asked, points for all of it
  const ASK = { least: 0.4, points: 60, ask: 0.8, query: 0.2 };
  const UNKNOWN = 0.5; // weight of a word of a sentence that stands nowhere
  const PAGE = { share: 0.2, longest: 8000 }; // a page is found by the text of its sections too, unless it is a list
  const SCATTERED = { score: 0.75, cover: 0.8, kana: 0.5 }; // the pairs of letters are there, the word is not
  const NAMES = { equal: 100, alias: 0.97, begins: 35, holds: 25, within: 50, held: 0.5, typo: 62, edit: 10, size: 30 };
  const LEAST_SIZE = 0.3; // a name is at least this share of a query that holds it
  // `name`: worth of the name of one word among others; `complete`: how much it counts that every word is there;
  // `whole`: the least score with which a name answers the whole query
  const MANNERS = {
    word: { name: 1, complete: 0, whole: 0 },
    sentence: { name: 0.7, complete: 0.5, whole: 0 },
    list: { name: 0.4, complete: 2, whole: 37 },
  };
  const TITLE = 25;
  const PHRASE = 15; // all words stand there in this order
  const STANDING = { term: 9, page: 3, common: -10 };
  const COMMON = 3; // a title that stands more often is that of a part
  // what makes a record an answer: a name, or a small query covered, or known words that weigh enough, however much
  // else was asked; `sure`: no need to look on
  const ENOUGH = { cover: 0.45, named: 40, held: 0.7, words: 2, weight: 7, sure: 0.7 };
  // whether anything is shown at all: a query that mostly asks for a `strange` matter, of which nothing is known but
  // words that ask something of any matter (いくら, 書き方), is none of ours, unless its question is known
  // `few`: records in which a word only happens to stand
  const ANSWERED = { strange: 0.4, topic: 6, asked: 0.45, rare: 3.5, synonym: 0.5, verb: 0.5, named: 25, most: 5, few: 2, happens: 0.5 };
  // a word that is no part of any name says less the more words there are; `loose`: points for the pairs of letters
  const SHORT = 3; // a query of so few words is judged by its share too: `サッカー 日程` is none of ours
  const MANY = { told: 1.5, least: 0.5, loose: 240 };
  const WITHIN = 0.6; // share of a query that known words in it must have when nothing else is found
  const LONGEST_WORD = 20;
  const LONGEST = 400; // letters of a query that are looked at: a mail
  const LONGEST_KEY = 40;
  const LONGEST_KANA = 7;
  const BEGUN = 4; // cost of a word in Latin letters of which only the beginning was typed; a whole one is 1
  const PARTICLES = new Set(["no", "o", "ni", "ga", "ha", "wa", "to", "de", "na"]);
  const SHOWN = 30;
  const SEGMENTER = typeof Intl === "object" && Intl.Segmenter ? new Intl.Segmenter("ja", { granularity: "word" }) : null;
  const PER_PAGE = 4;

  /* -- folding: what is typed in different ways becomes one ------------------------------------------------ */

  // 11,000 is 11000; a point parts two words unless it stands between figures
  const lower = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/(\d),(?=\d{3})/g, "$1")
      .replace(/([a-z])・(?=[a-z])/g, "$1 ")
      .replace(/([^\d])\.|\.(?!\d)/g, "$1 ");
  const moved = (by) => (letter) => String.fromCharCode(letter.charCodeAt(0) + by);
  // no letter of two parts is cut in two, nor a word between spaces
  const beginning = (text) => (text.length > LONGEST ? text.slice(0, LONGEST).replace(/\s\S{0,20}$|[\ud800-\udbff]$/, "") : text);
  const squeeze = (text) => text.replaceAll(" ", "");

  const letters = (text) =>
    lower(text)
      .replace(/[ァ-ヴ]/g, moved(-0x60))
      .replace(/[ぁぃぅぇぉっゃゅょゎ]/g, moved(1))
      .replace(/(\d) ?[~〜\-‐‑‒–—―−] ?(?=\d)/g, "$1 ")
      .replace(/kg-?co2/g, "kg ")
      .replace(/[・ー~\-‐‑‒–—―−'’]/g, "")
      .replace(/([a-z]{3,})ies\b/g, "$1y")
      .replace(/([a-z]{2,}[a-rt-z])s\b/g, "$1")
      .replace(/\b([a-z]{4,}?)(?:i[sz](?:ation|ed|ing|e)|ation|ment|ing|ed|e)+\b/g, "$1")
      .replace(/(\d) ?(?:とん|t ?co2|t(?![a-z]))/g, "$1t ")
      .replace(/[^\p{L}\p{N}%.]+/gu, " ")
      // お弁当 is 弁当, お祭り is 祭り
      .replace(/(^|[^ぁ-ん一-龠])お(?=[一-龠][一-龠ぁ-ん])/g, "$1")
      // 取り消し口座 is 取消口座: a kana of inflection between two kanji says nothing
      .replace(/([一-龠])[いきぎしちびみりえけげせてめれべ](?=[一-龠])/g, "$1")
      // a space between Latin and Japanese letters says nothing
      .replace(/([a-z0-9%]) (?=[^a-z0-9%. ])|([^a-z0-9%. ]) (?=[a-z0-9])/g, "$1$2")
      .trim();

  // 取り組み, 取組み and the other spellings of search.yml become the first one
  function folder(spellings) {
    const pairs = spellings.flatMap(([word, ...variants]) => variants.map((one) => [letters(one), letters(word)]));
    if (!pairs.length) return letters;
    pairs.sort(([one], [other]) => other.length - one.length);
    const words = new Map(pairs);
    const pattern = new RegExp(pairs.map(([variant]) => variant).join("|"), "g");
    return (text) => letters(text).replace(pattern, (variant) => words.get(variant));
  }

  // pairs of Japanese letters, whole words of Latin ones
  function grams(folded) {
    const found = [];
    for (const run of folded.match(/[a-z0-9%.]+|[^a-z0-9%. ]+/g) || []) {
      if (/^\d[\d.]*t$/.test(run)) found.push(run, run.slice(0, -1));
      else if (/^\d[\d.]*[a-z]+\d?$/.test(run)) found.push(...run.match(/^[\d.]+|[a-z]+\d?$/g)); // 100kwh, 20m3
      else if (run.length === 1 || /^[a-z0-9%.]/.test(run)) found.push(run);
      else for (let i = 0; i + 1 < run.length; i += 1) found.push(run.slice(i, i + 2));
    }
    return found;
  }

  const isSingle = (gram) => gram.length === 1 && !/[a-z0-9%.]/.test(gram);

  // edits from one word to another, a swap counting once; stops when there are more than `most`
  function edits(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let [before, row] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= one.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const swap = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] ? before[j - 2] + 1 : Infinity;
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1), swap);
      }
      if (Math.min(...next) > most) return most + 1;
      [before, row] = [row, next];
    }
    return row[other.length];
  }

  // which letters a word has, roughly: words with many letters of their own are not worth comparing
  function maskOf(word) {
    let mask = 0;
    for (let at = 0; at < word.length; at += 1) mask |= 1 << (word.charCodeAt(at) % 31);
    return mask;
  }

  function differing(one, other) {
    let count = 0;
    for (let left = one & ~other; left; left &= left - 1) count += 1;
    return count;
  }

  function allowedEdits(word) {
    const length = /^[a-z0-9]+$/.test(word) ? word.length - 1 : word.length;
    return length < 3 ? 0 : length < 6 ? 1 : length < 10 ? 2 : 3;
  }

  // share of pairs of letters two words have in common; kana alone cannot meet kanji, so single letters help
  function likeness(one, other) {
    const [ours, theirs] = [one, other].map((word) => new Set([...grams(word), ...word]));
    const common = [...ours].filter((gram) => theirs.has(gram)).length;
    return (2 * common) / (ours.size + theirs.size);
  }

  // 作り → 作～, a key that no word as typed can be
  function stem(word) {
    return /^[一-龠]+[ぁ-ん]{1,2}$/.test(word) ? `${word.replace(/[ぁ-ん]+$/, "")}～` : word;
  }

  // one Latin key for kana and for any romaji of it: Hepburn, Kunrei or as on a keyboard; long vowels and doubled
  // letters do not count. てぃ is ti, きょう and kyou and kyo are kyo.
  const ROWS = { a: "あいうえお", ka: "かきくけこ", sa: "さしすせそ", ta: "たちつてと", na: "なにぬねの", ha: "はひふへほ" };
  Object.assign(ROWS, { ma: "まみむめも", ra: "らりるれろ", ga: "がぎぐげご", za: "ざじずぜぞ", da: "だ　　でど" });
  Object.assign(ROWS, { ba: "ばびぶべぼ", pa: "ぱぴぷぺぽ", ya: "や　ゆ　よ", wa: "わ", zy: "　ぢづ" });
  const SYLLABLES = new Map([["ん", "n"], ["を", "o"], ["ゔ", "bu"], ["ぢ", "zi"], ["づ", "zu"]]);
  for (const [row, line] of Object.entries(ROWS)) {
    [...line].forEach((kana, at) => SYLLABLES.has(kana) || SYLLABLES.set(kana, row.slice(0, -1) + "aiueo"[at]));
  }
  const SMALL = { ゃ: "ya", ゅ: "yu", ょ: "yo", ぁ: "a", ぃ: "i", ぅ: "u", ぇ: "e", ぉ: "o" };

  function joined(before, small) {
    const row = before.slice(0, -1);
    if (small[0] === "y") return row + small;
    if (/^[sz]i$|^ti$/.test(before)) return `${row}y${small}`; // しぇ, ちぇ, じぇ
    return (before === "u" ? "w" : row) + small;
  }

  function spelled(kana) {
    const sounds = [];
    for (const letter of kana.normalize("NFKC").replace(/[ァ-ヴ]/g, moved(-0x60))) {
      if (SMALL[letter] && sounds.length) sounds.push(joined(sounds.pop(), SMALL[letter]));
      else sounds.push(SYLLABLES.get(letter) || "");
    }
    return sounds.join("");
  }

  const latin = (romaji) =>
    romaji
      .normalize("NFD")
      .toLowerCase()
      .replace(/[^a-z]/g, "")
      .replace(/l/g, "r")
      .replace(/sh/g, "sy")
      .replace(/ch/g, "ty")
      .replace(/j/g, "zy")
      .replace(/([tz])yi/g, "$1i")
      .replace(/syi/g, "si")
      .replace(/yy/g, "y")
      .replace(/ts/g, "t")
      .replace(/([td])h/g, "$1")
      .replace(/f/g, "h")
      .replace(/v/g, "b")
      .replace(/c(?=[auo])/g, "k")
      .replace(/m(?=[bpm])/g, "n")
      .replace(/wo/g, "o")
      .replace(/([aiueo])\1+/g, "$1")
      .replace(/ou+/g, "o")
      .replace(/ei+/g, "e")
      .replace(/([b-df-hj-np-tv-z])\1+/g, "$1");

  const isKana = (text) => /^[ぁ-んァ-ヴー・]+$/.test(text);

  // terms first, then pages, when all else is equal; last what many pages have, as 計算例
  function standing({ kind, anchor, common }) {
    if (kind === "term") return STANDING.term;
    return anchor ? common * STANDING.common : STANDING.page;
  }

  function keep(map, key, score) {
    if (score > (map.get(key) || 0)) map.set(key, score);
  }

  // how far each record holds a word
  class Tally {
    constructor(size) {
      this.cover = new Float64Array(size);
      this.score = new Float64Array(size);
      this.found = [];
    }

    add(number, cover, score) {
      if (!this.score[number]) this.found.push(number);
      this.cover[number] += cover;
      this.score[number] += score;
    }

    raise(number, cover, score) {
      if (this.score[number] >= score) return;
      if (!this.score[number]) this.found.push(number);
      this.cover[number] = cover;
      this.score[number] = score;
    }

    scale(number, cover, score) {
      this.cover[number] *= cover;
      this.score[number] *= score;
    }

    empty() {
      for (const number of this.found) this.cover[number] = this.score[number] = 0;
      this.found.length = 0;
      return this;
    }
  }

  /* -- a query: its words, and for each the ways to say it --------------------------------------------------- */

  class Language {
    constructor({ spellings, renamed, synonyms, readings, ignored, intents }, terms) {
      this.fold = folder(spellings);
      this.word = (text) => squeeze(this.fold(text));
      this.groups = new Map();
      for (const group of [...synonyms.map((words) => words.map(this.word)), ...terms]) this.join(this.groups, group);
      this.renamed = new Map();
      for (const group of renamed) this.join(this.renamed, group.map(this.word));
      this.readings = new Map(readings.map(([reading, word]) => [this.word(reading), this.word(word)]));
      for (const [name, reading] of terms) if (!this.readings.has(reading)) this.readings.set(reading, name);
      this.silent = new Set(ignored.map(this.word));
      this.intents = new Set(intents.map(this.word));
      const longest = ignored.map(lower).filter((word) => /^[\p{L}\p{N}]+$/u.test(word));
      longest.sort((one, other) => other.length - one.length);
      this.ignored = new RegExp(`(?:${longest.join("|") || "(?!)"})+$`);
      const opening = longest.filter(({ length }) => length > 2); // a short one may begin a word: と, はがき
      this.opening = new RegExp(`^(?:${opening.join("|") || "(?!)"})+`);
    }

    // 作る is also found as 作り, 作って: a stem of kanji stands for the whole verb
    join(groups, group) {
      const words = [...new Set(group)].filter((word) => word.length > 1);
      for (const word of words) {
        for (const key of new Set([word, stem(word)])) {
          groups.set(key, [...(groups.get(key) || []), ...words.filter((other) => other !== key)]);
        }
      }
    }

    words(query) {
      return [...this.typed(query).keys()];
    }

    // the words of a query, folded, and how they were typed
    typed(query) {
      // を is never part of a word
      const runs = lower(query).replaceAll("を", " ").split(/[^\p{L}\p{N}%.・ー~\-]+/u);
      const words = new Map(runs.flatMap((run) => this.pieces(run)).map((raw) => [this.word(raw), raw]));
      words.delete("");
      const little = (word) => this.silent.has(word) || (words.size > 1 && /^[ぁ-ん]$/.test(word));
      const telling = new Map([...words].filter(([word]) => !little(word)));
      return telling.size ? telling : words;
    }

    // where the browser knows Japanese words, it cuts what we do not know; else the kinds of letters do
    tokens(raw) {
      return SEGMENTER ? [...SEGMENTER.segment(raw)].map(({ segment }) => segment) : raw.match(/[ぁ-ん]+|[ァ-ヴー]+|[一-龠々]+|[^ぁ-んァ-ヴー一-龠々]+/g) || [];
    }

    // クレジットの無効化とは → クレジット, 無効化. A word in kana alone may be a reading and stays whole.
    pieces(word) {
      if (/^[ぁ-んー]+$/.test(word)) return [word];
      return word.replace(/[ぁ-ん]+/g, (run, at) => this.kept(run, at > 0)).split(" ");
    }

    kept(run, inside) {
      const rest = run.replace(this.ignored, "");
      if (!rest) return " ";
      if (!inside && rest !== run && /[のをがはにでとも]$/.test(run)) return `${rest.replace(this.opening, " ")} `; // みどりの…
      if (!inside) return run.replace(this.opening, " ");
      return rest.replace(/^[のをがはにでとも](?=.{3})/, " ") + (rest === run ? "" : " ");
    }

    ways(word, known) {
      const ways = new Map([[word, 1]]);
      const long = this.written(word, 3); // ねっとわーく is not 熱…
      if (long) keep(ways, long, READING);
      const written = this.written(word);
      if (written) keep(ways, written, READING);
      const synonym = known > RARE ? SYNONYM.known : known ? SYNONYM.rare : SYNONYM.unknown;
      for (const base of [word, written]) {
        for (const other of this.others(this.groups, base)) keep(ways, other, synonym);
        for (const other of this.others(this.renamed, base)) keep(ways, other, RENAMED);
      }
      return ways;
    }

    // the longest word of a group that stands in the word, put in other words
    others(groups, word) {
      const verb = stem(word.replace(/([ぁ-ん])方$/, "$1")); // 測り方: 測る
      if (groups.has(verb)) return groups.get(verb);
      for (let length = word.length; length > 1; length -= 1) {
        for (let at = 0; at + length <= word.length; at += 1) {
          const others = groups.get(word.slice(at, at + length));
          if (others) return others.map((other) => word.slice(0, at) + other + word.slice(at + length));
        }
      }
      return [];
    }

    // しんりんせいび → 森林整備: known readings cover as much as they can, the rest stays in kana
    written(word, shortest = 1) {
      if (!/^[ぁ-ん]{2,}$/.test(word)) return "";
      const best = [{ cost: 0, text: "" }];
      for (let end = 1; end <= word.length; end += 1) {
        best[end] = { cost: best[end - 1].cost + 1, text: best[end - 1].text + word[end - 1] };
        for (let start = 0; start <= end - shortest; start += 1) {
          const known = this.readings.get(word.slice(start, end));
          const cost = best[start].cost + (end - start > 1 ? 0.2 : 0.9);
          if (known && cost < best[end].cost) best[end] = { cost, text: best[start].text + known };
        }
      }
      return best[word.length].text === word ? "" : best[word.length].text;
    }
  }

  /* -- the file of the index: columns, their letters written as codes (macros/site/search.py) ------------------- */

  // one byte for the commonest letters, two for most: no quote, backslash, bar or tilde
  const CODES = [[32, 34], [35, 92], [93, 124], [125, 126], [0xae, 0x300], [0x370, 0x483], [0xac00, 0xd7a4]];

  function unpack({ pages, page, anchors, kinds, letters: known, ...lines }) {
    const codes = CODES.flatMap(([from, to]) => Array.from({ length: to - from }, (_, at) => String.fromCharCode(from + at)));
    const alphabet = new Map([...known].map((letter, at) => [codes[at], letter]));
    const read = (word) => word.replace(/./g, (code) => alphabet.get(code));
    const words = (row) => (row ? row.split("~").map(read) : []);
    const data = Object.fromEntries(Object.entries(lines).map(([name, line]) => [name, line.split("|").map(words)]));
    const { titles, names, asks, texts, ignored, intents } = data;
    const [anchor, kind] = [anchors, kinds].map((line) => line.split("|"));
    const record = (_, at) => ({ page: page[at], anchor: anchor[at], title: titles[at][0], names: names[at], asks: asks[at], text: texts[at][0] || "", kind: kind[at] });
    return { ...data, pages, ignored: ignored[0] || [], intents: intents[0] || [], records: page.map(record) };
  }

  /* -- the index ----------------------------------------------------------------------------------------------- */

  class Index {
    constructor(packed) {
      const data = packed.letters ? unpack(packed) : packed;
      this.pages = data.pages;
      this.read = data.readings;
      this.said = data.synonyms.flat();
      this.fold = folder(data.spellings);
      this.records = data.records.map((row) => this.record(row));
      const titles = new Map();
      for (const { title } of this.records) titles.set(title, (titles.get(title) || 0) + 1);
      for (const record of this.records) record.common = Number(titles.get(record.title) > COMMON);
      const terms = this.records.filter(({ kind }) => kind === "term").map(({ names }) => names);
      this.terms = new Set(terms.flat());
      this.language = new Language(data, terms);
      this.postings = new Map();
      this.equals = new Map();
      const bodies = this.bodies();
      this.records.forEach((record, number) => this.post(record, number, record.anchor ? "" : bodies[record.page]));
      this.names = [...this.equals.keys()];
      this.asking = [...this.records.keys()].filter((number) => this.records[number].asks.length);
      this.rarities = new Map();
      this.scratch = new Tally(this.records.length);
      this.masks = Int32Array.from(this.names, maskOf);
      const average = this.records.reduce((sum, { size }) => sum + size, 0) / this.records.length;
      this.long = Float64Array.from(this.records, ({ size }) => SATURATION * (1 - LENGTH + (LENGTH * size) / average));
    }

    record({ page, anchor, title, names, kind, asks, text }) {
      const [address, pageTitle] = this.pages[page];
      const body = this.fold(text);
      return {
        page,
        anchor,
        title,
        kind,
        pageTitle,
        text,
        body,
        address: `${address && `${address}/`}${anchor && `#${anchor}`}`,
        names: [title, ...names].map((name) => squeeze(this.fold(name))),
        named: names,
        given: [...new Set(names)].map((name) => this.fold(name)),
        asks: asks.map((ask) => [...new Set(grams(this.fold(ask)))]),
        asked: asks.map((ask) => squeeze(this.fold(ask))).join(" "),
        size: body.length + 20,
      };
    }

    bodies() {
      const bodies = this.pages.map(() => "");
      for (const { page, anchor, title, body } of this.records) if (anchor) bodies[page] += ` ${this.fold(title)} ${body}`;
      return bodies.map((body) => (body.length > PAGE.longest ? "" : body));
    }

    post({ title, given, names, asks, anchor, pageTitle, body }, number, sections) {
      const weights = new Map();
      const add = (folded, weight) => {
        for (const gram of grams(folded)) if (!isSingle(gram)) weights.set(gram, (weights.get(gram) || 0) + weight);
      };
      add(this.fold(title), FIELDS.title);
      for (const name of given) add(name, FIELDS.name / Math.sqrt(given.length));
      for (const gram of new Set(asks.flat())) if (!isSingle(gram)) weights.set(gram, (weights.get(gram) || 0) + FIELDS.ask);
      if (anchor) add(this.fold(pageTitle), FIELDS.page);
      add(body, FIELDS.text);
      add(sections, PAGE.share);
      for (const [gram, weight] of weights) this.put(this.postings, gram, number, weight);
      names.forEach((name, at) => this.put(this.equals, name, number, at ? NAMES.alias : 1));
    }

    put(map, key, number, weight) {
      if (!map.has(key)) map.set(key, []);
      map.get(key).push(number, weight);
    }

    // a single kanji is no pair: the records that hold it are looked up when it is asked for
    posting(gram) {
      if (isSingle(gram) && !this.postings.has(gram)) {
        this.records.forEach(({ names, body }, number) => {
          if (names.some((name) => name.includes(gram))) this.put(this.postings, gram, number, FIELDS.title);
          else if (body.includes(gram)) this.put(this.postings, gram, number, FIELDS.text);
        });
      }
      return this.postings.get(gram);
    }

    rarity(gram) {
      if (!this.rarities.has(gram)) this.rarities.set(gram, this.rarityOf(gram));
      return this.rarities.get(gram);
    }

    rarityOf(gram) {
      const found = this.posting(gram);
      const rare = Math.log(1 + this.records.length / (found ? found.length / 2 : 1));
      return found && /^[ぁ-ん]+$/.test(gram) ? rare * 0.6 : rare;
    }

    /* -- words in records: `cover` is the share of a word's weight, `score` weighs fields and length too -------- */

    // the tally is good until the next call
    match(word) {
      const parts = [...new Set(grams(word))].map((gram) => [gram, this.rarity(gram)]);
      const whole = parts.reduce((sum, [, rare]) => sum + rare, 0);
      const tally = this.scratch.empty();
      for (const [gram, rare] of parts) this.count(tally, gram, rare / whole);
      const known = parts.length > 1 ? this.scatter(tally, word) : tally.found.length;
      return { tally, known, weight: whole / Math.sqrt(parts.length || 1) };
    }

    count(tally, gram, share) {
      const posting = this.posting(gram) || [];
      for (let at = 0; at < posting.length; at += 2) {
        const number = posting[at];
        const weight = posting[at + 1];
        tally.add(number, share * Math.min(1, weight), (share * weight) / (weight + this.long[number]));
      }
    }

    // a record that has the pairs but not the word counts for less; tells how many have the word
    scatter(tally, word) {
      let known = 0;
      // pairs of kana are common: those of a word that is not there say little
      const cover = /^[ぁ-ん]+$/.test(word) ? SCATTERED.kana : SCATTERED.cover;
      for (const number of tally.found) {
        if (tally.cover[number] > 0.99 && this.holds(number, word)) known += 1;
        else tally.scale(number, cover, SCATTERED.score);
      }
      return known;
    }

    holds(number, word) {
      const { body, names, asked } = this.records[number];
      return body.includes(word) || asked.includes(word) || names.some((name) => name.includes(word));
    }

    // the best way to say the word, for each record
    bestWay(ways) {
      const best = new Tally(this.records.length);
      for (const [way, worth] of ways) {
        const { found, cover, score } = this.match(way).tally;
        for (const number of found) best.raise(number, cover[number] * Math.sqrt(worth), score[number] * worth);
      }
      return best;
    }

    /* -- names --------------------------------------------------------------------------------------------------- */

    nameScore(name, wanted, most, within) {
      if (name === wanted) return NAMES.equal;
      if (wanted.length < 2) return name.startsWith(wanted) ? NAMES.begins : 0;
      if (name.length < 2) return 0;
      const size = Math.min(name.length, wanted.length) / Math.max(name.length, wanted.length);
      if (name.startsWith(wanted)) return NAMES.begins + NAMES.size * size;
      if (name.includes(wanted)) return NAMES.holds + NAMES.size * size;
      if (wanted.includes(name)) return size < LEAST_SIZE ? 0 : within * size;
      const distance = most ? edits(name, wanted, most) : 1;
      return distance > most ? 0 : NAMES.typo - NAMES.edit * distance;
    }

    // a name within a word that the site knows as it stands says less
    named(wanted, known) {
      const within = NAMES.within * (known ? NAMES.held : 1);
      const found = new Map();
      const most = this.equals.has(wanted) ? 0 : allowedEdits(wanted);
      const mask = maskOf(wanted);
      for (let at = 0; at < this.names.length; at += 1) {
        const missing = differing(mask, this.masks[at]);
        if (missing > most && differing(this.masks[at], mask)) continue;
        this.giveName(found, this.names[at], this.nameScore(this.names[at], wanted, missing > most ? 0 : most, within));
      }
      return found;
    }

    // the name that was meant by a word with a slip of the finger, so that texts are found too
    nearestName(word) {
      let [most, meant] = [allowedEdits(word), ""];
      const mask = maskOf(word);
      for (let at = 0; at < this.names.length && most; at += 1) {
        const name = this.names[at];
        if (name.length < 3 || differing(mask, this.masks[at]) > most) continue;
        const distance = edits(name, word, most);
        if (distance <= most) [most, meant] = [distance - 1, name];
      }
      return meant;
    }

    // gives every record of that name its score
    giveName(found, name, score) {
      const places = (score && this.equals.get(name)) || [];
      for (let at = 0; at < places.length; at += 2) keep(found, places[at], score * places[at + 1]);
    }

    wordNamed(word, ways, known) {
      const found = this.named(word, known);
      for (const [way, worth] of ways) this.giveName(found, way, NAMES.equal * worth);
      return found;
    }

    /* -- the answer ------------------------------------------------------------------------------------------------ */

    // `exact`: the words as they were typed, though they stand nowhere
    search(typed, { kind = "", shown = SHOWN, exact = false } = {}) {
      const query = beginning(typed);
      const cut = query.length < typed.length ? LONGEST : 0;
      const whole = this.language.word(query);
      if (!whole) return { words: [], results: [], total: 0, corrected: [], cut };
      this.exact = exact;
      const first = this.ask(this.wordsOf(query, whole), query, whole, kind);
      const sure = first.fitting.some(({ name, cover }) => name >= ENOUGH.named || cover >= ENOUGH.sure);
      const { parts, fitting } = sure ? first : this.more(first, this.ask(this.wordsWithin(query), query, whole, kind));
      const results = this.spread(fitting);
      const words = parts.flatMap(({ ways }) => [...ways.keys()].filter((way) => ways.get(way) >= READING));
      return { words, results: results.slice(0, shown), total: results.length, corrected: this.corrected(parts), cut };
    }

    // the names that were searched instead of words that stand nowhere
    corrected(parts) {
      const meant = parts.map((part) => part.meant).filter(Boolean);
      const called = (name) => {
        const { title, named } = this.records[this.equals.get(name)[0]];
        return [title, ...named].find((one) => this.language.word(one) === name) || name;
      };
      return [...new Set(meant.map(called))];
    }

    // the records that answer these words, best first
    ask(words, query, whole, kind) {
      if (!words.length) return { parts: [], fitting: [] };
      const { parts, manner } = this.asked(words, query);
      const fitting = this.answers(parts, manner, whole, query).filter(({ record }) => !kind || record.kind === kind);
      return { parts, fitting: this.literal(fitting, words.length === 1 ? words[0] : whole) };
    }

    more(first, second) {
      const there = new Set(first.fitting.map(({ record }) => record));
      const others = second.fitting.filter(({ record }) => !there.has(record));
      return { parts: [...first.parts, ...second.parts], fitting: [...first.fitting, ...others] };
    }

    // a word the site does not use is cut into those it knows: 旅行会社 into 旅行, 会社
    wordsOf(query, whole) {
      if (this.language.groups.has(whole)) return [whole];
      const spoken = this.romaji(query);
      if (spoken.length) return [...new Set(spoken)];
      const words = this.language.typed(query);
      return [...new Set([...words].flatMap(([word, raw]) => this.cut(word, raw, words.size > 1)))];
    }

    cut(word, raw, others) {
      const isWord = (/^[ぁ-ん]+$/.test(word) && this.readable(word)) || this.equals.has(word) || this.language.groups.has(stem(word));
      const mixed = /[ぁ-ん]/.test(raw.slice(0, -1)) && /[^ぁ-んー]/.test(raw);
      if (isWord || (!mixed && (this.match(word).known || this.nearestName(word)))) return [word];
      const found = this.segments(word);
      if (found.length && found.join("").length === word.length) return found;
      const tokens = this.merged(this.language.tokens(raw));
      if (tokens.length < 2) return found.length && others ? [...found, ...this.left(word, found)] : [word];
      const latinToo = /[a-z]/.test(word) && tokens.some((one) => this.stands(one)); // sandbox属性
      if (!others && !latinToo && !tokens.every((one) => this.stands(one))) return [word];
      return [...tokens, ...this.left(word, tokens)];
    }

    // 粗大 of 粗大ごみ: what no word of ours says is a word too; one kanji says nothing without the rest, as 票 of 住民票
    left(word, found) {
      const rest = found.reduce((line, one) => line.replace(one, " "), word).split(" ").filter((one) => /[^ぁ-ん]/.test(one));
      return rest.map((one) => (one.length > 1 ? one : word)).filter((one) => !this.language.groups.has(one) && this.rarity(one) > ANSWERED.rare);
    }

    /* -- words typed in Latin letters: kana has the same key, so no list of romaji is kept -------------------- */

    // made when first asked for: names in kana, readings, and every katakana word of the texts
    keys() {
      if (this.spellings) return this.spellings;
      this.spellings = new Map();
      for (const { title, named, text } of this.records) {
        for (const name of [title, ...named]) if (isKana(name)) this.spell(name, name);
        for (const [word] of `${title} ${text}`.matchAll(/[ァ-ヴー・]{2,}/g)) this.spell(word, word);
      }
      for (const word of this.said) if (isKana(word)) this.spell(word, word);
      for (const [reading, word] of this.read) this.spell(reading, word);
      this.sorted = [...this.spellings.keys()].sort((one, other) => one.length - other.length);
      return this.spellings;
    }

    spell(kana, word) {
      const key = latin(spelled(kana));
      if (key.length < 3) return;
      const folded = this.language.word(word);
      const there = this.spellings.get(key);
      if (!there || (!this.equals.has(there) && this.equals.has(folded))) this.spellings.set(key, folded);
    }

    // onsitukoukagasu → 温室効果ガス; jichitai dousi → 自治体, 同士; nothing if a part cannot be read
    spoken(romaji) {
      return this.spelling(romaji)?.words || [];
    }

    // the cheapest way to read it: {cost, words}
    spelling(romaji) {
      const key = latin(romaji);
      const best = [{ cost: 0, words: [] }];
      for (let end = 1; end <= key.length; end += 1) {
        for (let start = Math.max(0, end - LONGEST_KEY); start < end; start += 1) {
          const { cost, words } = (best[start] && this.piece(key, start, end)) || {};
          const sum = cost && best[start].cost + cost;
          if (sum && !(best[end]?.cost <= sum)) best[end] = { cost: sum, words: [...best[start].words, ...words] };
        }
      }
      return key && best[key.length];
    }

    // a whole word, a particle between words, or the start of a word: 再生 of 再生可能エネルギー, or not typed to its end yet
    piece(key, start, end) {
      const piece = key.slice(start, end);
      const keys = this.keys();
      if (piece.length > 2 && keys.has(piece)) return { cost: 1, words: [keys.get(piece)] };
      if (PARTICLES.has(piece) && start && end < key.length) return { cost: 0.5, words: [] };
      if (piece.length < (end < key.length ? 5 : 3)) return null;
      const begun = this.sorted.find((one) => one.startsWith(piece));
      return begun && { cost: BEGUN, words: [keys.get(begun)] };
    }

    // words of English that stand on the site are taken for English; else word by word, or all as one: ji chitai
    romaji(query) {
      const typed = query.normalize("NFKC").trim();
      if (!/^[a-z\u00c0-\u017f\s'’~\-]{3,}$/i.test(typed)) return [];
      const words = this.language.words(typed);
      if (words.length && words.every((word) => this.stands(word))) return [];
      const typedWords = typed.split(/\s+/).filter((word, at) => !at || !PARTICLES.has(latin(word)));
      const each = typedWords.map((word) => this.spelling(word));
      const all = this.spelling(typed);
      if (all && !(each.reduce((sum, read) => sum + (read ? read.cost : Infinity), 0) <= all.cost)) return all.words;
      const whole = each.filter((read) => read && read.cost < BEGUN).length;
      if (!each.some(Boolean) || (each.length > 1 && whole * 2 <= each.length)) return [];
      return each.flatMap((read, at) => (read ? read.words : this.slipped(typedWords[at])));
    }

    // a word in Latin letters with a slip of the finger; what is no such word stays as it is
    slipped(word) {
      const key = latin(word);
      const most = Math.min(2, allowedEdits(key));
      const near = most > 0 && this.sorted.find((one) => Math.abs(one.length - key.length) <= most && edits(one, key, most) <= most);
      return near ? [this.spellings.get(near)] : this.language.words(word);
    }

    // kana alone may be a reading, which stays whole; of a long one most must be read
    readable(word) {
      const written = this.language.written(word);
      return word.length <= LONGEST_KANA || (written && written.replace(/[^ぁ-ん]/g, "").length <= written.length / 2);
    }

    sayLatin(ways, word) {
      const words = this.spoken(word);
      if (words.length === 1) keep(ways, words[0], READING);
    }

    stands(word) {
      return this.equals.has(word) || this.language.groups.has(stem(word)) || this.match(word).known > 0;
    }

    // neighbours that are a word of ours together: 再生, 可能, エネルギー
    merged(tokens) {
      const found = [];
      for (let at = 0; at < tokens.length; at += 1) {
        let end = Math.min(tokens.length, at + 6);
        const joined = () => this.language.word(tokens.slice(at, end).join(""));
        while (end > at + 1 && !(this.equals.has(joined()) || this.language.groups.has(joined()))) end -= 1;
        const word = joined();
        const little = /^(?:[ぁ-ん]{1,2}|[^a-z0-9])$/.test(tokens.slice(at, end).join("")) || this.language.silent.has(word);
        if (word && !little) found.push(word);
        at = end - 1;
      }
      return [...new Set(found)];
    }

    // 太陽光モジュール is found by 太陽光, if more than half of each typed word is known; kana between kanji say little
    wordsWithin(query) {
      const typed = lower(query).split(/\s+/).filter(Boolean);
      const found = typed.map((one) => this.segments(this.language.word(one)));
      const told = (one, words) => words.join("").length > WITHIN * (one.replace(/[ぁ-んー]/g, "").length || one.length);
      const words = [...new Set(found.flat())];
      const asks = words.some((word) => !this.language.intents.has(word));
      return asks && typed.every((one, at) => told(one, found[at])) ? words : [];
    }

    // names and words of search.yml that stand in a text, the longest first from the left
    segments(text) {
      const found = [];
      for (let at = 0; at < text.length; at += 1) {
        let length = Math.min(text.length - at, LONGEST_WORD);
        while (length > 1 && !this.isWord(text, at, length)) length -= 1;
        if (length > 1) found.push(text.slice(at, at + length));
        if (length > 1) at += length - 1;
      }
      return [...new Set(found)];
    }

    // two kana between others are no word
    isWord(text, at, length) {
      const word = text.slice(at, at + length);
      const kana = /^[ぁ-ん]+$/.test(word);
      const within = [text[at - 1], text[at + length]].filter((letter) => /[ぁ-ん]/.test(letter || "")).length;
      const latin = /[a-z0-9]$/.test(word) && /[a-z0-9]/.test(text[at + length] || "");
      if (latin || (kana && within + (length < 4) > 1)) return false;
      const verb = !kana && length < 4 && this.language.groups.has(stem(word));
      return verb || this.equals.has(word) || this.language.groups.has(word);
    }

    asked(words, query) {
      const parts = words.map((word) => this.part(word));
      const manner = parts.length < 2 ? MANNERS.word : /\s/.test(query.trim()) ? MANNERS.list : MANNERS.sentence;
      const unknown = parts.filter(({ known }) => !known);
      // a word that stands nowhere says little in a sentence or a long list whose other words are known
      const typed = query.trim().split(/\s+/).length;
      const discount = (manner === MANNERS.sentence || typed > 2) && unknown.length * 2 < parts.length ? UNKNOWN : 1;
      const other = Math.max(MANY.least, Math.min(1, MANY.told / parts.length));
      for (const part of parts) part.says = part.weight;
      for (const part of unknown) part.weight *= discount;
      const lesser = (part) => (part.known || parts.length > SHORT) && !this.subject(part);
      if (parts.length > 2) for (const part of parts) part.weight *= lesser(part) ? other : 1;
      return { parts, manner };
    }

    // pairs of letters of the whole query, whatever words they belong to; those of telling words count most
    loosely(query, parts) {
      const telling = new Map();
      for (const { weight, says, ways } of parts) {
        for (const gram of grams(ways.keys().next().value)) keep(telling, gram, weight / says);
      }
      const known = [...new Set(grams(this.fold(query.replaceAll("を", " "))))].filter((gram) => this.posting(gram));
      const weights = known.map((gram) => this.rarity(gram) * (telling.get(gram) || MANY.least));
      const whole = weights.reduce((sum, weight) => sum + weight, 0);
      const tally = new Tally(this.records.length);
      known.forEach((gram, at) => this.count(tally, gram, weights[at] / whole));
      return tally;
    }

    // the questions that are known to be answered somewhere, by how like they are to what was asked: of a mail, to
    // one of its sentences
    questions(query, parts) {
      const found = new Map();
      const sentences = query.split(/[。！？!?\n]+/).map((one) => this.sayings(one, parts)).filter(({ whole }) => whole);
      for (const number of this.asking) {
        for (const ask of this.records[number].asks) {
          for (const said of sentences) {
            const like = this.likeness(ask, said);
            if (like >= ASK.least) keep(found, number, like);
          }
        }
      }
      return found;
    }

    // the pairs of letters of a sentence, and of other ways to say its words
    sayings(sentence, parts) {
      const typed = [...new Set(grams(this.fold(sentence)))];
      const told = new Map(typed.map((gram) => [gram, 1]));
      const line = squeeze(this.fold(sentence));
      for (const { ways } of parts) {
        if (!line.includes(ways.keys().next().value)) continue;
        for (const [way, worth] of ways) for (const gram of grams(way)) keep(told, gram, worth);
      }
      return { told, whole: typed.reduce((sum, gram) => sum + this.rarity(gram), 0) };
    }

    // 1 for the same, less for what was not asked of a question and for what it does not ask
    likeness(ask, { told, whole }) {
      let [sum, own] = [0, 0];
      for (const gram of ask) {
        const rare = this.rarity(gram);
        own += rare;
        if (told.has(gram)) sum += rare * told.get(gram);
      }
      return (sum / own) ** ASK.ask * Math.min(1, sum / whole) ** ASK.query;
    }

    // what is known of each record: how much the known words weigh that stand in it whole
    evidence(parts) {
      const tally = new Tally(this.records.length);
      const telling = parts.filter((part) => part.known && this.subject(part));
      for (const { best, says, named } of telling) {
        for (const number of best.found) if (best.cover[number] > ENOUGH.held) tally.add(number, 1, says * best.cover[number]);
        for (const [number, score] of named) if (score > NAMES.begins) tally.add(number, 1, 2 * says);
      }
      return tally;
    }

    // a word that is a name, or part of one, tells what a mail is about
    subject({ ways }) {
      const named = (way) => this.equals.has(way) || this.language.groups.has(stem(way));
      const within = (way) => way.length > 1 && this.names.some((name) => name.includes(way));
      return [...ways.keys()].some((way) => named(way) || within(way));
    }

    answers(parts, manner, whole, query) {
      const { sum, names } = this.total(parts, manner);
      const loose = parts.length > 1 ? this.loosely(query, parts) : null;
      const evidence = this.evidence(parts);
      const questions = this.questions(query, parts);
      const called = this.named(whole, parts.length === 1 && parts[0].known);
      if (Math.max(0, ...called.values()) < ANSWERED.named && !this.isOurs(parts, questions)) return [];
      for (const [number, score] of called) if (score >= manner.whole) names.raise(number, 0, score);
      const enough = (number) => parts.length > SHORT && evidence.cover[number] >= ENOUGH.words && evidence.score[number] >= ENOUGH.weight;
      const fits = (number) => sum.cover[number] >= ENOUGH.cover || names.score[number] >= ENOUGH.named || questions.has(number) || enough(number);
      const told = parts.length > 1 ? new Set(grams(whole)) : new Set();
      return [...new Set([...sum.found, ...names.found, ...questions.keys()])].filter(fits).map((number) => {
        const record = this.records[number];
        const phrase = parts.length > 1 && whole.length > 3 && record.body.includes(whole) ? PHRASE : 0;
        const score = 100 * sum.score[number] + names.score[number] + phrase + this.alike(record, told) + standing(record);
        const own = score * Math.min(1, sum.cover[number]) ** manner.complete;
        const more = (loose ? MANY.loose * loose.score[number] : 0) + ASK.points * (questions.get(number) || 0);
        return { record, name: names.score[number], cover: sum.cover[number], score: own + more };
      });
    }

    isOurs(parts, questions) {
      const told = parts.map((part) => this.told(part));
      if (!told.some(([strange], at) => strange && !parts[at].known)) return true;
      const [strange, topic] = [0, 1].map((at) => told.reduce((sum, one) => sum + one[at], 0));
      const share = strange / (strange + topic || 1);
      const asked = Math.max(0, ...questions.values());
      return share < ANSWERED.strange || topic >= ANSWERED.topic || asked >= ANSWERED.asked + Math.max(0, share - 0.6) * 0.7;
    }

    // [weight of a word of which nothing is known, weight of one that tells the matter]; a word that only happens to
    // stand in one record or two tells nothing
    told({ ways, known, meant, says }) {
      const [word, ...others] = [...ways.keys()];
      if (this.language.intents.has(word) || /^\d/.test(word)) return [0, 0]; // an amount may be asked of any matter
      if (this.terms.has(word)) return [0, ANSWERED.topic];
      const own = Math.min(says, ANSWERED.most);
      if (known) return known > ANSWERED.few || this.inNames(word) ? [0, own] : [ANSWERED.happens * says, 0];
      if (meant || others.some((way) => ways.get(way) === READING || this.match(way).known)) return [0, own * ANSWERED.synonym];
      return [/[ぁ-ん]/.test(word) && /[^ぁ-んー]/.test(word) ? says * ANSWERED.verb : says, 0];
    }

    inNames(word) {
      return this.records.some(({ names, asked }) => asked.includes(word) || names.some((name) => name.includes(word)));
    }

    // how much of a title, particles and all, stands in the query
    alike({ names: [title] }, told) {
      if (!told.size) return 0;
      const own = [...new Set(grams(title))];
      return (TITLE * own.filter((gram) => told.has(gram)).length) / Math.max(own.length, 4);
    }

    part(word) {
      const { known, weight } = this.match(word);
      const ways = this.language.ways(word, known);
      if (!known && /^[a-z]{3,}$/.test(word)) this.sayLatin(ways, word);
      const meant = !known && !this.exact && this.nearestName(word);
      if (meant) ways.set(meant, MEANT);
      // a word that stands nowhere is as rare as can be, though its pairs of kana are common
      const strange = !known && ways.size === 1 && /^[ぁ-ん]+$/.test(word);
      return { ways, known, meant, weight: strange ? Math.max(weight, this.rarity("")) : weight, best: this.bestWay(ways), named: this.wordNamed(word, ways, known) };
    }

    // every word counts by its weight: a rare one says more about what is wanted
    total(parts, manner) {
      const [sum, names] = [new Tally(this.records.length), new Tally(this.records.length)];
      const weight = parts.reduce((before, part) => before + part.weight, 0);
      for (const { best, named, weight: own } of parts) {
        const share = own / weight;
        for (const number of best.found) sum.add(number, best.cover[number] * share, best.score[number] * share);
        for (const [number, score] of named) names.add(number, 0, score * share * manner.name);
      }
      return { sum, names };
    }

    // when no term fits: those whose names have most pairs of letters in common with what was typed
    nearest(query, shown, least) {
      const wanted = this.language.word(beginning(query));
      const terms = this.records.filter(({ kind }) => kind === "term");
      const likes = terms.map((record) => [record, Math.max(...record.names.map((name) => likeness(name, wanted)))]);
      likes.sort(([, one], [, other]) => other - one);
      return likes.filter(([, like]) => like > least).slice(0, shown).map(([record]) => record);
    }

    // a record that is called so, letter by letter, never stands below one that is only called alike or means it
    literal(fitting, whole) {
      const called = ({ record: { names, kind } }) => (names[0] === whole ? 2 : kind === "term" && names.includes(whole) ? 1 : 0);
      return fitting.sort((one, other) => called(other) - called(one) || other.score - one.score);
    }

    // one page does not fill the list; terms and changes each stand for themselves
    spread(results) {
      const seen = new Map();
      return results.filter(({ record: { page, kind } }) => {
        seen.set(page, (seen.get(page) || 0) + 1);
        return kind === "term" || kind === "today" || seen.get(page) <= PER_PAGE;
      });
    }
  }

  return { Index, unpack, letters, edits, grams, latin, spelled, NAMED: ENOUGH.named };
})();
