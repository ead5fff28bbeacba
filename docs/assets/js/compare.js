/* Puts any three methods side by side, out of the tables of all of them. The page is whole without this file. */
(() => {
  "use strict";

  const MOST = 3;

  // a cell elsewhere: its ids would stand twice
  function copyOf(cell, tag) {
    const made = document.createElement(tag);
    made.append(...[...cell.childNodes].map((node) => node.cloneNode(true)));
    for (const part of made.querySelectorAll("[id], [aria-describedby]")) {
      part.removeAttribute("id");
      part.removeAttribute("aria-describedby");
    }
    for (const tip of made.querySelectorAll(".term__tip")) tip.remove();
    return made;
  }

  function aspect(label, when, columns) {
    const row = document.createElement("tr");
    row.className = when === "いま" ? "compare__aspect compare__aspect--now" : "compare__aspect";
    const head = document.createElement("th");
    head.colSpan = columns;
    head.scope = "rowgroup";
    head.textContent = `${label}（${when}）`;
    row.append(head);
    return row;
  }

  function heads(rows) {
    const row = document.createElement("tr");
    for (const one of rows) {
      const head = copyOf(one.cells[0], "th");
      head.scope = "col";
      row.append(head);
    }
    const made = document.createElement("thead");
    made.append(row);
    return made;
  }

  function* bodies(table, chosen) {
    const labels = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    const rows = chosen.map((id) => table.querySelector(`tr[data-method="${id}"]`));
    for (let at = 1; at < labels.length; at += 1) {
      const body = document.createElement("tbody");
      const cells = document.createElement("tr");
      cells.append(...rows.map((row) => copyOf(row.cells[at], "td")));
      body.append(aspect(labels[at], table.dataset.compared, chosen.length), cells);
      yield body;
    }
  }

  function start(form) {
    const tables = [...document.querySelectorAll("table[data-compared]")];
    const result = document.querySelector("[data-compare-result]");
    const status = form.querySelector("[data-compare-status]");
    const boxes = [...form.querySelectorAll("input")];
    const known = boxes.map((box) => box.value);
    const address = new URLSearchParams(location.search).get("compare");
    const asked = (address || "").split(",").filter((id) => known.includes(id));
    // an empty choice in the address is a choice too
    let chosen = asked.length || address === "" ? [...new Set(asked)].slice(0, MOST) : boxes.filter((box) => box.checked).map((box) => box.value);

    const update = (said) => {
      for (const box of boxes) box.checked = chosen.includes(box.value);
      const shown = known.filter((id) => chosen.includes(id));
      const table = document.createElement("table");
      const caption = document.createElement("caption");
      caption.textContent = "選んだ方法をくらべる";
      const first = shown.map((id) => tables[0].querySelector(`tr[data-method="${id}"]`));
      table.append(caption, heads(first), ...tables.flatMap((one) => [...bodies(one, shown)]));
      result.replaceChildren(...(shown.length ? [table] : []));
      const count = shown.length ? `${shown.length}つの方法を並べています。` : "印を付けた方法を並べます。";
      status.textContent = said || count;
    };

    form.addEventListener("change", ({ target }) => {
      chosen = chosen.filter((id) => id !== target.value);
      if (target.checked) chosen.push(target.value);
      const gone = chosen.length > MOST ? chosen.shift() : null;
      update(gone && `3つまでなので、${gone.toUpperCase()}を外しました。`);
      history.replaceState(null, "", `${location.pathname}?compare=${chosen.join(",")}${location.hash}`);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    document.querySelector("[data-compare-all]").open = false;
    form.hidden = result.hidden = false;
    update();
  }

  document.querySelectorAll("form[data-compare]").forEach(start);
})();
