/* The link from a calculator to a plan takes along what is entered. */
(() => {
  "use strict";

  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[data-plan]");
    const calculator = document.querySelector("offset-calculator");
    if (!link || !calculator?.definition) return;
    link.hash = `${calculator.fragment()}&calculator=${calculator.dataset.calculator}`;
    calculator.saved?.();
  });
})();
