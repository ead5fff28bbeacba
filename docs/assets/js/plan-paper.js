/* The documents of a plan: what they say, as a preview, as text and as Word files. Loaded on first use.
 * Python makes the same documents of the same file. The build adds below the words and templates made from data/plan.yml. */
(function (root) {
  "use strict";

  const STAGES = { before: "plan", after: "actual" };
  /* what XML forbids, controls, and signs that turn the direction of a text */
  const UNFIT = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Surrogate}\ufdd0-\ufdef\ufffe\uffff]/gu;
  const PLACE = /\{([a-z][a-z0-9_]*)\}/g;
  const STAGED = /^(?:before|after)_|_steps$/g;
  const NUMBER = "{no}";
  const NEAR = 1e-9;
  const RESULT = "計算の結果";
  const REDUCED = /（(?:減らす取り組みを|減らした取り組みを)?ここに書く）/g;
  const RECORD = "（クレジットの";

  const fit = (text) => text.replace(UNFIT, "");
  /** Rounded up, but for the noise of binary fractions. */
  const ceil = (value) => (Math.abs(value - Math.round(value)) <= NEAR * Math.max(1, Math.abs(value)) ? Math.round(value) : Math.ceil(value));
  const linesOf = (text) => fit(text).split("\n").map((line) => line.trim()).filter(Boolean);
  const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

  function day(text) {
    const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
    return found ? `${Number(found[1])}年${Number(found[2])}月${Number(found[3])}日` : text;
  }

  /* ---------- what documents say ---------- */

  /** What is typed into a calculator at a stage: its own texts, and the facts that stand for some of its fields. */
  function typed(definition, inputs, stage, facts, specs) {
    const texts = { ...inputs };
    for (const [name, fact] of Object.entries(specs)) {
      const spec = fact.input && own(definition.inputs, fact.input);
      if (!spec) continue;
      const said = facts[name] ?? "";
      texts[fact.input] = spec.choices && !own(spec.choices, said) ? "" : said;
    }
    if (definition.inputs.stage) texts.stage = STAGES[stage];
    return texts;
  }

  /** {texts, lists} of a plan; `tools`: {engine, statement, parts and definitions of the calculators by id}. */
  class Values {
    constructor(plan, words, tools) {
      Object.assign(this, { plan, words, tools, texts: {}, lists: {} });
      this.method = words.methods[plan.method];
      this.course = this.say("course", words.facts.course, this.fact("course")) && this.fact("course");
      this.ends = words.ends.courses.includes(this.course);
      this.outcomes = plan.calculators.map((one) => [one, Object.fromEntries(Object.keys(STAGES).map((stage) => [stage, this.run(one, stage, {})]))]);
      this.sayFacts();
      for (const name of ["code", "title", "group", "offsets", "actors", "bearer"]) this.texts["method_" + name] = this.method[name];
      this.lists.claims = this.method.claims.map((text) => ({ text }));
      this.lists.effects = this.method.effects.map((text) => ({ text }));
      this.lists.roles = this.method.roles.map(([label, role]) => ({ label, role }));
      for (const stage in STAGES) this.sayStage(stage);
      this.lists.statement_withheld = this.withheld();
      this.difference();
      this.compare();
      this.survey();
      this.tasks();
    }
    run(one, stage, more) {
      const definition = this.tools.definitions[one.id];
      const texts = typed(definition, one[stage].inputs, stage, this.plan.facts, this.words.facts);
      const known = Object.entries(more).filter(([name]) => own(definition.inputs, name));
      return this.tools.engine.run(definition, { ...texts, ...Object.fromEntries(known) }, one[stage].rows);
    }
    fact(name) {
      return fit(this.plan.facts[name] ?? "").trim();
    }
    sayFacts() {
      for (const [name, fact] of Object.entries(this.words.facts)) {
        const lines = linesOf(this.plan.facts[name] ?? "");
        if (fact.kind === "lines") this.lists[name] = lines.map((text) => ({ text }));
        const said = fact.kind === "lines" ? lines.join("、") : this.say(name, fact, this.fact(name));
        this.texts[name] = said && this.isDoubted(name) ? this.words.doubted : said;
      }
      this.lists.cited = [...new Set(this.cited())].map((text) => ({ text }));
    }
    /** The precedents that were chosen and those that were written. */
    cited() {
      const names = Object.keys(this.words.facts).filter((name) => this.words.facts[name].of);
      return names.flatMap((name) => this.lists[name]?.map(({ text }) => text) ?? this.texts[name]).filter(Boolean);
    }
    /** Whether a fact is told wrong at its field although it could be written. */
    isDoubted(name) {
      if ((name === "retired_t" && this.exceeds()) || this.isMisplaced(name, "wrong")) return true;
      const { input } = this.words.facts[name];
      return Boolean(this.plan.facts[name]) && this.outcomes.some(([, outcomes]) => Object.keys(STAGES).some((stage) => input && own(outcomes[stage].problems, input)));
    }
    /** Whether a day comes before one that should be first, and is that bad. */
    isMisplaced(name, bad) {
      const { orders, facts } = this.words;
      const tasks = this.method.tasks.map(([task]) => task);
      return Boolean(root.offsetPlanFacts.misplaced(name, this.plan.facts, orders.filter(({ weight }) => weight === bad), (one) => tasks.includes(facts[one].task)));
    }
    say(name, fact, text) {
      if (fact.kind === "date") return root.offsetPlanFacts.isDay(text) ? day(text) : "";
      if (fact.kind === "number") {
        const value = this.amount(text);
        return value === null ? "" : `${this.tools.engine.showTyped(value)} ${fact.unit}`;
      }
      if (fact.kind !== "choice") return text;
      if (fact.of) {
        const [line, methods] = own(this.words.precedents, text) ?? ["", []];
        return methods.includes(this.plan.method) ? line : "";
      }
      const known = this.plan.calculators.map((one) => own(this.tools.parts[one.id].inputs, fact.input ?? "")?.[1] ?? {});
      const offered = this.method.without.includes(`${name}=${text}`) ? {} : fact.choices;
      return [offered, ...known].map((labels) => own(labels, text)).find((label) => label !== undefined) ?? "";
    }
    /** The number that a text gives; null where it gives none. */
    amount(text) {
      const value = root.offsetPlanFacts.amount(text, this.words.largest);
      return typeof value === "number" ? value : null;
    }
    /** Whether more is retired than was bought. */
    exceeds() {
      const [retired, bought] = ["retired_t", "bought_t"].map((name) => this.amount(this.fact(name)));
      return retired !== null && bought !== null && retired > bought;
    }
    sayStage(stage) {
      for (const kind of ["inputs", "rows", "lines", "results", "factors"]) this.lists[`${stage}_${kind}`] = [];
      this.lists["statement_" + stage] = [];
      for (const name of this.words.results) this.texts[`${stage}_${name}`] = this.texts[`${stage}_${name}_steps`] = "";
      for (const [one, outcomes] of this.outcomes) this.sayOutcome(stage, one, outcomes[stage]);
    }
    sayOutcome(stage, one, outcome) {
      const [definition, part] = [this.tools.definitions[one.id], this.tools.parts[one.id]];
      const lead = this.outcomes.length > 1 ? part.short + "：" : "";
      const put = (kind, items) => this.lists[`${stage}_${kind}`].push(...items);
      put("inputs", this.amounts(definition, part, outcome, lead));
      put("rows", this.rows(one, stage, outcome, lead));
      for (const line of definition.lines) {
        const [key, shown] = ["line_" + line.id, outcome.shown["line_" + line.id]];
        if (shown) put("lines", [{ label: lead + part.outputs[key], steps: outcome.steps[key], value: `${shown} ${line.unit}` }]);
      }
      for (const result of definition.results) {
        const shown = outcome.shown[result.id];
        if (!shown) continue;
        const [key, value] = [`${stage}_${result.id}`, `${shown} ${result.unit}`];
        put("results", [{ label: lead + part.outputs[result.id], value }]);
        if (!this.texts[key]) Object.assign(this.texts, { [key]: value, [key + "_steps"]: outcome.steps[result.id] });
      }
      const known = new Set(this.lists[stage + "_factors"].map((item) => item.label + item.value));
      put("factors", this.factors(part, outcome).filter((item) => !known.has(item.label + item.value)));
      this.lists["statement_" + stage].push(...this.statement(one, stage).map((text) => ({ text })));
    }
    amounts(definition, part, { scope }, lead) {
      const bound = new Set(Object.values(this.words.facts).map((fact) => fact.input));
      return Object.entries(definition.inputs).flatMap(([name, spec]) => {
        const value = scope.fields[name];
        if (!spec.unit || bound.has(name) || typeof value !== "number" || value === spec.default) return [];
        return [{ label: lead + part.inputs[name][0], value: `${this.tools.engine.showTyped(value)} ${spec.unit}` }];
      });
    }
    rows(one, stage, outcome, lead) {
      const columns = this.tools.parts[one.id].rows;
      const said = (cell, i) => (cell && columns[i] ? [[columns[i][0], fit(own(columns[i][2], cell) ?? cell), columns[i][1]].filter(Boolean).join(" ")] : []);
      const typed = Object.keys(outcome.scope.definition.rows?.columns ?? {});
      const texts = one[stage].rows.map((row, i) => [...row, ...typed.slice(row.length).fill(""), ...Object.values(outcome.rowsShown[i] ?? {})].flatMap(said));
      return texts.flatMap((cells, i) => (cells.length ? [{ label: `${lead}${i + 1}行目`, value: cells.join("、") }] : []));
    }
    factors(part, { scope, used }) {
      const marks = [...new Set(Object.values(used).flat())];
      return marks.map((mark) => {
        const [label, now, others] = part.factors[mark.slice(1)];
        return { label, value: `${this.tools.engine.showTyped(scope.number(mark))} ${scope.definition.numbers[mark][2]}`, source: others[scope.chosen("factors")] ?? now };
      });
    }
    /** The draft of a public statement; of what is over only once it is retired, and of no more than that. */
    statement(one, stage) {
      const lines = this.draft(one, stage);
      if (!lines.length || this.undrafted(one, stage, lines)) return [];
      const measures = linesOf(this.plan.facts.measures ?? "").join("、");
      const told = lines.filter((line) => !(stage === "after" && line.startsWith(RECORD)));
      return told.map((line) => fit(line.replace(REDUCED, (place) => (measures ? `「${measures}」` : place))));
    }
    isRetired() {
      return this.amount(this.fact("retired_t")) !== null && root.offsetPlanFacts.isDay(this.plan.facts.retired_on ?? "");
    }
    /** What the calculator would say at a stage; one line tells why it says nothing. */
    draft(one, stage) {
      const { engine, statement } = this.tools;
      const over = stage === "after";
      if (this.ends || (over && !this.isRetired())) return [];
      const outcome = this.run(one, stage, over ? { bought_t: this.plan.facts.retired_t } : {});
      if (!Object.values(outcome.shown).some(Boolean)) return [];
      const labels = this.tools.parts[one.id].inputs;
      const inputs = typed(this.tools.definitions[one.id], one[stage].inputs, stage, this.plan.facts, this.words.facts);
      const said = (name) => {
        const value = outcome.scope.fields[name] ?? "";
        return Object.keys(labels[name][1]).length ? own(labels[name][1], value) ?? "" : inputs[name] ?? "";
      };
      const { drafts, gap } = this.words;
      const phrase = (text) => text.replace(PLACE, (_, name) => this.fact(name) || gap);
      const phrases = Object.fromEntries(Object.entries(drafts[stage]).map(([name, text]) => [name, phrase(text)]));
      return statement.lines(statement.words, one.id, outcome, engine, said, phrases);
    }
    /** Why nothing is drafted, as the calculator tells it or because of the plan; empty when it may be. */
    undrafted(one, stage, lines) {
      const why = this.words.undrafted;
      const { boundary } = this.tools.definitions[one.id].inputs;
      if (lines.length === 1) return lines[0];
      if (boundary && !own(boundary.choices, this.plan.facts.boundary ?? "")) return why.boundary;
      if (stage === "after") return this.exceeds() ? why.exceeded : "";
      const [, { after }] = this.outcomes.find(([other]) => other === one);
      if (this.isRetired() && !Object.values(after.shown).some(Boolean)) return why.pending;
      return this.course === "wait" ? why.waiting : "";
    }
    /** Why drafts are withheld, each reason once. */
    withheld() {
      const reasons = Object.keys(STAGES).flatMap((stage) =>
        this.outcomes.flatMap(([one]) => {
          const lines = this.draft(one, stage);
          return (lines.length && this.undrafted(one, stage, lines)) || [];
        }),
      );
      return [...new Set(reasons)].map((why) => ({ text: this.words.undrafted.reason.replace("{reason}", () => why) }));
    }
    /** What lacks or is left of what was bought, where the calculator does not tell it. */
    difference() {
      const found = this.outcomes.find(([, { after }]) => after.shown.credits_t);
      const [bought, retired] = ["bought_t", "retired_t"].map((name) => this.amount(this.fact(name)));
      this.texts.kept_t = bought === null || this.exceeds() ? "" : `${this.tools.engine.showTyped(bought - retired)} t-CO₂`;
      if (!found || bought === null || this.texts.after_shortfall_t) return;
      const needed = found[1].after.values.credits_t;
      for (const [name, value] of [["shortfall_t", needed - bought], ["surplus_t", bought - needed]]) this.texts["after_" + name] = `${this.tools.engine.show(Math.max(0, value), 3)} t-CO₂`;
    }
    compare() {
      const rows = new Map();
      for (const stage in STAGES)
        for (const { label, value } of this.lists[stage + "_results"]) {
          if (!rows.has(label)) rows.set(label, { label, before: "", after: "" });
          rows.get(label)[stage] = value;
        }
      this.lists.compare = [...rows.values()];
    }
    /** How many of the visitors to ask; gaps while their number or the error is not given. */
    survey() {
      this.lists.survey_modes = this.method.modes.map(([label, fields]) => ({ label, fields }));
      const { survey } = this.words;
      const { showTyped } = this.tools.engine;
      const said = this.outcomes.map(([, { before }]) => before.scope.fields[survey?.people]);
      const people = said.find((value) => typeof value === "number" && !Number.isNaN(value));
      const error = survey && own(survey.errors, this.fact(survey.error));
      const [count, steps] = people && error ? this.sample(survey, error, people) : [];
      Object.assign(this.texts, { survey_basis: survey?.basis ?? "", survey_people: people ? `${showTyped(people)} 人` : "", survey_count: count ? `${showTyped(count)} 人` : "", survey_steps: steps ?? "" });
    }
    /** [how many of the people to ask, the arithmetic]: a simple random sample for a share. */
    sample({ z, share }, error, people) {
      const { show, showTyped } = this.tools.engine;
      const part = error / 100;
      const many = (z * z * share * (1 - share)) / (part * part);
      const few = many / (1 + (many - 1) / people);
      const [zText, p, e, n] = [z, share, part, people].map(showTyped);
      const first = `${zText} × ${zText} × ${p} × (1 − ${p}) ÷ (${e} × ${e}) = ${show(many, 2)}`;
      return [ceil(few), `${first}、${show(many, 2)} ÷ (1 + (${show(many, 2)} − 1) ÷ ${n}) = ${show(few, 2)}`];
    }
    tasks() {
      this.lists.schedule = this.method.tasks.map(([task, label]) => ({ label, day: this.texts["due_" + task], who: this.texts["who_" + task] }));
      this.lists.open = this.method.tasks.map(([task, label]) => ({ label, text: this.lacking(task).join("、") })).filter((one) => one.text);
      if (!this.lists.open.length) this.lists.open = [{ label: "―", text: this.words.finished }];
    }
    lacking(task) {
      if (this.ends && this.words.ends.tasks.includes(task)) return [];
      const isAsked = ({ needed, courses }) => needed && (!courses?.length || courses.includes(this.course));
      const isOpen = (name) => this.isDoubted(name) || this.isMisplaced(name, "doubt");
      const facts = Object.entries(this.words.facts).filter(([name, fact]) => fact.task === task && (isOpen(name) || (isAsked(fact) && !this.texts[name])));
      const names = facts.map(([name, fact]) => this.method.labels[name] ?? fact.label);
      return task in STAGES && !this.lists[task + "_results"].length ? [...names, RESULT] : names;
    }
  }

  /* ---------- a document as its parts ---------- */

  function filled(text, texts, gap) {
    return text.replace(PLACE, (_, name) => texts[name] || gap);
  }

  /** Whether the method knows nothing of a fact, a result or a list. */
  const isForeign = (name, { method }) => method.without.includes(name.replace(STAGED, ""));
  const isEmpty = (name, { lists, texts }) => !(lists[name]?.length || texts[name]);
  /** Whether a part is none of the method's, or waits for something that is empty. */
  const isOff = ({ methods, courses, unless }, { plan, course }) => (methods && !methods.includes(plan.method)) || (courses && !courses.includes(course)) || unless?.includes(course);
  const isAway = (part, values) => Boolean(isOff(part, values) || (part.when && (isForeign(part.when, values) || isEmpty(part.when, values))));
  /** Whether a row, or a text that repeats nothing, stands in the documents of the method. */
  const concerns = (part, values) => !isAway(part, values) && ![...(part.text ?? "").matchAll(PLACE)].some(([, name]) => isForeign(name, values));
  /** A row that only says a fact is called as the method calls the fact. */
  const labelOf = ({ label, text }, values) => own(values.method.labels, text.replace(/^\{|\}$/g, "")) ?? label;

  function isLeftOut(block, values) {
    const { each, facts } = block;
    if (each) return isForeign(each, values) || isAway(block, values);
    return !concerns(block, values) || Boolean(facts && !facts.some((row) => concerns(row, values)));
  }

  const itemsOf = (block, { lists }) => (lists[block.each].length ? lists[block.each] : [{}]);

  /** The blocks that stand, their headings counted. */
  function standing(paper, values) {
    let number = 0;
    const counted = (block) => (block.heading?.includes(NUMBER) ? { ...block, heading: block.heading.replace(NUMBER, String((number += 1))) } : block);
    return paper.blocks.filter((block) => !isLeftOut(block, values)).map(counted);
  }

  /** Rows of a block that is a table, its head first; of facts there is no head. */
  function rowsOf(block, values, gap) {
    if (block.facts) return block.facts.filter((row) => concerns(row, values)).map((row) => [labelOf(row, values), filled(row.text, values.texts, gap)]);
    const rows = itemsOf(block, values).map((item) => block.columns.map((column) => filled(column.text, item, gap)));
    return [block.columns.map((column) => column.label), ...rows];
  }

  function linesOfBlock(block, values, gap) {
    if (block.heading) return ["", filled(block.heading, values.texts, gap)];
    if (block.facts || block.columns) return rowsOf(block, values, gap).map((cells) => cells.join("\t"));
    if (block.each) return itemsOf(block, values).map((item) => filled(block.text, item, gap));
    return [filled(block.text, values.texts, gap)];
  }

  function text(paper, values, gap) {
    return standing(paper, values).flatMap((block) => linesOfBlock(block, values, gap)).map((line) => line + "\n").join("");
  }

  /* ---------- on the page ---------- */

  function element(name, content) {
    const made = document.createElement(name);
    made.textContent = content;
    return made;
  }

  function table(block, values, gap) {
    const made = document.createElement("table");
    rowsOf(block, values, gap).forEach((cells, i) => {
      const row = made.insertRow();
      cells.forEach((cell, j) => {
        const head = block.facts ? j === 0 : i === 0;
        const one = element(head ? "th" : "td", cell);
        if (head) one.scope = block.facts ? "row" : "col";
        row.append(one);
      });
    });
    return made;
  }

  function preview(paper, values, gap) {
    return standing(paper, values).flatMap((block) => {
      if (block.heading) return [element("h3", filled(block.heading, values.texts, gap))];
      if (block.facts || block.columns) return [table(block, values, gap)];
      return linesOfBlock(block, values, gap).map((line) => element("p", line));
    });
  }

  /* ---------- Word ---------- */

  const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const DC = "http://purl.org/dc/elements/1.1/";
  /* templates of the build, never anything typed */
  const parsed = (xml) => new DOMParser().parseFromString(xml, "application/xml");
  const written = (tree) => '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + new XMLSerializer().serializeToString(tree.documentElement);

  function fill(node, texts, gap) {
    for (const slot of [...node.getElementsByTagNameNS(W, "sdt")]) {
      const name = slot.getElementsByTagNameNS(W, "tag")[0].getAttributeNS(W, "val");
      const place = slot.getElementsByTagNameNS(W, "t")[0];
      place.textContent = texts[name] || gap;
    }
  }

  function repeat(node, items, gap) {
    for (const item of items) {
      const copy = node.cloneNode(true);
      fill(copy, item, gap);
      node.before(copy);
    }
    node.remove();
  }

  function documentOf(xml, paper, values, gap) {
    const tree = parsed(xml);
    const nodes = [...tree.getElementsByTagNameNS(W, "body")[0].children];
    let number = 0;
    paper.blocks.forEach((block, i) => {
      const node = nodes[i];
      if (isLeftOut(block, values)) return node.remove();
      if (block.each) return repeat(block.columns ? [...node.getElementsByTagNameNS(W, "tr")].at(-1) : node, itemsOf(block, values), gap);
      if (block.facts) settle(node, block, values);
      if (block.heading?.includes(NUMBER)) number += 1;
      return fill(node, { ...values.texts, no: String(number) }, gap);
    });
    return written(tree);
  }

  /** Leave the rows that concern the method, under the names that it gives them. */
  function settle(node, block, values) {
    [...node.getElementsByTagNameNS(W, "tr")].forEach((row, i) => {
      if (concerns(block.facts[i], values)) row.getElementsByTagNameNS(W, "t")[0].textContent = labelOf(block.facts[i], values);
      else row.remove();
    });
  }

  const titleOf = (id, words, method) => words.methods[method].papers[id] ?? words.papers[id].title;

  function coreOf(xml, name, values) {
    const tree = parsed(xml);
    const { title, municipality, department } = values.texts;
    tree.getElementsByTagNameNS(DC, "title")[0].textContent = `${name}　${title}`.trim();
    tree.getElementsByTagNameNS(DC, "creator")[0].textContent = `${municipality}　${department}`.trim();
    return written(tree);
  }

  async function word(id, values) {
    const { words, templates } = root.offsetPlanPaper;
    const { shared, documents, names } = templates;
    const paper = words.papers[id];
    const files = { ...shared, [names.core]: coreOf(shared[names.core], titleOf(id, words, values.plan.method), values), [names.document]: documentOf(documents[id], paper, values, words.gap) };
    return zip(Object.entries(files).map(([name, content]) => [name, new TextEncoder().encode(content)]));
  }

  /* ---------- zip ---------- */

  const TABLE = Array.from({ length: 256 }, (_, i) => {
    let value = i;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value >>> 0;
  });

  const crc = (bytes) => ~bytes.reduce((sum, byte) => TABLE[(sum ^ byte) & 255] ^ (sum >>> 8), -1) >>> 0;

  /** [method, bytes]: deflated, or as they are where the browser cannot. */
  async function packed(bytes) {
    try {
      const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
      return [8, new Uint8Array(await new Response(stream).arrayBuffer())];
    } catch {
      return [0, bytes];
    }
  }

  function record(...fields) {
    const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0));
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (const [size, value] of fields) {
      if (size === 2) view.setUint16(at, value, true);
      else view.setUint32(at, value, true);
      at += size;
    }
    return bytes;
  }

  const BEGINNING = 33; // 1980-01-01, the first day that a zip knows

  async function zip(files) {
    const [parts, list] = [[], []];
    let at = 0;
    for (const [name, content] of files) {
      const label = new TextEncoder().encode(name);
      const [method, bytes] = await packed(content);
      const common = [[2, 20], [2, 0x800], [2, method], [2, 0], [2, BEGINNING], [4, crc(content)], [4, bytes.length], [4, content.length], [2, label.length], [2, 0]];
      parts.push(record([4, 0x04034b50], ...common), label, bytes);
      list.push(record([4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, at]), label);
      at += 30 + label.length + bytes.length;
    }
    const size = list.reduce((sum, part) => sum + part.length, 0);
    const end = record([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, at], [2, 0]);
    return new Blob([...parts, ...list, end], { type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document" });
  }

  /* ---------- calendar ---------- */

  const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");

  /** A line of at most 75 octets, and its rest behind a space; no letter is cut. */
  function folded(line) {
    const [lines, size] = [[""], (text) => new TextEncoder().encode(text).length];
    for (const letter of line) {
      if (size(lines.at(-1) + letter) > (lines.length > 1 ? 74 : 75)) lines.push("");
      lines[lines.length - 1] += letter;
    }
    return lines.join("\r\n ");
  }

  const nextDay = (text) => new Date(Date.parse(text + "T00:00:00Z") + 86400000).toISOString().split("T")[0];
  /** The day after an all-day event; without it, as on the last day that can be written, the event takes its day. */
  const ending = (next) => (root.offsetPlanFacts.isDay(next) ? ["DTEND;VALUE=DATE:" + plainDay(next)] : []);
  const plainDay = (text) => text.replace(/-/g, "");

  /** All-day events of the tasks that have a day; the same plan gives the same UIDs. */
  function calendar(plan, values, words, stamp) {
    const tasks = words.methods[plan.method].tasks.filter(([task]) => root.offsetPlanFacts.isDay(plan.facts["due_" + task] ?? ""));
    const events = tasks.flatMap(([task, label]) => {
      const [due, who] = [plan.facts["due_" + task], values.texts["who_" + task]];
      const more = who ? ["DESCRIPTION:" + escaped("担当：" + who)] : [];
      return ["BEGIN:VEVENT", `UID:${task}-${plan.id}@offset-plan`, "DTSTAMP:" + stamp, "DTSTART;VALUE=DATE:" + plainDay(due), ...ending(nextDay(due)), "SUMMARY:" + escaped(`${values.texts.title || words.gap}：${label}`), ...more, "TRANSP:TRANSPARENT", "END:VEVENT"];
    });
    const all = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Carbon Offset Guidebook Online//Plan//JA", "CALSCALE:GREGORIAN", ...events, "END:VCALENDAR"];
    return tasks.length ? all.map((line) => folded(line) + "\r\n").join("") : "";
  }

  root.offsetPlanPaper = { Values, typed, fit, text, preview, rowsOf, titleOf, word, calendar, zip };
})(typeof window === "undefined" ? globalThis : window);
