/* Unfolds what an address leads to, and for paper what the styles cannot. The page is whole without this file. */
(() => {
  "use strict";

  function unfold(hash) {
    const target = document.getElementById(hash.slice(1));
    const folded = target && (target.querySelector(":scope > details") || target.closest("details"));
    if (!folded) return;
    for (let part = folded; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    target.scrollIntoView();
  }

  // a second click on the same link changes no address
  document.addEventListener("click", ({ target }) => {
    const made = target.closest('a[href^="#"]');
    if (made) unfold(made.hash);
  });

  // for browsers that do not know ::details-content
  const PRINTED = ".aside, .fig__alt, .fold, :is(.today--folded, .remark--folded) > details";
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(PRINTED)].filter((one) => !one.open);
    for (const one of opened) one.open = true;
  });
  addEventListener("afterprint", () => opened.forEach((one) => (one.open = false)));
  addEventListener("hashchange", () => unfold(location.hash));
  unfold(location.hash);
})();
