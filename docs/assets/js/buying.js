/* Which ways to buy and which sellers remain for what is asked, and why the others fall away. The page is whole
   without this file; the build asks the same of the same conditions. */
(() => {
  "use strict";

  const DAY = 86400000;

  /* -- what is asked -------------------------------------------------------------------------- */

  const FIELDS = ["tonnes", "kind", "month", "account", "local", "tax", "municipalities", "status"];

  // null: nothing written; NaN: no number above 0
  function number(text) {
    const plain = text.normalize("NFKC").replace(/[\s,，]/g, "");
    if (!plain) return null;
    return /^\d+(\.\d+)?$/.test(plain) && Number(plain) > 0 ? Number(plain) : NaN;
  }

  function monthsLeft(month, now) {
    const first = now.getMonth();
    return Array.from({ length: ((month - first - 1 + 12) % 12) + 1 }, (_, ahead) => ((first + ahead) % 12) + 1);
  }

  function daysLeft(month, now) {
    const year = now.getFullYear() + (month < now.getMonth() + 1 ? 1 : 0);
    return Math.round((Date.UTC(year, month, 0) - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / DAY);
  }

  /* -- what shuts a way; no answer shuts none ---------------------------------------------------- */

  const TESTS = {
    kind: (way, need) => need.kind && way.kinds.length && !way.kinds.includes(need.kind),
    municipalities: (way) => way.municipalities === "excluded",
    minimum: (way, need) => need.tonnes && way.minimum !== null && need.tonnes < way.minimum,
    maximum: (way, need) => need.tonnes && way.maximum !== null && need.tonnes > way.maximum,
    account: (way, need) => need.account === "no" && way.account === "needed",
    buyers: (way, need) => !need.local && way.buyers === "local",
    use: (way, need) => !need.local && way.use === "local",
    status: (way) => way.status === "closed",
    months: (way, need) => need.month && way.months.length && !way.months.some((one) => need.months.includes(one)),
    days: (way, need) => need.month && way.days !== null && need.days < way.days,
    old: (way) => way.old,
  };
  // told by the group a seller stands in
  const BY_GROUP = ["status", "old"];
  const KNOWN = ["bought", "written"];

  const shutBy = (way, need) => Object.keys(TESTS).filter((name) => TESTS[name](way, need));

  function said(shut, way) {
    const numbers = { days: way.days, maximum: way.maximum };
    const amount = (shut.id in numbers ? numbers[shut.id] : way.minimum) ?? "";
    return shut.says.replace("〈t〉", amount.toLocaleString("en")).replace("〈months〉", way.months.join("・"));
  }

  function link(id, text) {
    const made = document.createElement("a");
    made.href = `#${id}`;
    made.textContent = text;
    return made;
  }

  const listed = (links) => links.flatMap((one, at) => (at ? ["、", one] : [one]));

  function item(...parts) {
    const made = document.createElement("li");
    made.append(...parts);
    return made;
  }

  function late({ row }) {
    const { dateTime, dataset } = row.querySelector("time[data-due]");
    return dateTime < new Date().toISOString().slice(0, dateTime.length) ? dataset.due : "";
  }

  class Finder {
    constructor(form) {
      this.form = form;
      this.shuts = JSON.parse(form.dataset.shuts);
      this.error = form.querySelector("[data-error]");
      this.status = form.querySelector("[data-buying-status]");
      const read = (row) => ({ row, way: JSON.parse(row.dataset.way) });
      this.ways = [...document.querySelectorAll("tr[data-title]")].map(read);
      this.offers = [...document.querySelectorAll("tr[data-offer]")].map(read);
      this.groups = [...document.querySelectorAll("[data-group]")];
      const changing = "[data-list], [data-left-title], [data-verdict-title], [data-verdict]";
      this.example = [...document.querySelectorAll(changing)].map((place) => [place, [...place.childNodes]]);
    }

    start() {
      const { form } = this;
      for (const [name, value] of new URLSearchParams(location.search)) {
        const field = FIELDS.includes(name) && form.elements[name];
        if (field) field.value = value;
        if (field && field.selectedIndex < 0) field.value = "";
      }
      form.addEventListener("input", () => this.update());
      form.addEventListener("reset", () => setTimeout(() => this.update()));
      form.addEventListener("submit", (event) => event.preventDefault());
      form.querySelector("[data-example]").addEventListener("click", ({ target }) => {
        const { tonnes, kind, month } = target.dataset;
        for (const [name, value] of Object.entries({ tonnes, kind, month, account: "no" })) form.elements[name].value = value;
        this.update();
      });
      form.hidden = false;
      this.update();
    }

    need() {
      const need = Object.fromEntries(FIELDS.map((name) => [name, this.form.elements[name].value]));
      const [tonnes, month, now] = [number(need.tonnes), Number(need.month), new Date()];
      const wrong = Number.isNaN(tonnes);
      this.error.hidden = !wrong;
      if (wrong) this.form.elements.tonnes.setAttribute("aria-invalid", "true");
      else this.form.elements.tonnes.removeAttribute("aria-invalid");
      const time = month ? { months: monthsLeft(month, now), days: daysLeft(month, now) } : {};
      return { ...need, ...time, asked: FIELDS.some((name) => need[name]), tonnes: wrong ? null : tonnes, month };
    }

    update() {
      const need = this.need();
      this.remember();
      for (const [place, nodes] of this.example) place.replaceChildren(...nodes);
      for (const one of this.offers) one.shut = shutBy(one.way, need);
      for (const one of this.ways) one.shut = shutBy(one.way, need);
      const shown = this.offers.filter((one) => this.fits(one, need));
      for (const one of this.offers) one.row.hidden = need.asked && !shown.includes(one);
      this.count();
      this.status.textContent = need.asked
        ? `条件に合う売り手は${shown.length}件、いま残るのは${shown.filter((one) => !one.shut.length).length}件です。`
        : `売り手は${this.offers.length}件です。`;
      if (need.asked) this.tell(shown);
    }

    fits({ way, shut }, need) {
      const known = KNOWN.includes(way.municipalities);
      return (
        shut.every((name) => BY_GROUP.includes(name)) &&
        (!need.tax || way.taxes.includes(need.tax)) &&
        (!need.municipalities || (need.municipalities === "known") === known) &&
        (!need.status || way.status === need.status)
      );
    }

    count() {
      for (const group of this.groups) {
        const rows = [...group.querySelectorAll("tr[data-offer]")].filter((row) => !row.hidden).length;
        group.querySelector("[data-count]").textContent = rows;
        group.hidden = !rows;
      }
    }

    tell(shown) {
      const left = shown.filter((one) => !one.shut.length);
      const known = (one) => KNOWN.includes(one.way.municipalities);
      const seller = ({ row }) => link(row.dataset.offer, row.dataset.seller);
      const told = (one) => item(seller(one), `：${one.row.dataset.told}${late(one)}`);
      const ways = this.ways.filter((one) => !one.shut.length);
      this.list("ways", ways.map(({ row }) => item(link(row.dataset.id, row.dataset.title))));
      this.list("known", left.filter(known).map(told));
      this.list("phone", left.filter((one) => !known(one)).map(told));
      this.list("fallen", this.fallen(seller));
      document.querySelector("[data-left-title]").textContent = "いまの条件では";
      document.querySelector("[data-verdict-title]").textContent = "いまの条件では";
      for (const one of this.ways)
        one.row.querySelector("[data-verdict]").textContent = this.reasons(one).join("。") || "残ります";
    }

    reasons({ way, shut }) {
      return this.shuts.filter((one) => shut.includes(one.id)).map((one) => said(one, way));
    }

    // who sells to no municipality is not named
    fallen(seller) {
      const by = new Map();
      for (const one of this.offers) {
        if (!one.shut.length || one.shut.includes("municipalities")) continue;
        const [reason] = this.reasons(one);
        by.set(reason, [...(by.get(reason) || []), seller(one)]);
      }
      return [...by]
        .sort(([, one], [, other]) => other.length - one.length)
        .map(([reason, sellers]) => item(`${reason}：`, ...listed(sellers)));
    }

    list(name, nodes) {
      document.querySelector(`[data-list=${name}]`).replaceChildren(...(nodes.length ? nodes : [item("ありません")]));
    }

    remember() {
      const chosen = FIELDS.map((name) => [name, this.form.elements[name].value]).filter(([, value]) => value);
      const asked = chosen.length ? `?${new URLSearchParams(chosen)}` : "";
      history.replaceState(null, "", `${location.pathname}${asked}${location.hash}`);
    }
  }

  function start() {
    const form = document.querySelector("form[data-buying]");
    if (form) new Finder(form).start();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
