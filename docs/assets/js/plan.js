/* <offset-plan>: one plan, from the question to the public statement. Facts are typed once; nothing is sent or stored, but
 * this entry of the tab's history keeps them for reload and Back, as the pages of calculators do.
 * The documents (plan-paper) and each calculator load when they are asked for. */
(function (root) {
  "use strict";

  const VERSION = 1;
  const LARGEST = 1000000;
  const MOST_LINES = 50;
  const STAGES = { before: "事前", after: "事後" };
  const FROM_ELSEWHERE = /^(v|method|calculator|rows|stage)$/;
  const UNDO = "「元に戻す」で戻せます。";
  const NOT_ASKED = "この方法では要りません";
  const STOPPED = "中止したため要りません";
  const LOST = "新しい版になりました。「保存する」で案件のファイルに控えてから、ページを読み直し、そのファイルを開くと続けられます（通信が切れたときも、こう出ます）。";
  const UNKEPT = "入れたことが多すぎるため、読み直すと消えます。「保存する」で案件のファイルに控えてください。";
  const BLANK = JSON.stringify({ method: "", facts: {}, calculators: [] });
  const KEY = "offsetPlan";
  const PAUSE = 400; // browsers count the calls of replaceState
  const CLOSE = 1e-9;

  const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);
  const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const differs = (before, now) => before !== now && !(Math.abs(before - now) <= CLOSE * Math.max(Math.abs(before), Math.abs(now)));
  const empty = () => ({ inputs: {}, rows: [] });
  const copied = (data) => JSON.parse(JSON.stringify(data));

  const holdsAt = (one, stage) => Object.keys(one[stage].inputs).length > 0 || one[stage].rows.length > 0;
  const holds = (one) => Object.keys(STAGES).some((stage) => holdsAt(one, stage));

  /** Whether a text is a day of the calendar, as 2027-02-28. */
  function isDay(text) {
    const time = /^(?!0000)\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text + "T00:00:00Z") : NaN;
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  }

  /** The number that a text gives, null for none, or why it gives none. */
  function amount(text, largest) {
    const value = root.offsetCalculator.parseNumber(text);
    if (value === "negative") return "0以上の数を入れてください。マイナスや△は使えません。";
    if (value === "format") return "数を入れてください（例 1,200、1200.5）。";
    return value !== null && value > largest ? `${root.offsetCalculator.showTyped(largest)}以下の数を入れてください（上限は仮の値です）。` : value;
  }

  /** The first order of two days that a day breaks, of facts that are asked. */
  function misplaced(name, facts, orders, isAsked) {
    const early = ({ first, then }) => then === name && isDay(facts[first] ?? "") && isDay(facts[then] ?? "") && facts[then] < facts[first];
    return orders.find((order) => early(order) && isAsked(order.first) && isAsked(order.then));
  }
  root.offsetPlanFacts = { isDay, amount, misplaced };

  function make(name, content, ...more) {
    const made = document.createElement(name);
    made.append(content, ...more);
    return made;
  }

  function button(label, act) {
    const made = make("button", label);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function tableOf(caption, head, rows) {
    const table = document.createElement("table");
    table.createCaption().textContent = caption;
    [head, ...rows].forEach((cells, i) => {
      const row = table.insertRow();
      cells.forEach((cell, j) => {
        const one = make(i && j ? "td" : "th", cell);
        if (!i || !j) one.scope = i ? "row" : "col";
        row.append(one);
      });
    });
    return table;
  }

  /** A place that scrolls must be reached by key, and say what it is. */
  function reachable(place, label) {
    place.tabIndex = 0;
    place.setAttribute("role", "region");
    place.setAttribute("aria-label", label);
  }

  /** A file for the reader. */
  function give(name, content) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  class OffsetPlan extends HTMLElement {
    connectedCallback() {
      if (this.facts) return;
      this.facts = new Map([...this.querySelectorAll("[data-fact]")].map((place) => [place.dataset.fact, place]));
      this.bound = new Map([...this.facts].filter(([, place]) => place.dataset.input).map(([name, place]) => [place.dataset.input, name]));
      this.tasks = [...this.querySelectorAll("section[data-task]")];
      this.methodChoice = this.querySelector("[data-method-choice]");
      this.orders = JSON.parse(this.dataset.orders);
      this.elements = new Map();
      this.loading = new Map();
      this.work = this.blank();
      this.stage = "before";
      for (const place of this.facts.values()) {
        const note = place.querySelector("p");
        if (note) note.id = "note-" + place.dataset.fact;
        this.tie(place);
      }
      for (const place of this.querySelectorAll("[data-when-ready]")) place.hidden = false;
      this.offered = new Map([...this.facts].filter(([, place]) => place.dataset.kind === "choice" && !place.dataset.input).map(([name]) => [name, [...this.field(name).options]]));
      this.listTasks();
      this.standByMethod();
      this.addEventListener("input", (event) => event.isComposing || this.typedInto(event.target));
      this.addEventListener("compositionend", (event) => this.typedInto(event.target));
      this.addEventListener("change", (event) => this.changedIn(event.target));
      this.addEventListener("click", (event) => this.act(event));
      this.addEventListener("focusin", ({ target }) => target.matches("select[data-of]") && this.sortNearest(target));
      this.addEventListener("submit", (event) => event.preventDefault());
      root.addEventListener("hashchange", () => {
        this.follow();
        this.keepInTab();
      });
      root.addEventListener("pagehide", () => this.keepInTab());
      this.safe = this.written();
      const kept = root.parent === root && history.state?.[KEY];
      if (this.follow() || !kept) return this.begun();
      this.comeBack(kept).then(() => this.begun());
    }
    begun() {
      this.show();
      this.dataset.ready = "";
    }
    /** The tasks in the list of what stands on the page, before what stands below them. */
    listTasks() {
      for (const list of document.querySelectorAll(".md-nav--secondary > .md-nav__list")) {
        const items = this.tasks.map((task) => {
          const item = list.querySelector(".md-nav__item").cloneNode(true);
          item.querySelector("a").hash = task.id;
          (item.querySelector(".md-ellipsis") ?? item.querySelector("a")).textContent = task.querySelector("h2").textContent;
          return item;
        });
        list.prepend(...items);
      }
    }

    /* ---------- what this entry of the tab's history keeps ---------- */

    keepInTab() {
      clearTimeout(this.keeping);
      if (root.parent !== root || !("ready" in this.dataset)) return;
      this.keep();
      const { [KEY]: _, ...others } = history.state ?? {};
      const isEmpty = this.written() === BLANK;
      try {
        history.replaceState(isEmpty ? others : { ...others, [KEY]: { work: copied(this.work), stage: this.stage, safe: this.written() === this.safe } }, "");
        this.unkept = false;
      } catch (problem) {
        /* too often: once more later */
        if (problem.name === "SecurityError") this.keeping = setTimeout(() => this.keepInTab(), 10000);
        else if (!this.unkept) this.announce(UNKEPT);
        this.unkept = problem.name !== "SecurityError";
      }
    }
    async comeBack({ work, stage, safe }) {
      if (!isRecord(work?.facts) || ![...this.methodChoice.options].some((option) => option.value === work.method)) return;
      const [kept] = this.sound(work);
      await this.replace(kept);
      if (this.stage !== stage && STAGES[stage]) this.turn(stage);
      this.safe = safe ? this.written() : "";
      this.announce("このタブで入れていた案件を、続きから出しました。");
    }

    blank() {
      const id = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      return { id, method: "", facts: {}, calculators: [] };
    }
    get engine() {
      return root.offsetCalculator;
    }
    written() {
      const { method, facts, calculators } = this.work;
      return JSON.stringify({ method, facts, calculators });
    }
    /** Told at the top, where it is read aloud, and seen beside the button that was pressed. */
    announce(text) {
      this.querySelector(".plan-tools [role=status]").textContent = text;
      this.querySelector("[data-said]")?.remove();
      if (!text || !this.pressed?.closest(".plan-paper, form")) return;
      const said = make("p", text);
      said.dataset.said = "";
      said.setAttribute("aria-hidden", "true");
      this.pressed.parentElement.after(said);
    }
    tell(...nodes) {
      this.querySelector("[data-told]").replaceChildren(...nodes);
    }

    /* ---------- facts ---------- */

    field(name) {
      return this.facts.get(name).querySelector("[name]");
    }
    /** A text without what documents cannot hold, cut at the limit that is told; [text, what was done]. */
    fit(text, kind) {
      const most = Number(this.dataset.longest);
      const clean = text.replace(/\r\n/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Surrogate}\ufdd0-\ufdef\ufffe\uffff]/gu, "");
      const lines = clean.split("\n").slice(0, kind === "lines" ? MOST_LINES : 1);
      const cut = lines.map((line) => [...line].slice(0, most).join("")).join("\n");
      const told = [
        clean !== text && "文書に書けない文字や、向きを変える印を除きました。",
        cut !== clean && (kind === "lines" ? `1行は${most}文字、${MOST_LINES}行までです。後ろを除きました。` : `${most}文字までです。後ろを除きました。`),
      ];
      return [cut, told.filter(Boolean).join("")];
    }
    /** What stood there with as much of what was put in as fits: [text, caret, what was done]. */
    admit(before, now, kind) {
      const [text, told] = this.fit(now, kind);
      if (!told || !before) return [text, text.length, told];
      const [old, typed] = [[...before], [...now]];
      const most = Math.min(old.length, typed.length);
      let head = 0;
      while (head < most && old[head] === typed[head]) head += 1;
      let tail = 0;
      while (tail < most - head && old.at(-1 - tail) === typed.at(-1 - tail)) tail += 1;
      const put = [...this.fit(typed.slice(head, typed.length - tail).join(""), "lines")[0]];
      const whole = (count) => [...typed.slice(0, head), ...put.slice(0, count), ...typed.slice(typed.length - tail)].join("");
      const fits = (count) => this.fit(whole(count), kind)[0] === whole(count);
      let [least, many] = [0, put.length];
      while (least < many) {
        const middle = Math.ceil((least + many) / 2);
        if (fits(middle)) least = middle;
        else many = middle - 1;
      }
      const caret = [...typed.slice(0, head), ...put.slice(0, least)].join("").length;
      const said = told.replace("後ろを除きました。", "入りきらない文字は入れませんでした。");
      return fits(least) ? [whole(least), caret, said] : [before, typed.slice(0, head).join("").length, said];
    }
    typedInto(field) {
      const name = field.closest("[data-fact]")?.dataset.fact;
      if (!name) return;
      const place = this.facts.get(name);
      const [text, caret, told] = this.admit(this.work.facts[name] ?? "", field.value, place.dataset.kind);
      if (field.value !== text) {
        field.value = text;
        field.setSelectionRange?.(caret, caret);
      }
      this.work.facts[name] = text;
      if (!text) delete this.work.facts[name];
      if (place.dataset.input) this.feed(place.dataset.input);
      this.tellProblems();
      if (told) this.note(place, told);
      this.show();
    }
    /** What is wrong with a fact as it stands; empty when nothing is. */
    fault(name) {
      const [{ kind }, text] = [this.facts.get(name).dataset, this.work.facts[name] ?? ""];
      if (!text) return "";
      if (kind === "date") return isDay(text) ? this.early(name, /wrong|doubt/) : "暦にある日を、年は4桁で入れてください。";
      if (kind === "choice") {
        const known = this.offered.has(name) ? [...this.field(name).options].map((option) => option.value) : this.choices(name, this.used());
        return !known.length || known.includes(text) ? "" : "この取組方法で選べるものにありません。選び直してください。";
      }
      if (kind !== "number") return "";
      const value = amount(text, Number(this.dataset.largest));
      if (typeof value === "string") return value;
      const bought = name === "retired_t" ? amount(this.work.facts.bought_t ?? "", Number(this.dataset.largest)) : null;
      return typeof bought === "number" && value > bought ? "「調達した量」より多くなっています。どちらかを直してください。" : "";
    }
    /** Why a fact stays out of the documents: its fault, or that of its field in a calculator at either stage. */
    wrong(name) {
      const { input } = this.facts.get(name).dataset;
      const outs = input && this.work.facts[name] ? this.used().flatMap((one) => Object.keys(STAGES).map((stage) => this.outcome(one, stage))) : [];
      return outs.map((out) => out && own(out.problems, input)).find(Boolean) || this.fault(name);
    }
    /** What to tell of a day that comes before one that should be first, if it is as bad as that. */
    early(name, weights) {
      const isAsked = (one) => this.applies(this.facts.get(one).closest("section"));
      const order = misplaced(name, this.work.facts, this.orders.filter(({ weight }) => weights.test(weight)), isAsked);
      return order ? order.text.replace("{first}", () => this.dayOf(order.first)) : "";
    }
    /** What to tell of a day that may stand; of deadlines until their task is done. */
    advice(name) {
      const late = this.early(name, /late/);
      return this.early(name, /note/) || (late && this.missing(this.facts.get(name).closest("section")).length ? late : "");
    }
    /** What a day is called; a deadline by its task. */
    dayOf(name) {
      const task = this.facts.get(name).closest("section");
      return name.startsWith("due_") ? this.callOf(task)?.querySelector("[data-called]").textContent ?? "" : this.labelOf(name);
    }
    /** How things stand; empty where what is said is none of the method's. */
    course() {
      return this.fault("course") ? "" : this.work.facts.course ?? "";
    }
    ends() {
      return this.offered.get("course")?.some((option) => option.value === this.course() && "ends" in option.dataset);
    }
    /** What may be chosen: the fact's own, else that of its field in some calculators. */
    choices(name, calculators) {
      const { input } = this.facts.get(name).dataset;
      if (!input) return this.offered.get(name).map((option) => option.value);
      return calculators.flatMap((one) => Object.keys(this.elements.get(one.id)?.definition?.inputs[input]?.choices ?? {}));
    }
    changedIn(field) {
      if (field !== this.methodChoice) return;
      if (this.work.method) this.remember();
      this.choose(field.value).then(() => this.announce(field.value ? "取組方法を選びました。" : ""));
    }
    note(place, text, invalid = false) {
      place.querySelector("[data-error]")?.remove();
      const field = place.querySelector("[name]");
      if (invalid) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
      if (text) {
        const made = make("p", text);
        made.dataset.error = "";
        made.id = "error-" + place.dataset.fact;
        place.append(made);
      }
      this.tie(place);
    }
    tie(place) {
      const notes = [...place.querySelectorAll("p")].map((note) => note.id).filter(Boolean);
      const field = place.querySelector("[name]");
      if (notes.length) field.setAttribute("aria-describedby", notes.join(" "));
      else field.removeAttribute("aria-describedby");
    }

    /* ---------- the method and its calculators ---------- */

    applies(task) {
      return !this.work.method || Boolean(this.callOf(task)?.querySelector("[data-called]"));
    }
    callOf(task) {
      return task.querySelector(`.plan-methods [data-method="${this.work.method}"]`);
    }
    async choose(method, calculators) {
      this.keep();
      this.work.method = method;
      this.methodChoice.value = method;
      if (method) this.dataset.method = method;
      else delete this.dataset.method;
      for (const row of this.querySelectorAll(".plan-methods [data-method]")) row.toggleAttribute("data-chosen", row.dataset.method === method);
      this.standByMethod();
      const offered = this.scripts().filter((script) => script.dataset.of === method).map((script) => script.dataset.calculatorScript);
      /* what was typed under another method waits for it */
      this.work.calculators = this.work.calculators.filter((one) => offered.includes(one.id) || holds(one));
      const begun = offered.filter((id) => this.entry(id));
      const wanted = calculators ?? (begun.length ? begun : offered.slice(0, 1));
      this.show();
      for (const id of wanted) await this.use(id);
      this.stage = this.used().some((one) => holdsAt(one, "after")) ? "after" : "before";
      this.place();
      this.show();
    }
    /** The method comes first: until it is chosen, tasks are read, and what other methods call them is folded. */
    standByMethod() {
      const { method } = this.work;
      for (const task of this.tasks) {
        task.querySelector(".plan-fold").toggleAttribute("open", Boolean(method));
        for (const place of task.querySelectorAll(":scope > form, [data-calculator-place], .plan-paper")) place.hidden = !method || !this.applies(task);
      }
      this.callBy(method);
    }
    /** Fields, choices and names of a method; without one, those of all. */
    callBy(method) {
      const isOf = ({ dataset: { methods } }) => !method || !methods || methods.split(" ").includes(method);
      for (const place of this.facts.values()) place.hidden = !isOf(place);
      for (const place of this.querySelectorAll(".plan-paper[data-methods]")) place.hidden ||= !isOf(place);
      for (const [name, options] of this.offered) {
        const field = this.field(name);
        field.replaceChildren(...options.filter(isOf));
        field.value = this.work.facts[name] ?? "";
        if (field.selectedIndex < 0) field.value = "";
      }
      for (const first of this.querySelectorAll("[data-called-by-all]")) {
        const names = [...first.parentElement.querySelectorAll(":scope > [data-called-by]")];
        const own = names.find((one) => one.dataset.calledBy.split(" ").includes(method));
        for (const one of [first, ...names]) one.hidden = one !== (own ?? first);
      }
    }
    /** Precedents with about as many people as the plan expects come first; those without a number last. */
    sortNearest(field) {
      const people = this.used().map((one) => this.outcome(one, "before")?.scope.fields.people).find((value) => value > 0);
      if (!people) return;
      const [none, ...options] = field.options;
      const far = ({ dataset }) => (dataset.people ? Math.abs(Math.log(dataset.people / people)) : Infinity);
      const { value } = field;
      field.replaceChildren(none, ...options.sort((a, b) => (far(a) === far(b) ? 0 : far(a) - far(b))));
      field.value = value;
    }
    scripts() {
      return [...this.querySelectorAll("[data-calculator-script]")];
    }
    entry(id) {
      return this.work.calculators.find((one) => one.id === id);
    }
    methodOf(id) {
      return this.scripts().find((script) => script.dataset.calculatorScript === id)?.dataset.of;
    }
    /** The calculators of the method that is chosen. */
    used() {
      return this.work.calculators.filter((one) => this.methodOf(one.id) === this.work.method);
    }
    async use(id) {
      if (!this.entry(id)) this.work.calculators.push({ id, before: empty(), after: empty() });
      await this.bring(id);
    }
    async bring(id) {
      if (this.elements.has(id)) return;
      const script = this.scripts().find((one) => one.dataset.calculatorScript === id);
      await this.load(script.dataset.src);
      const part = root.offsetPlanCalculators?.[id];
      if (!part) return this.announce(LOST);
      /* the form is made by the build, nothing typed is in it */
      const form = new DOMParser().parseFromString(part.html, "text/html").querySelector("offset-calculator");
      const element = document.importNode(form, true);
      element.querySelectorAll("[data-plan]").forEach((one) => one.parentElement.remove());
      for (const name of ["more", "exchange", "ledger", "statement", "suppliers", "tables", "factors"]) element.dataset[name] = this.dataset[name];
      const helps = element.querySelectorAll("[data-do=help]");
      if (helps.length) element.dataset.helpers = this.dataset.helpers;
      for (const one of helps) one.hidden = false;
      element.querySelectorAll("noscript, [data-paper]").forEach((one) => one.remove());
      for (const name of ["link", "statement", "save", "load", "print"]) element.querySelector(`[data-do=${name}]`)?.remove();
      for (const name of ["stage", ...this.bound.keys()]) element.querySelector(`[name="${name}"]`)?.closest("[data-field]")?.setAttribute("data-given", "");
      this.elements.set(id, element);
    }
    load(address) {
      if (!this.loading.has(address))
        this.loading.set(
          address,
          new Promise((resolve) => {
            const script = document.createElement("script");
            script.src = address;
            script.addEventListener("load", resolve);
            script.addEventListener("error", () => {
              this.loading.delete(address);
              resolve();
            });
            document.head.append(script);
          }),
        );
      return this.loading.get(address);
    }

    /** Put the calculators where their stage is; the other stage shows what came out. */
    place() {
      for (const element of this.elements.values()) clearTimeout(element.later);
      for (const task of this.tasks.filter((one) => one.dataset.stage)) {
        const { stage } = task.dataset;
        const place = task.querySelector("[data-calculator-place]");
        const here = stage === this.stage;
        const results = make("div", "");
        results.dataset.results = stage;
        reachable(results, "事前と事後の結果（" + STAGES[stage] + "の手順）");
        const todo = here ? [] : [button(`${STAGES[stage]}の量を入れる`, () => this.turn(stage, true))];
        if (here && stage === "after") todo.push(button("事前の量を入れる", () => this.copyBefore()));
        const others = this.scripts().filter((script) => script.dataset.of === this.work.method && !this.entry(script.dataset.calculatorScript));
        const more = here ? others.map((script) => button(`${script.textContent}の計算器も使う`, () => this.use(script.dataset.calculatorScript).then(() => this.place()))) : [];
        if (!this.work.method) place.replaceChildren(make("p", "取組方法を選ぶと、計算器が出ます。"));
        else place.replaceChildren(make("p", "", ...[...todo, ...more].flatMap((one) => [one, " "])), ...(here ? this.used().map((one) => this.elements.get(one.id)).filter(Boolean) : []), results);
      }
      for (const { id } of this.used()) this.fill(id);
      this.offerChoices();
      this.tellProblems();
      this.compare();
    }
    turn(stage, focus) {
      this.keep();
      this.stage = stage;
      for (const one of this.used()) if (stage === "after") this.begin(one);
      this.place();
      this.show();
      if (focus) document.getElementById(stage === "before" ? "before" : "after").querySelector("offset-calculator :is(select, input)")?.focus();
    }
    /** What is chosen before holds after as well; amounts do not. */
    begin(one) {
      const { definition } = this.elements.get(one.id) ?? {};
      if (!definition || Object.keys(one.after.inputs).length) return;
      for (const [name, spec] of Object.entries(definition.inputs)) {
        const said = own(one.before.inputs, name);
        if (said && (spec.choices || /_factor$/.test(name)) && name !== "stage") one.after.inputs[name] = said;
      }
    }
    copyBefore() {
      this.remember();
      for (const one of this.used()) one.after = copied(one.before);
      for (const { id } of this.used()) this.fill(id);
      this.announce(`事前の量を入れました。実績の量に直してください。${UNDO}`);
      this.show();
    }
    fill(id) {
      const element = this.elements.get(id);
      if (!element?.definition) return;
      const { inputs, rows } = this.entry(id)[this.stage];
      element.changed = null;
      element.fill({ ...inputs, ...this.given(element.definition, this.stage) }, rows);
      element.changed = () => this.computed(id);
      element.compute(true);
      this.learn(this.entry(id)).then((learnt) => learnt && this.computed(id));
    }
    /** Suppliers that no short list has are loaded on use, for both stages; true when there were any. */
    async learn(one) {
      const element = this.elements.get(one.id);
      const isStrange = ([name, text]) => text && own(element.definition.inputs, name)?.choices && !own(element.definition.inputs[name].choices, text);
      if (!element?.definition || !Object.keys(STAGES).some((stage) => Object.entries(one[stage].inputs).some(isStrange))) return false;
      await this.load(this.dataset.more);
      const learnt = [];
      for (const stage in STAGES) learnt.push(await root.offsetCalculatorMore?.knowing(element, one[stage].inputs));
      return learnt.some(Boolean);
    }
    /** Facts as the fields of a calculator that they stand for. */
    given(definition, stage) {
      const texts = {};
      for (const [input, name] of this.bound) {
        const spec = own(definition.inputs, input);
        if (!spec) continue;
        const said = this.work.facts[name] ?? "";
        texts[input] = spec.choices && own(spec.choices, said) === undefined ? String(spec.default ?? "") : said;
      }
      if (definition.inputs.stage) texts.stage = stage === "before" ? "plan" : "actual";
      return texts;
    }
    feed(input) {
      for (const { id } of this.used()) {
        const element = this.elements.get(id);
        if (!element?.definition || !own(element.definition.inputs, input)) continue;
        element.field(input).value = this.given(element.definition, this.stage)[input];
        element.compute(true);
      }
    }
    computed(id) {
      if (!this.entry(id)) return;
      this.restore(id);
      this.keepOne(id);
      this.tellProblems();
      this.compare();
      this.show();
    }
    /** An example or an emptied form leaves alone what stands among the facts. */
    restore(id) {
      const element = this.elements.get(id);
      const off = Object.entries(this.given(element.definition, this.stage)).filter(([name, text]) => element.field(name).value !== text);
      if (!off.length) return;
      for (const [name, text] of off) element.field(name).value = text;
      element.changed = null;
      element.compute(true);
      element.changed = () => this.computed(id);
    }
    keep() {
      for (const { id } of this.work.calculators) this.keepOne(id);
    }
    keepOne(id) {
      const [element, entry] = [this.elements.get(id), this.entry(id)];
      if (!entry || !element?.definition || !element.isConnected) return;
      const texts = Object.entries(element.texts()).filter(([name, text]) => text !== "" && name !== "stage" && !this.bound.has(name));
      const specs = element.definition.inputs;
      const typed = texts.filter(([name, text]) => specs[name].absent || text !== String(specs[name].default ?? ""));
      const rows = element.rowTexts();
      while (rows.length && !rows.at(-1).some(Boolean)) rows.pop();
      const started = typed.some(([name]) => !specs[name].absent) || rows.length;
      entry[this.stage] = { inputs: started ? Object.fromEntries(typed) : {}, rows };
    }
    /** What is wrong with a field that stands among the facts is told there. */
    tellProblems() {
      const outs = this.used().map((one) => this.elements.get(one.id)?.outcome).filter(Boolean);
      for (const [name, place] of this.facts) {
        const { input } = place.dataset;
        const wrong = this.wrong(name);
        const told = input && outs.map((out) => out.hints[input] ?? out.notes[input]).find(Boolean);
        this.note(place, wrong || told || this.advice(name), Boolean(wrong));
      }
    }
    /** Facts whose choices are those of the calculators. */
    offerChoices() {
      for (const [input, name] of this.bound) {
        const field = this.field(name);
        if (field.tagName !== "SELECT") continue;
        const known = this.used().map((one) => this.elements.get(one.id)?.querySelector(`[name="${input}"]`)).find(Boolean);
        const offered = known ? [...known.options].filter((option) => option.value) : [];
        field.replaceChildren(new Option("選んでください", ""), ...offered.map((option) => new Option(option.text, option.value)));
        field.value = this.work.facts[name] ?? "";
        if (field.selectedIndex < 0) field.value = "";
      }
    }
    outcome(one, stage) {
      const definition = this.elements.get(one.id)?.definition;
      if (!definition) return null;
      return this.engine.run(definition, { ...one[stage].inputs, ...this.given(definition, stage) }, one[stage].rows);
    }
    compare() {
      for (const place of this.querySelectorAll("[data-results]")) {
        const rows = this.used().flatMap((one) => {
          const [before, after] = [this.outcome(one, "before"), this.outcome(one, "after")];
          if (!before) return [];
          const said = (out, result) => (out.shown[result.id] ? `${out.shown[result.id]} ${result.unit}` : "―");
          const results = this.elements.get(one.id).definition.results;
          return results.filter(({ id }) => before.shown[id] || after.shown[id]).map((result) => [root.offsetPlanCalculators[one.id].outputs[result.id], said(before, result), said(after, result)]);
        });
        const has = this.used().some((one) => holdsAt(one, "after"));
        place.replaceChildren(...(rows.length && (has || place.dataset.results !== this.stage) ? [tableOf("事前と事後", ["項目", "事前", "事後"], rows)] : []));
      }
    }

    /* ---------- what is done and what is missing ---------- */

    missing(task) {
      const asked = [...task.querySelectorAll(":scope > form [data-fact]:not([hidden])")];
      const open = asked.filter(({ dataset }) => ("needed" in dataset && !this.work.facts[dataset.fact]) || this.wrong(dataset.fact));
      const names = open.map(({ dataset }) => this.labelOf(dataset.fact));
      const { stage } = task.dataset;
      return stage && !this.used().some((one) => Object.values(this.outcome(one, stage)?.shown ?? {}).some(Boolean)) ? [...names, "計算の結果"] : names;
    }
    isBegun(task) {
      const facts = [...task.querySelectorAll(":scope > form [data-fact]:not([hidden])")].some((place) => this.work.facts[place.dataset.fact]);
      const { stage } = task.dataset;
      return facts || (stage && this.used().some((one) => holdsAt(one, stage)));
    }
    show() {
      this.standByCourse();
      for (const task of this.tasks) {
        const names = this.missing(task);
        const stopped = names.length && "stopped" in task.dataset && this.ends();
        const state = !this.applies(task) ? NOT_ASKED : stopped ? STOPPED : !this.isBegun(task) ? "未" : names.length ? "途中" : "済";
        this.querySelector(`[data-state="${task.dataset.task}"]`).textContent = `（${state}）`;
        const told = this.work.method && (state === "途中" || state === "未") ? names : [];
        task.querySelector("[data-missing]").textContent = told.length ? `まだ：${told.join("、")}` : "";
      }
      root.removeEventListener("beforeunload", warn);
      if (this.safe !== this.written()) root.addEventListener("beforeunload", warn);
      clearTimeout(this.keeping);
      this.keeping = setTimeout(() => this.keepInTab(), PAUSE);
    }

    /** Fields that only some courses ask, and documents that some do without. */
    standByCourse() {
      const course = this.course();
      for (const place of this.querySelectorAll("[data-fact][data-courses]")) place.hidden = !place.dataset.courses.split(" ").includes(course);
      for (const place of this.querySelectorAll(".plan-paper[data-unless]")) {
        const made = !place.dataset.unless.split(" ").includes(course);
        place.querySelector("[data-buttons]").hidden = !made;
        const said = place.querySelector("[data-unmade]");
        said.hidden = made;
        said.textContent = made ? "" : this.dataset.unmade.replace("{course}", () => this.field("course").selectedOptions[0].text);
        if (!made) place.querySelector("[data-shown]").replaceChildren();
      }
    }

    /* ---------- from elsewhere ---------- */

    /** A link of a method's or a calculator's page: `#v=1&method=a1&calculator=event&people=120`; true when it was one. */
    follow() {
      const [texts, rows, given] = this.engine.readFragment(location.hash);
      if (!given || !/[#&](method|calculator)=/.test(location.hash)) return false;
      const script = this.scripts().find((one) => one.dataset.calculatorScript === texts.calculator);
      const method = texts.method || script?.dataset.of || "";
      if (![...this.methodChoice.options].some((option) => option.value === method)) return false;
      if (this.written() !== this.safe || this.work.method) this.remember();
      const inputs = Object.fromEntries(Object.entries(texts).filter(([name]) => !FROM_ELSEWHERE.test(name)));
      const id = script?.dataset.of === method ? script.dataset.calculatorScript : "";
      this.choose(method, id ? [id] : undefined).then(() => {
        if (id) this.carry(id, inputs, rows, texts.stage);
        else if (texts.calculator) this.announce("リンクの計算器は、この取組方法のものではありません。計算の値は入れませんでした。");
      });
      try {
        history.replaceState(history.state, "", location.pathname + location.search);
      } catch {
        /* the address keeps the values; they are read once */
      }
      return true;
    }
    carry(id, inputs, rows, stage) {
      const definition = this.elements.get(id)?.definition;
      if (!definition) return;
      const unknown = [];
      for (const [input, name] of this.bound) {
        const spec = own(definition.inputs, input);
        /* a link leaves out the choice that the form shows at first */
        const said = own(inputs, input) || (spec?.choices && spec.default);
        if (!said || !spec) continue;
        const text = this.fit(own(spec.aliases ?? {}, said) ?? said, "text")[0];
        if (spec.choices && !own(spec.choices, text)) unknown.push(this.labelOf(name));
        else this.work.facts[name] = text;
      }
      /* a link without these was written before they were there */
      const absent = Object.entries(definition.inputs).filter(([name, spec]) => spec.absent && !own(inputs, name)).map(([name, spec]) => [name, spec.absent[0]]);
      const kept = Object.entries(inputs).filter(([name]) => own(definition.inputs, name) && !this.bound.has(name));
      this.stage = stage === "actual" ? "after" : "before";
      this.entry(id)[this.stage] = { inputs: Object.fromEntries([...absent, ...kept]), rows };
      this.put();
      this.announce("計算の値を、案件に入れました。" + (unknown.length ? `「${unknown.join("」「")}」は、選べるものにない値だったため、入れませんでした。` : ""));
    }
    labelOf(name) {
      const parts = [...this.facts.get(name).querySelector("label").childNodes];
      return parts.filter((part) => !part.hidden).map((part) => part.textContent).join("");
    }
    /** Show all facts and calculators as they are in `work`. */
    put() {
      this.place();
      for (const [name] of this.facts) {
        this.field(name).value = this.work.facts[name] ?? "";
      }
      for (const { id } of this.used()) this.fill(id);
      this.show();
    }

    /* ---------- files ---------- */

    numbersOf(outcome) {
      const marks = [...new Set(Object.values(outcome.used).flat())];
      return Object.fromEntries(marks.map((mark) => [mark.slice(1), outcome.scope.number(mark)]));
    }
    /** The plan as its file has it: with what came out of it, and from which factors. */
    file() {
      this.keep();
      const calculators = this.work.calculators.filter((one) => holds(one) || this.used().includes(one)).map((one) => {
        const outs = Object.keys(STAGES).map((stage) => [stage, this.outcome(one, stage)]);
        const stages = outs.map(([stage, out]) => [stage, { ...one[stage], results: out ? Object.fromEntries(Object.entries(out.values).filter(([, value]) => value !== null)) : {} }]);
        const factors = Object.assign({}, ...outs.map(([, out]) => (out ? this.numbersOf(out) : {})));
        return { id: one.id, factors_checked: this.elements.get(one.id)?.dataset.version ?? "", ...Object.fromEntries(stages), factors };
      });
      return { type: "offset-plan", v: VERSION, id: this.work.id, method: this.work.method, facts: this.work.facts, calculators };
    }
    name(ending) {
      const title = (this.work.facts.title ?? "").replace(/[\\/:*?"<>|.\s]+/g, " ").trim();
      return `${title || "案件"}${ending}`;
    }
    save() {
      give(this.name(".json"), new Blob([JSON.stringify(this.file(), null, 1)], { type: "application/json" }));
      this.safe = this.written();
      this.show();
      this.announce("案件のファイルを作りました。");
    }
    pick(then) {
      const input = document.createElement("input");
      input.type = "file";
      input.accept = ".json,application/json";
      input.addEventListener("change", () => input.files[0] && then(input.files[0]));
      this.picker = input;
      input.click();
    }
    async read(file, again = false) {
      if (file.size > LARGEST) return this.announce(`読み込めませんでした。ファイルが大きすぎます（${LARGEST / 1000000} MBまで）。いまの案件はそのままです。`);
      const [data, reason] = this.parse(await file.text());
      if (reason) return this.announce(`読み込めませんでした。${reason}いまの案件はそのままです。`);
      const [work, told] = this.sound(data);
      const [first] = this.scripts().filter((script) => script.dataset.of === work.method).map((script) => ({ id: script.dataset.calculatorScript }));
      const known = [...work.calculators, ...(first ? [first] : [])];
      for (const { id } of known) {
        await this.bring(id);
        this.wake(id);
      }
      for (const one of work.calculators) await this.learn(one);
      told.push(...this.misfits(work, known));
      if (again) return this.take(this.yearAfter(work), ["日付と実績を消しました。", ...told]);
      const list = this.changes(data, work);
      return list.length ? this.ask(list, work, told) : this.take(work, told);
    }
    /** An element reads its definition when it is in the page. */
    wake(id) {
      const element = this.elements.get(id);
      if (!element || element.definition) return;
      element.hidden = true;
      this.append(element);
      element.remove();
      element.hidden = false;
    }
    parse(text) {
      let data = null;
      try {
        data = JSON.parse(text);
      } catch {
        return [null, "案件のファイル（JSON）ではありません。"];
      }
      if (!isRecord(data) || data.type !== "offset-plan" || !isRecord(data.facts)) return [null, "案件のファイルではありません。"];
      if (data.v !== VERSION) return [null, `ファイルの版が${/^(string|number)$/.test(typeof data.v) ? String(data.v).slice(0, 20) : "読めない形"}です（読めるのは${VERSION}）。`];
      if (![...this.methodChoice.options].some((option) => option.value === data.method)) return [null, "知らない取組方法です。"];
      return [data, ""];
    }
    /** [work, notes]: what fits of a file, and what was left out. */
    sound(data) {
      const notes = [];
      const names = Object.keys(data.facts);
      const known = names.filter((name) => this.facts.has(name) && typeof data.facts[name] === "string");
      if (known.length < names.length) notes.push(`知らない欄か、形の違う欄が${names.length - known.length}個あり、入れませんでした。`);
      const cut = known.map((name) => [name, ...this.fit(data.facts[name], this.facts.get(name).dataset.kind)]);
      if (cut.some(([, , told]) => told)) notes.push("文書に書けない文字か、長すぎる文を除きました。");
      const given = Array.isArray(data.calculators) ? data.calculators : [];
      const ids = this.scripts().map((script) => script.dataset.calculatorScript);
      const sound = given.filter((one, i) => isRecord(one) && ids.includes(one.id) && given.findIndex((other) => other?.id === one.id) === i);
      if (sound.length < given.length) notes.push(`知らない計算器が${given.length - sound.length}個あり、入れませんでした。`);
      const isTexts = (row) => Array.isArray(row) && row.every((cell) => typeof cell === "string");
      const stage = (part) => ({
        inputs: Object.fromEntries(Object.entries(isRecord(part?.inputs) ? part.inputs : {}).filter(([, text]) => typeof text === "string")),
        rows: (Array.isArray(part?.rows) ? part.rows : []).filter(isTexts),
      });
      const calculators = sound.map((one) => ({ id: one.id, before: stage(one.before), after: stage(one.after) }));
      const id = /^[0-9a-f]{16}$/.test(data.id) ? data.id : this.work.id;
      return [{ id, method: data.method, facts: Object.fromEntries(cut.filter(([, text]) => text).map(([name, text]) => [name, text])), calculators }, notes];
    }
    /** Take impossible days and unknown choices out of a plan; what to tell of them and of other methods. */
    misfits(work, known) {
      const told = [];
      for (const [name, text] of Object.entries(work.facts)) {
        const { kind } = this.facts.get(name).dataset;
        const off = kind === "date" && !isDay(text) ? "暦にない" : kind === "choice" && !this.choices(name, known).includes(text) ? "選べるものにない" : "";
        if (!off) continue;
        told.push(`「${this.labelOf(name)}」の「${text.slice(0, 20)}」は${off}ため、入れませんでした。`);
        delete work.facts[name];
      }
      const others = this.scripts().filter((script) => script.dataset.of !== work.method && work.calculators.some((one) => one.id === script.dataset.calculatorScript));
      if (others.length) told.push(`ほかの取組方法の計算器（${others.map((script) => script.textContent).join("、")}）の値は、文書に入りません。`);
      return told;
    }
    /** [label, in the file, now] of each result and factor that would not be what the file says. */
    changes(data, work) {
      const before = this.work;
      this.work = work;
      const list = this.used().flatMap((one) => {
        const said = data.calculators.find((other) => other?.id === one.id);
        const definition = this.elements.get(one.id)?.definition;
        const words = root.offsetPlanCalculators?.[one.id];
        if (!definition || !words) return [];
        const show = (value, digits, unit) => (typeof value === "number" ? `${this.engine.show(value, digits)} ${unit}` : "―");
        const outs = Object.keys(STAGES).map((stage) => [stage, this.outcome(one, stage)]);
        const results = outs.flatMap(([stage, out]) => {
          const known = said[stage]?.results;
          if (!isRecord(known)) return [];
          return definition.results
            .map((result) => [result, known[result.id] ?? null, out.values[result.id]])
            .filter(([, was, now]) => differs(was, now))
            .map(([{ id, digits, unit }, was, now]) => [`${STAGES[stage]}の${words.outputs[id]}`, show(was, digits, unit), show(now, digits, unit)]);
        });
        const now = Object.assign({}, ...outs.map(([, out]) => this.numbersOf(out)));
        const was = isRecord(said.factors) ? said.factors : {};
        const factors = Object.entries(now).filter(([id, value]) => typeof was[id] === "number" && differs(was[id], value));
        return [...results, ...factors.map(([id, value]) => [`係数（${words.factors[id][0]}）`, this.engine.showTyped(was[id]), this.engine.showTyped(value)])];
      });
      this.work = before;
      return list;
    }
    /** Nothing is recomputed before the reader has seen both numbers. */
    ask(list, work, told) {
      const yes = button("計算し直して開く", () => this.take(work, told));
      const no = button("開かない", () => {
        this.tell();
        this.announce("開きませんでした。いまの案件はそのままです。");
      });
      this.tell(make("p", "ファイルを作ったときから、係数か式が変わりました。開くと、次のように変わります。まだ何も変えていません。", told.join("")), tableOf("開くと変わる値", ["項目", "ファイル", "いま"], list), make("p", yes, " ", no));
      this.announce("開くと値が変わります。変わる値を下に示しました。");
      yes.focus();
    }
    async take(work, told) {
      this.remember();
      await this.replace(work);
      this.safe = this.written();
      this.show();
      this.tell(...(told.length ? [make("p", told.join(""))] : []));
      this.announce(`案件を開きました。${UNDO}`);
    }
    async replace(work) {
      const next = copied(work);
      this.work = { ...next, calculators: [] };
      const ids = next.calculators.map((one) => one.id).filter((id) => this.methodOf(id) === next.method);
      this.work.calculators = next.calculators;
      /* nothing of the forms may be read back before they are filled anew */
      for (const element of this.elements.values()) element.remove();
      await this.choose(next.method, ids.length ? ids : undefined);
      this.put();
    }
    yearAfter(work) {
      const yearly = [...this.facts].filter(([, place]) => "yearly" in place.dataset).map(([name]) => name);
      const facts = Object.fromEntries(Object.entries(work.facts).filter(([name]) => !yearly.includes(name)));
      return { ...this.blank(), method: work.method, facts, calculators: work.calculators.map((one) => ({ ...one, after: empty() })) };
    }
    remember() {
      this.keep();
      this.earlier = copied(this.work);
      this.querySelector("[data-do=undo]").hidden = false;
    }

    /* ---------- buttons ---------- */

    act(event) {
      const pressed = event.target.closest("button[data-do]");
      if (!pressed || pressed.closest("offset-calculator")) return;
      this.pressed = pressed;
      const todo = ACTIONS[pressed.dataset.do];
      if (todo) todo(this, pressed);
    }
    /** What the documents say now; null where something could not be loaded. */
    async values() {
      if (!this.work.method) return this.announce("先に、取組方法を選んでください。");
      this.keep();
      await Promise.all([this.load(this.dataset.paper), this.load(this.dataset.statement)]);
      const [paper, statement] = [root.offsetPlanPaper, root.offsetStatement];
      if (!paper?.words || !statement) return this.announce(LOST);
      const ids = this.used().map((one) => one.id).filter((id) => this.elements.get(id)?.definition);
      const definitions = Object.fromEntries(ids.map((id) => [id, this.elements.get(id).definition]));
      const plan = { ...this.work, calculators: this.work.calculators.filter((one) => ids.includes(one.id)) };
      return new paper.Values(plan, paper.words, { engine: this.engine, statement, parts: root.offsetPlanCalculators, definitions });
    }
    async paper(place, act) {
      const values = await this.values();
      if (values) await act(root.offsetPlanPaper.words.papers[place.dataset.paper], values, root.offsetPlanPaper.words.gap);
    }
    titleOf(pressed) {
      return root.offsetPlanPaper.titleOf(placeOf(pressed).dataset.paper, root.offsetPlanPaper.words, this.work.method);
    }
    offer(place, text, label) {
      const area = document.createElement("textarea");
      area.readOnly = true;
      area.value = text;
      area.setAttribute("aria-label", label);
      place.querySelector("[data-shown]").replaceChildren(area);
      area.focus();
      area.select();
      this.announce("下の欄の文を選びました。コピーして使えます。");
    }
  }

  /** What was typed a moment ago is kept too: at `pagehide` a reload no longer takes it. */
  function warn(event) {
    document.querySelector("offset-plan").keepInTab();
    event.preventDefault();
  }

  const placeOf = (pressed) => pressed.closest(".plan-paper");

  const ACTIONS = {
    save: (plan) => plan.save(),
    open: (plan) => plan.pick((file) => plan.read(file)),
    again: (plan) => plan.pick((file) => plan.read(file, true)),
    async undo(plan) {
      const { earlier } = plan;
      plan.remember();
      await plan.replace(earlier);
      plan.announce("元に戻しました。もう一度押すと、戻す前になります。");
    },
    async clear(plan) {
      plan.remember();
      await plan.replace(plan.blank());
      plan.safe = plan.written();
      plan.show();
      plan.keepInTab();
      for (const place of plan.querySelectorAll("[data-shown]")) place.replaceChildren();
      plan.announce(`すべて消しました。${UNDO}`);
    },
    async print(plan) {
      if (!(await plan.values())) return;
      for (const place of plan.querySelectorAll(".plan-paper:not([hidden]):has([data-buttons]:not([hidden]))")) await ACTIONS.show(plan, place.querySelector("button"));
      root.print();
    },
    show: (plan, pressed) =>
      plan.paper(placeOf(pressed), (paper, values, gap) => {
        const shown = placeOf(pressed).querySelector("[data-shown]");
        shown.replaceChildren(...root.offsetPlanPaper.preview(paper, values, gap));
        reachable(shown, `${plan.titleOf(pressed)}の見本`);
        plan.announce(`${plan.titleOf(pressed)}を下に示しました。`);
      }),
    plain: (plan, pressed) => plan.paper(placeOf(pressed), (paper, values, gap) => plan.offer(placeOf(pressed), root.offsetPlanPaper.text(paper, values, gap).trimStart(), plan.titleOf(pressed))),
    sheet: (plan, pressed) =>
      plan.paper(placeOf(pressed), async (paper, values, gap) => {
        await plan.load(plan.dataset.exchange);
        const guarded = root.offsetCalculatorExchange?.guarded;
        if (!guarded) return plan.announce(LOST);
        const rows = root.offsetPlanPaper.rowsOf(paper.blocks.find((one) => one.facts), values, gap);
        return plan.offer(placeOf(pressed), rows.map((cells) => cells.map((cell) => guarded(cell.replace(/\s+/g, " ").trim())).join("\t")).join("\n"), "表計算ソフトに貼る表");
      }),
    word: (plan, pressed) =>
      plan.paper(placeOf(pressed), async (paper, values) => {
        give(plan.name(`_${plan.titleOf(pressed)}.docx`), await root.offsetPlanPaper.word(placeOf(pressed).dataset.paper, values));
        plan.announce(`${plan.titleOf(pressed)}のWordの文書を作りました。「保護ビュー」と出たら「編集を有効にする」を押すと直せます。`);
      }),
    count(plan) {
      const start = Date.parse(`${plan.work.facts.starts_on}T00:00:00Z`);
      if (!isDay(plan.work.facts.starts_on ?? "")) return plan.announce("先に「開催日・はじまりの日」を入れてください。");
      for (const task of plan.tasks.filter((one) => plan.applies(one))) {
        const name = `due_${task.dataset.task}`;
        const day = Number(plan.callOf(task)?.dataset.day ?? 0);
        const text = new Date(start + day * 86400000).toISOString().split("T")[0];
        if (!isDay(text)) continue;
        plan.work.facts[name] = text;
        plan.field(name).value = plan.work.facts[name];
      }
      plan.show();
      return plan.announce("日程を入れました。日数は仮の値です。それぞれの手順で直せます。");
    },
    async calendar(plan) {
      const values = await plan.values();
      if (!values) return;
      const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
      const text = root.offsetPlanPaper.calendar(plan.work, values, root.offsetPlanPaper.words, stamp);
      if (!text) return plan.announce("先に、どれかの手順の期限を入れてください。");
      give(plan.name(".ics"), new Blob([text], { type: "text/calendar" }));
      plan.announce("カレンダーのファイルを作りました。");
    },
  };

  customElements.define("offset-plan", OffsetPlan);
})(globalThis);
