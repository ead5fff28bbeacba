"use strict";
// stdin: {words, jobs: [{definition, labels: {field: {choice: label}}, vectors: [{inputs, rows}]}]}; stdout: the drafts and hints
const vm = require("node:vm");
const fs = require("node:fs");
const context = vm.createContext({});
for (const file of process.argv.slice(2)) vm.runInContext(fs.readFileSync(file, "utf8"), context);
const { offsetCalculator: engine, offsetStatement } = context;
const { words, jobs } = JSON.parse(fs.readFileSync(0, "utf8"));
const out = jobs.map(({ definition, labels, vectors }) =>
  vectors.map(({ inputs, rows }) => {
    const outcome = engine.run(definition, inputs, rows);
    const typed = (name) => inputs[name] ?? definition.inputs[name].default ?? "";
    const said = (name) => (labels[name] ? labels[name][typed(name)] ?? "" : typed(name));
    return { lines: offsetStatement.lines(words, definition.id, outcome, engine, said), hints: outcome.hints };
  })
);
process.stdout.write(JSON.stringify(out));
