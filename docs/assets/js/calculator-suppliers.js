/* Every supplier of the official tables: a search beside the short list, and ids of links and files. Loaded on first use.
 * What is chosen becomes a choice of the form, so that the engine need not know of tables; macros/calculators/suppliers.py
 * does the same. The build adds tables and words below: offsetCalculatorSuppliers.kinds and .words; the longest tables
 * are a file of their own, offsetSupplierTables. */
(function (root) {
  "use strict";

  const MOST = 8;
  const ID = /^([a-z][a-z0-9-]*?)(?:-([a-z]{1,2}))?(?:\.(\d{4}))?$/;
  const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);
  const data = () => root.offsetCalculatorSuppliers;

  /* ---------- the tables ---------- */

  /** A, B … Z, AA, AB … */
  const letter = (place) => (place < 26 ? String.fromCharCode(97 + place) : letter(Math.floor(place / 26) - 1) + letter(place % 26));

  /** [{menu, letters, basic, adjusted, marked, whole}] of `0 547r 414w*`: r a lettered 残差, R a bare one, w the whole, m a menu alone. */
  function offersOf(text, divisor) {
    const words = text.split(" ");
    let place = 0;
    return words.map((word) => {
      const [, basic, adjusted = basic, kind, mark] = /^(\d+)(?:\/(\d+))?([rRwm]?)(\*?)$/.exec(word);
      const letters = /^[rm]$/.test(kind) || (!kind && words.length > 1) ? letter(place++) : "";
      const lettered = "メニュー" + letters.toUpperCase() + (kind === "r" ? "（残差）" : "");
      const menu = letters ? lettered : { R: "残差", w: "事業者全体（参考値）" }[kind] || "";
      return { menu, letters, basic: basic / divisor, adjusted: adjusted / divisor, marked: mark === "*", whole: kind === "w" };
    });
  }

  /** What holds where no menu is known: 残差, else the only row, else the whole. */
  function standardOf(offers) {
    const kinds = [offers.filter(({ menu }) => menu.includes("残差")), offers, offers.filter(({ whole }) => whole)];
    return kinds.find((kind) => kind.length === 1)?.[0];
  }

  /** {id: supplier} of a table, in its order. */
  function suppliersOf({ divisor, plain }, [ids, names, values]) {
    const [all, offers] = [names.split("\n"), values.split("\n")];
    let last = 0;
    return Object.fromEntries(
      ids.split(" ").map((word, i) => {
        const id = /^\d/.test(word) ? "a" + String((last += Number(word))).padStart(4, "0") : word;
        const [name, area = ""] = all[i].replace(/^\+|\+$/, "(株)").split("|");
        const number = (/^[a-z]\d+/.exec(id)?.[0] ?? "").slice(plain ? 1 : 0).toUpperCase();
        const found = offersOf(offers[i], divisor);
        return [id, { id, number, name, area, offers: found, standard: standardOf(found) }];
      }),
    );
  }

  const lists = {};
  const tablesOf = (field) => data().kinds[field].tables ?? root.offsetSupplierTables[field];
  const list = (field, year) => (lists[field + year] ??= suppliersOf(data().kinds[field], tablesOf(field)[year]));

  const labelOf = ({ name, area, number }, { menu }) => [name, area, menu].filter(Boolean).join("　") + (number && `（${number}）`);

  /** What an id stands for: {label, mark, number, sets, isMenu, year}; undefined when no table has it. */
  function find(definition, field, id, chosen) {
    const kind = data().kinds[field];
    const [, base, menu, year] = ID.exec(id) ?? [];
    if (!base) return undefined;
    const { choices, aliases } = definition.inputs.factors;
    const sets = Object.keys(choices).filter((one) => kind.of[one]);
    return menu ? findMenu(kind, field, { base, menu, year }, sets, kind.of[chosen] ?? kind.of[aliases.current]) : year ? undefined : findStandard(kind, field, id, sets, aliases.current);
  }

  function findMenu(kind, field, { base, menu, year }, sets, today) {
    const of = year ?? today;
    const supplier = of in tablesOf(field) ? own(list(field, of), base) : undefined;
    const offer = supplier?.offers.find(({ letters }) => letters === menu);
    return offer && { label: labelOf(supplier, offer), mark: `#suppliers.${kind.id}.${base}-${menu}.${of}`, number: [offer.basic, null, kind.unit], sets: sets.filter((one) => kind.of[one] === of), isMenu: true, year: of };
  }

  function findStandard(kind, field, id, sets, today) {
    const known = sets.map((one) => [one, own(list(field, kind.of[one]), id)]).filter(([, supplier]) => supplier?.standard);
    if (!known.length) return undefined;
    const value = Object.fromEntries(known.map(([one, { standard }]) => [one, standard.basic]));
    const current = value[today] ?? null;
    const said = {};
    for (const [one] of known) {
      const other = current === null || value[one] !== current ? value[one] : null;
      if (kind.of[one] !== one) said[one] = other === null ? null : [other];
      else if (other !== null) said[one] = other;
    }
    const supplier = known[0][1];
    const number = [current, null, kind.unit, ...(Object.keys(said).length ? [said] : [])];
    return { label: labelOf(supplier, supplier.standard), mark: `#suppliers.${kind.id}.${id}`, number, sets: known.map(([one]) => one), isMenu: false };
  }

  /* ---------- into a definition ---------- */

  const setOf = ({ inputs: { factors } }, texts) => factors.aliases[texts.factors] ?? (texts.factors || factors.default);
  const about = {};

  /** Let a definition know the suppliers that texts name; returns [[field, id, what was found], …]. */
  function know(definition, texts) {
    const added = [];
    for (const field in data().kinds) {
      const [spec, id] = [definition.inputs[field], texts[field]];
      if (!spec || !id || own(spec.choices, id)) continue;
      const old = own(data().retired[field] ?? {}, id);
      if (old) added.push(bringBack(definition, field, id, old));
      const found = !old && find(definition, field, id, setOf(definition, texts));
      if (!found) continue;
      add(definition, field, id, found);
      added.push([field, id, found]);
    }
    return added;
  }

  /** What is no longer offered is read in old links, and tells why. */
  function bringBack(definition, field, id, [label, lookup, numbers, note]) {
    const spec = definition.inputs[field];
    spec.choices[id] = lookup;
    (spec.notes ??= {})[id] = note;
    Object.assign(definition.numbers, numbers);
    return [field, id, { label, isOld: true }];
  }

  function add(definition, field, id, { label, mark, number, sets, isMenu, year }) {
    const kind = data().kinds[field];
    const { choices, aliases } = definition.inputs.factors;
    definition.inputs[field].choices[id] = { factor: mark };
    definition.numbers[mark] = number;
    const when = ["is", field, id];
    definition.rules = definition.rules.filter((rule) => String(rule.when) !== String(when));
    const valid = [...sets, aliases.guidebook];
    const message = data().words[isMenu ? "other_year" : "absent"];
    if (Object.keys(choices).some((one) => !valid.includes(one)))
      definition.rules.unshift({ check: ["or", ...valid.map((one) => ["is", "factors", one])], at: field, message, when });
    about[mark.slice(1)] = [`${kind.title}（${label}）`, (chosen) => tablesOf(field)[year ?? kind.of[chosen] ?? kind.of[aliases.current]]?.slice(3) ?? ["", ""]];
    tellPlan(definition, mark.slice(1));
  }

  /** [name, source, date] of a number that came from a table; undefined for any other. */
  const tell = (id, chosen) => about[id] && [about[id][0], ...about[id][1](chosen)];

  /** The documents of a plan name it as they name factors: [name, source, {set: another source}]. */
  function tellPlan(definition, id) {
    const part = root.offsetPlanCalculators?.[definition.id];
    if (!part) return;
    const { choices, aliases } = definition.inputs.factors;
    const said = (one) => (([, source, date]) => `${source}（適用 ${date}から）`)(tell(id, one));
    const others = Object.keys(choices).map((one) => [one, said(one)]).filter(([, one]) => one !== said(aliases.current));
    part.factors[id] = [tell(id)[0], said(aliases.current), Object.fromEntries(others)];
  }

  /* ---------- on the form ---------- */

  function make(tag, ...parts) {
    const one = document.createElement(tag);
    one.append(...parts);
    return one;
  }

  /** An option for what the short list does not have, before the last one: one's own value. */
  function option(calculator, field, id, label) {
    const select = calculator.field(field);
    const place = [...select.options].find(({ value }) => value === "own");
    if (![...select.options].some(({ value }) => value === id)) select.add(new Option(label, id), place);
    return [...select.options].find(({ value }) => value === id);
  }

  function enter(calculator, texts) {
    for (const [field, id, { label, isOld }] of know(calculator.definition, texts)) {
      const made = option(calculator, field, id, label);
      if (isOld) made.hidden = made.disabled = true;
    }
  }

  /** What a link or a file names and the form did not know. */
  function adopt(calculator) {
    enter(calculator, { ...calculator.texts(), ...calculator.misread });
    for (const [field, id] of Object.entries(calculator.misread)) {
      if (!own(calculator.definition.inputs[field].choices, id)) continue;
      calculator.field(field).value = id;
      delete calculator.misread[field];
    }
    watch(calculator);
    calculator.seeks = false;
    calculator.compute(true);
    calculator.lock?.();
    calculator.announce("");
  }

  /** A menu is of one year's table: under a set with another one its id says which. */
  function rename(calculator) {
    const { definition } = calculator;
    const chosen = setOf(definition, calculator.texts());
    for (const [field, kind] of Object.entries(data().kinds)) {
      const target = definition.inputs[field] && definition.inputs[field].choices[calculator.field(field).value]?.factor;
      const [, menu, year] = /^#suppliers\.\w+\.(.*)\.(\d{4})$/.exec(target ?? "") ?? [];
      const id = menu && (kind.of[chosen] === year ? menu : `${menu}.${year}`);
      if (!id || id === calculator.field(field).value) continue;
      const found = find(definition, field, `${menu}.${year}`, chosen);
      add(definition, field, id, found);
      const select = calculator.field(field);
      const old = select.selectedOptions[0];
      option(calculator, field, id, found.label);
      select.value = id;
      /* one company stands in the list once */
      if (old.value !== id) old.remove();
      calculator.compute(true);
    }
  }

  function watch(calculator) {
    if (calculator.watched) return;
    calculator.watched = true;
    calculator.field("factors").addEventListener("change", () => rename(calculator));
  }

  /* kana and what is typed for them: small for large ones, kanji that look like them */
  const [TYPED, MEANT] = ["ぁぃぅぇぉっゃゅょゎゕゖ力二口工夕八", "あいうえおつやゆよわかけかにろえたは"];
  const SERVICE = /(?:でんき|電気|電力|がす|ガス)$/i;

  /** Letters as they are compared: full width, kana, forms of companies and spaces make no difference. */
  const fold = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[ァ-ヶ]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0x60))
      .replace(/株式会社|有限会社|合同会社|\((有|同)\)|[\s・,、.ー―‐\-()株]/g, "")
      .replace(RegExp(`[${TYPED}]`, "g"), (one) => MEANT[TYPED.indexOf(one)]);

  /** Suppliers of a text, the likeliest first; a service is called after its company, which has another name than the law's. */
  function matches(field, year, text) {
    const suppliers = Object.values(list(field, year));
    const known = data().kinds[field].called.find(({ said }) => said.some((one) => fold(one) === fold(text)));
    const found = named(suppliers, known?.name ?? text);
    return found.length ? found : named(suppliers, text.trim().replace(SERVICE, ""));
  }

  function named(suppliers, text) {
    const words = text.split(/[\s　]+/).map(fold).filter(Boolean);
    const rank = ({ number, name, area }) => {
      const [own, whole] = [fold(name), fold(number + name + area)];
      if (!words.every((word) => whole.includes(word))) return -1;
      return number.toLowerCase() === words[0] ? 3 : own.startsWith(words[0]) ? 2 : 1;
    };
    const found = suppliers.map((one) => [rank(one), one]).filter(([score]) => score > 0);
    return words.length ? found.sort(([a], [b]) => b - a).map(([, one]) => one) : [];
  }

  /** [[id, label], …] that a text finds: of one company all it offers, a menu with the year of its table; of more what holds without. */
  function offersFor(field, text, year) {
    const found = matches(field, year, text);
    const [only, ...others] = found;
    const menus = (one) => menusOf(one).map((offer) => [`${one.id}-${offer.letters}.${year}`, labelOf(one, offer)]);
    const standard = (one) => (one.standard ? [[one.id, labelOf(one, one.standard)]] : []);
    if (only && !others.length) return [...standard(only), ...menus(only)];
    return found.flatMap((one) => (one.standard ? standard(one) : menus(one).slice(0, 1)));
  }

  const value = ({ basic, adjusted, marked }, calculator, unit) => {
    const { basic: first, adjusted: second } = data().words;
    return `${first} ${calculator.engine.showTyped(basic)}、${second} ${calculator.engine.showTyped(adjusted)} ${unit}${marked ? "　※" : ""}`;
  };

  /** Open the search beside a field: what it finds stands below it as buttons. */
  function begin(calculator, input) {
    if (input.dataset.open === "") return;
    input.dataset.open = "";
    calculator.announce("");
    watch(calculator);
    const place = input.closest("[data-field]");
    const field = place.querySelector("select").name;
    const kind = data().kinds[field];
    const notes = make("div", ...kind.told.map((text) => make("p", text)));
    notes.id = `${place.querySelector("select").id}-told`;
    input.setAttribute("aria-describedby", notes.id);
    const found = make("div");
    found.setAttribute("role", "group");
    found.setAttribute("aria-label", "見つかった会社");
    /* what is found stands right below the field, what explains after it */
    found.style.width = "100%";
    input.closest("label").after(found, notes);
    place.style.gridColumn = "1 / -1";
    const show = () => showFound(calculator, { input, field, kind, found });
    input.addEventListener("input", show);
    show();
  }

  function showFound(calculator, part) {
    const { input, field, kind, found } = part;
    const year = kind.of[setOf(calculator.definition, calculator.texts())] ?? kind.of[calculator.definition.inputs.factors.aliases.current];
    const all = matches(field, year, input.value);
    const { words } = data();
    const told = !input.value.trim() ? "" : all.length > MOST ? words.more.replace("{count}", all.length - MOST) : all.length ? words.found.replace("{count}", all.length) : words.none;
    found.replaceChildren(...all.slice(0, MOST).map((one) => entry(calculator, part, one)), make("p", told));
    calculator.announce(told);
  }

  function entry(calculator, part, supplier) {
    const { name, area, number, standard } = supplier;
    const { kind } = part;
    const button = make("button", make("b", [name, area].filter(Boolean).join("　")), number && `（${number}）`);
    button.type = "button";
    Object.assign(button.style, { display: "block", whiteSpace: "normal", textAlign: "left", margin: "0.2em 0" });
    const menus = menusOf(supplier).length;
    const said = [standard?.menu, standard && value(standard, calculator, kind.unit), menus && `ほかにメニュー ${menus}`];
    button.append(make("small", said.filter(Boolean).join("　")));
    button.addEventListener("click", () => choose(calculator, part, supplier));
    return button;
  }

  const menusOf = ({ offers, standard }) => offers.filter(({ letters, menu }) => letters && standard?.menu !== menu);

  /** Take what holds without a menu, and ask for the menu where there are some. */
  function choose(calculator, part, supplier) {
    const { found, input, kind, field } = part;
    const menus = menusOf(supplier);
    const first = supplier.standard ?? menus[0];
    const id = supplier.standard ? supplier.id : `${supplier.id}-${menus[0].letters}`;
    take(calculator, field, id, labelOf(supplier, first));
    const note = make("p");
    const say = (offer) => {
      const { words } = data();
      note.replaceChildren([value(offer, calculator, kind.unit) + "。", words.uses, offer.whole && words.reference, offer.marked && words.marked].filter(Boolean).join(""));
    };
    say(first);
    const name = `${field}-menu`;
    const choices = [...(supplier.standard ? [[supplier.id, supplier.standard]] : []), ...menus.map((offer) => [`${supplier.id}-${offer.letters}`, offer])];
    const radios = choices.map(([own, offer]) => {
      const radio = make("input");
      Object.assign(radio, { type: "radio", name, value: own, checked: own === id });
      Object.assign(radio.style, { flex: "none", width: "24px", height: "24px", minHeight: 0, margin: 0 });
      radio.addEventListener("change", (event) => {
        event.stopPropagation(); // said already
        take(calculator, field, own, labelOf(supplier, offer));
        say(offer);
      });
      const label = make("label", radio, make("span", `${offer.menu || "この会社の値"}　${value(offer, calculator, kind.unit)}`));
      Object.assign(label.style, { display: "flex", alignItems: "center", gap: "0.6em", minHeight: "2.75em", fontWeight: 400 });
      return label;
    });
    const group = make("fieldset", make("legend", data().words.menus), ...radios);
    group.style.display = "block";
    const heading = make("p", make("b", [supplier.name, supplier.area].filter(Boolean).join("　")), supplier.number && `（${supplier.number}）`);
    found.replaceChildren(heading, note, ...(radios.length > 1 ? [group] : []));
    (radios.length > 1 ? group.querySelector(":checked") : input).focus();
  }

  function take(calculator, field, id, label) {
    const known = own(calculator.definition.inputs[field].choices, id);
    calculator.remember();
    if (!known) {
      const found = find(calculator.definition, field, id, setOf(calculator.definition, calculator.texts()));
      add(calculator.definition, field, id, found);
      option(calculator, field, id, found.label);
    }
    calculator.field(field).value = id;
    delete calculator.misread[field];
    calculator.settle(data().words.chosen.replace("{name}", label));
  }

  root.offsetCalculatorSuppliers = { find, know, enter, adopt, tell, begin, list, matches, offersFor };
})(typeof window === "undefined" ? globalThis : window);
