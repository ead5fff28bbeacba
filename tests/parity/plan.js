"use strict";
// argv: the scripts in order; stdin: {words, statement, parts, definitions, plans}; stdout: {paper: text} of each plan
const fs = require("node:fs");
const vm = require("node:vm");
globalThis.HTMLElement = class {};
globalThis.customElements = { define() {} };
for (const file of process.argv.slice(2)) vm.runInThisContext(fs.readFileSync(file, "utf8"), file);
const { words, statement, parts, definitions, plans } = JSON.parse(fs.readFileSync(0, "utf8"));
const { offsetCalculator: engine, offsetPlanPaper, offsetStatement } = globalThis;
offsetStatement.words = statement;
const out = plans.map((plan) => {
  const values = new offsetPlanPaper.Values(plan, words, { engine, statement: offsetStatement, parts, definitions });
  const isMade = ({ methods, unless }) => (!methods || methods.includes(plan.method)) && !unless?.includes(values.course);
  const made = Object.entries(words.papers).filter(([, paper]) => isMade(paper));
  return Object.fromEntries(made.map(([id, paper]) => [id, offsetPlanPaper.text(paper, values, words.gap)]));
});
process.stdout.write(JSON.stringify(out));
