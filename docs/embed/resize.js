/* Gives frames of our calculators the height they tell; for the page of a municipality. MIT licence.
 * <script src=".../embed/resize.js" defer></script>, once a page, for any number of frames. A copy on
 * your own server needs to know where the calculators are: data-base="https://.../embed/". */
(() => {
  "use strict";
  const me = document.currentScript;
  const base = new URL(me.dataset.base || ".", me.src || location.href).href;

  const frames = () => [...document.querySelectorAll("iframe")].filter((frame) => frame.src.startsWith(base));

  /* a sandboxed frame has no origin of its own unless it is allowed one */
  const originOf = ({ sandbox, src }) =>
    sandbox.length && !sandbox.contains("allow-same-origin") ? "null" : new URL(src).origin;

  addEventListener("message", ({ data, origin, source }) => {
    if (!data || data.type !== "offset-guidebook:height" || !Number.isFinite(data.height)) return;
    const frame = frames().find((one) => one.contentWindow === source);
    if (frame && origin === originOf(frame)) frame.style.height = Math.min(5000, Math.max(200, data.height)) + "px";
  });

  /* what a frame told before this script ran is asked for again */
  for (const frame of frames()) frame.contentWindow.postMessage("offset-guidebook:height?", "*");
})();
