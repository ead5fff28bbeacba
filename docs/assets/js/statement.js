/* The draft of a public statement, filled as in the workbook. Loaded on first use.
 * The build adds the sentences of data/statement.yml below: offsetStatement.words. */
(function (root) {
  "use strict";

  const TOTAL = "total_kg";
  /** {amount}, {phrase} or {field}; what stands after a bar is said of an empty field. */
  const PLACE = /\{([a-z][a-z0-9_]*)(?:\|([^{}]*))?\}/g;

  /** The lines of the draft: `drafts` of one calculator, an outcome of the engine, and what a field says.
   * `phrases` stand instead of those of the same name. */
  function lines(words, id, outcome, engine, said, phrases = {}) {
    const drafts = words.calculators[id];
    if (typeof drafts === "string") return [drafts];
    if (!outcome.shown[TOTAL]) return [words.nothing];
    if (Object.keys(outcome.hints).length) return [words.contradicted];
    return filled(drafts, outcome.scope, engine, said, phrases);
  }

  function filled(drafts, scope, engine, said, phrases) {
    const amounts = {};
    for (const [name, tree, digits] of drafts.amounts) {
      scope.outputs[name] = engine.evaluate(tree, scope);
      amounts[name] = engine.show(scope.outputs[name], digits);
    }
    const known = { ...amounts };
    const applies = ([when, text]) => engine.evaluate(when, scope) > 0 && [...text.matchAll(PLACE)].every(([, name]) => amounts[name] !== "");
    const say = (text) => text.replace(PLACE, (_, name, empty = "") => (known[name] ?? said(name)) || empty);
    const choose = (variants) => say((variants.find(applies) || [0, ""])[1]);
    for (const [name, variants] of drafts.phrases) known[name] = phrases[name] || choose(variants);
    return drafts.sentences.map(choose).filter(Boolean);
  }

  root.offsetStatement = { lines };
})(typeof window === "undefined" ? globalThis : window);
