/* Shares what was bought or supplied among rows, for the calculator that does; loaded before calculator.js, whose numbers it uses. */
(function (root) {
  "use strict";

  const add = (values) => values.reduce((a, b) => a + b);

  /** Share whole steps among weights by largest remainder, exactly; see numbers.allot. */
  function allot(amount, weights, step) {
    if ([amount, step, ...weights].some(Number.isNaN)) return weights.map(() => NaN);
    const { digitsOf, floor } = root.offsetCalculator;
    const texts = [step, ...weights].map((value) => digitsOf(value || 0));
    const places = Math.max(...texts.map((text) => text[1].length));
    const [size, ...exact] = texts.map((text) => BigInt(text[0] + text[1].padEnd(places, "0")));
    const total = add([0n, ...exact]);
    if (amount === null || step === null || !total) return weights.map(() => null);
    if (floor(amount * 10 ** places) >= total) return weights;
    const shares = share(BigInt(floor(amount / step)), exact, total, size);
    return weights.map((weight, i) => (weight === null ? null : Number(shares[i]) * step));
  }

  function share(units, weights, total, size) {
    const caps = weights.map((weight) => weight / size);
    const least = (a, b) => (a < b ? a : b);
    const shares = weights.map((weight, i) => least((units * weight) / total, caps[i]));
    const rest = (i) => (units * weights[i]) % total;
    const order = weights.map((_, i) => i).sort((a, b) => Number(rest(b) - rest(a))); // what is alike stays in its order
    let left = least(units, add(caps)) - add(shares);
    while (left > 0n)
      for (const i of order)
        if (left > 0n && shares[i] < caps[i]) {
          shares[i] += 1n;
          left -= 1n;
        }
    return shares;
  }

  root.offsetAllot = allot;
})(typeof globalThis === "undefined" ? this : globalThis);
