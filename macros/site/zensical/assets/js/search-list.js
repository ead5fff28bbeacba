/* The search box under Zensical, whose own search is a part of its bundle that other engines cannot use.
   Does what Material's bundle does for overrides/partials/search.html: opens and closes the box, sends what is typed
   to the worker that docs/assets/js/search-box.js hands out, and lists the answers. */
(() => {
  "use strict";

  const [READY, QUERY, RESULT] = [1, 2, 3]; // message types, as search-box.js knows them
  const box = document.querySelector("[data-md-component=search-query]");
  if (!box) return;

  const frame = box.closest(".site-search");
  const toggle = document.getElementById("__search");
  const list = frame.querySelector(".md-search-result__list");
  const meta = frame.querySelector(".md-search-result__meta");
  const config = JSON.parse(document.getElementById("__config").textContent);
  const words = (key) => config.translations[`search.result.${key}`];
  const worker = new Worker("");
  let ready = false;

  /* -- questions and answers -- */

  function ask() {
    if (!ready) return;
    if (box.value.trim()) worker.postMessage({ type: QUERY, data: box.value });
    else show([]);
  }

  // the worker escapes titles, because Material writes them as HTML
  const plain = (title) => title.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));

  function element(name, kind, ...inner) {
    const made = document.createElement(name);
    made.className = kind;
    made.append(...inner);
    return made;
  }

  function item({ location: address, title }) {
    const article = element("article", "md-search-result__article md-typeset", element("h1", "", plain(title)));
    const link = element("a", "md-search-result__link", article);
    link.href = new URL(address, new URL(`${config.base}/`, location.href)).href;
    return element("li", "md-search-result__item", link);
  }

  function summary(count) {
    if (!box.value.trim()) return words("placeholder");
    if (!count) return words("none");
    return count === 1 ? words("one") : words("other").replace("#", count);
  }

  function show(items) {
    list.replaceChildren(...items.map(([first]) => item(first)));
    meta.textContent = summary(items.length);
  }

  worker.addEventListener("message", ({ data: { type, data } }) => {
    if (type === RESULT) show(box.value.trim() ? data.items : []);
    if (type !== READY) return;
    ready = true;
    ask();
  });

  /* -- the box opens with the focus and closes without it -- */

  function open(is) {
    if (toggle.checked !== is) toggle.click();
  }

  function move(step) {
    const stops = [box, ...list.querySelectorAll("a")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (next) next.focus();
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: () => {
      open(false);
      document.activeElement.blur();
    },
  };

  frame.addEventListener("keydown", (event) => {
    if (event.isComposing || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  frame.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const best = list.querySelector("a");
    if (best) best.click();
  });
  frame.querySelector("form").addEventListener("reset", () => {
    setTimeout(ask); // the box is empty after this event
    box.focus();
  });
  frame.querySelector("[data-md-component=search-share]").addEventListener("click", () => {
    const shared = new URL(location.pathname, location.href);
    shared.searchParams.set("q", box.value);
    if (navigator.clipboard) navigator.clipboard.writeText(shared.href).catch(() => {});
  });
  box.addEventListener("focus", () => open(true));
  box.addEventListener("input", ask);
  frame.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !frame.contains(relatedTarget)) open(false);
  });
  toggle.addEventListener("change", () => {
    if (toggle.checked) box.focus();
  });

  // read at once, before the glossary writes its own back; the box can take the focus when the bundle says that scripts run
  const asked = new URLSearchParams(location.search).get("q");
  document.addEventListener("DOMContentLoaded", () => {
    if (!asked) return;
    box.value = asked;
    box.focus();
  });
})();
