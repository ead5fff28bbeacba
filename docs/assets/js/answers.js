/* Copies the address or the words of an answer; prints it alone. The page is whole without this file. */
(() => {
  "use strict";

  const LABELS = { short: "", then: "2011・2012年：", now: "いま：", unconfirmed: "未確認：" };

  const addressOf = (answer) => `${location.href.split("#")[0]}#${answer.id}`;
  const titleOf = (answer) => answer.querySelector("h3").textContent.trim();

  // without the numbers of the grounds, and what stands around words for the ear and for glossaries
  function wordsOf(part) {
    const copy = part.cloneNode(true);
    for (const mark of copy.querySelectorAll(".answer__mark, .term__mark, .term__tip")) mark.remove();
    return copy.textContent.trim();
  }

  function textOf(answer) {
    const parts = [...answer.querySelectorAll("[data-part]")].filter((part) => part.dataset.part in LABELS);
    const grounds = [...answer.querySelectorAll(".answer__grounds li")].map((item, at) => {
      const note = item.querySelector("small");
      return `${at + 1}. ${item.querySelector("a").textContent}${note ? `（${note.textContent.trim()}）` : ""}`;
    });
    const said = parts.map((part) => LABELS[part.dataset.part] + wordsOf(part));
    return [titleOf(answer), ...said, "根拠", ...grounds, addressOf(answer)].join("\n");
  }

  async function copy(text, status) {
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = "コピーしました。";
    } catch {
      show(text, status);
    }
  }

  // where nothing may be put on the clipboard, the words are there to be chosen by hand
  function show(text, status) {
    const area = document.createElement("textarea");
    area.readOnly = true;
    area.rows = Math.min(text.split("\n").length, 8);
    area.value = text;
    area.setAttribute("aria-label", "コピーする文");
    status.replaceChildren("選んでコピーしてください。", area);
    area.select();
  }

  function printAlone(answer) {
    document.documentElement.classList.add("print-one");
    answer.classList.add("answer--print");
    window.print();
    document.documentElement.classList.remove("print-one");
    answer.classList.remove("answer--print");
  }

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function start(answer) {
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    const name = `「${titleOf(answer)}」の`;
    const buttons = [
      button("リンクをコピー", () => copy(addressOf(answer), status)),
      button("文をコピー", () => copy(textOf(answer), status)),
      button("印刷", () => printAlone(answer)),
    ];
    for (const one of buttons) one.setAttribute("aria-label", `${one.textContent}：${name}答え`);
    const address = document.createElement("span");
    address.className = "answer__address";
    address.textContent = `${document.title} ${addressOf(answer)}`;
    answer.querySelector("[data-copy-link]").replaceWith(...buttons, status, address);
  }

  // what is folded does not print
  function unfoldToPrint(on) {
    for (const grounds of document.querySelectorAll("[data-answer][open] .answer__grounds")) {
      if (on) grounds.dataset.was = String(grounds.open);
      grounds.open = on || grounds.dataset.was === "true";
    }
  }

  document.querySelectorAll("[data-answer]").forEach(start);
  addEventListener("beforeprint", () => unfoldToPrint(true));
  addEventListener("afterprint", () => unfoldToPrint(false));
})();
