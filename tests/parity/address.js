"use strict";
// stdin: [{definition, queries, fragments}]; stdout: what is read of each, and what the engine makes of it
const vm = require("node:vm");
const fs = require("node:fs");
const context = vm.createContext({ URLSearchParams });
for (const file of process.argv.slice(2)) vm.runInContext(fs.readFileSync(file, "utf8"), context);
const { offsetCalculator: engine, offsetCalculatorMore: more } = context;
const out = JSON.parse(fs.readFileSync(0, "utf8")).map(({ definition, queries, fragments }) => ({
  queries: queries.map((text) => {
    const copy = structuredClone(definition);
    engine.chooseFactors(copy, new URLSearchParams(text));
    return { ...more.readQuery(text, copy), factors: copy.inputs.factors?.default ?? null };
  }),
  fragments: fragments.map((text) => {
    const [texts, rows] = engine.readFragment(text);
    const { values, shown, problems } = engine.run(definition, texts, definition.rows ? rows : []);
    return { texts, rows, values, shown, problems };
  }),
}));
process.stdout.write(JSON.stringify(out));
