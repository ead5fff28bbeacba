"use strict";
// stdin: {definition, vectors: [{inputs, rows}]}; stdout: what the engine gives for each
const vm = require("node:vm");
const fs = require("node:fs");
const context = vm.createContext({});
for (const file of process.argv.slice(2)) vm.runInContext(fs.readFileSync(file, "utf8"), context);
const jobs = JSON.parse(fs.readFileSync(0, "utf8"));
const out = jobs.map(({ definition, vectors }) =>
  vectors.map(({ inputs, rows }) => {
    const { values, shown, steps, rows: rowValues, rowsShown, problems, notes } = context.offsetCalculator.run(definition, inputs, rows);
    return { values, shown, steps, rows: rowValues, rowsShown, problems, notes };
  })
);
process.stdout.write(JSON.stringify(out));
