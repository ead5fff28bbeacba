/* Gives frames of our calculators the height they tell. MIT licence. A copy, also inside a page or a
 * bundle, heeds frames at /embed/<name>/, or those below its data-base. */
(() => {
  const { dataset, src = "" } = document.currentScript || {};
  const base = dataset?.base || (/\/embed\/resize\.js(\?|$)/.test(src) && new URL(".", src).href);
  const isOurs = ({ src }) => (base ? src.startsWith(base) : /\/embed\/[a-z-]+\/(index.html)?([?#]|$)/.test(src));
  const frames = () => [...document.querySelectorAll("iframe")].filter(isOurs);
  const held = new Set();

  /* a sandboxed frame has no origin unless it is allowed one */
  const originOf = ({ sandbox, src }) =>
    sandbox.length && !sandbox.contains("allow-same-origin") ? "null" : new URL(src).origin;

  const set = ({ style }, rules) => {
    for (const name in rules) style.setProperty(name, rules[name], "important");
  };
  const bottom = (element) => element.getBoundingClientRect().bottom;

  function fit(frame, height) {
    set(frame, { height, "max-height": "none" });
    /* a box that keeps a ratio would cut the frame off */
    const box = frame.parentElement;
    if (box !== document.body && bottom(frame) > bottom(box) + 1 && !/auto|scroll/.test(getComputedStyle(box).overflowY)) held.add(box);
    if (held.has(box)) set(box, { height: "auto", "min-height": height, "padding-bottom": 0, "aspect-ratio": "auto" });
  }

  addEventListener("message", ({ data, origin, source }) => {
    if (data?.type !== "offset-guidebook:height" || !Number.isFinite(data.height)) return;
    const frame = frames().find((one) => one.contentWindow === source);
    if (frame && origin === originOf(frame)) fit(frame, Math.min(20000, Math.max(200, data.height)) + "px");
  });

  /* for what was told before */
  for (const frame of frames()) frame.contentWindow.postMessage("offset-guidebook:height?", "*");
})();
