"use strict";
// stdin: {data, way, words, vectors: [{inputs}]}; stdout: what the page's own definition of the way gives for each
const vm = require("node:vm");
const fs = require("node:fs");
const context = vm.createContext({});
for (const file of process.argv.slice(2)) vm.runInContext(fs.readFileSync(file, "utf8"), context);
const { data, way, words, vectors } = JSON.parse(fs.readFileSync(0, "utf8"));
Object.assign(context.offsetCalculatorHelpers, data);
const definition = context.offsetCalculatorHelpers.definitionOf(data.ways[way], words);
const out = vectors.map(({ inputs }) => {
  const { values, steps, problems } = context.offsetCalculator.run(definition, inputs);
  return { values, steps, problems };
});
process.stdout.write(JSON.stringify(out));
