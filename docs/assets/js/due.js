/* Says which numbers are due for review: in the browser, so that the built pages stay the same from day to day. */
(() => {
  "use strict";
  const today = new Date().toISOString();
  for (const time of document.querySelectorAll("time[data-due]"))
    if (time.dateTime < today.slice(0, time.dateTime.length)) time.after(time.dataset.due);
})();
