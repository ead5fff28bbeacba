/* Unfolds what an address leads to, and writes on paper where it is from. The page is whole without this file. */
(() => {
  "use strict";

  function unfold(hash) {
    const target = document.getElementById(hash.slice(1));
    // of what is folded inside a record, only the record itself
    const inner = target && !target.matches("details") && target.querySelector(":scope > details");
    const folded = inner || (target && target.closest("details"));
    if (!folded) return;
    for (let part = folded; part; part = part.parentElement) if (part.tagName === "DETAILS") part.open = true;
    target.scrollIntoView();
  }

  // paper says where it is from and when it was printed
  function stamp() {
    const [place, day] = ["address", "printed"].map((name) => document.querySelector(`.on-paper [data-${name}]`));
    if (!place) return;
    place.textContent ||= location.origin + location.pathname;
    day.textContent = `印刷日 ${new Date().toLocaleDateString("ja-JP", { dateStyle: "long" })}`;
  }
  addEventListener("beforeprint", stamp);

  // a second click on the same link changes no address
  document.addEventListener("click", ({ target }) => {
    const made = target.closest('a[href^="#"]');
    if (made) unfold(made.hash);
  });
  addEventListener("hashchange", () => unfold(location.hash));
  unfold(location.hash);
})();
