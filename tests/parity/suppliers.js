/* What the script of suppliers makes of the tables: argv = its files in order; stdin = {definition, forms}; stdout = JSON. */
"use strict";
const fs = require("fs");
const vm = require("vm");
for (const file of process.argv.slice(2)) vm.runInThisContext(fs.readFileSync(file, "utf8"), file);
const { definition, forms } = JSON.parse(fs.readFileSync(0, "utf8"));
const { find, know, kinds, list, matches } = globalThis.offsetCalculatorSuppliers;
const fresh = () => JSON.parse(JSON.stringify(definition));
const years = (field) => Object.keys((kinds[field].tables ?? globalThis.offsetSupplierTables[field]));
const all = Object.fromEntries(Object.keys(kinds).map((field) => [field, Object.fromEntries(years(field).map((year) => [year, Object.values(list(field, year))]))]));
const outcomes = forms.map(({ inputs, search }) => {
  if (search) return matches(...search).map(({ id }) => id);
  const one = fresh();
  know(one, inputs);
  const { values, shown, steps, problems } = globalThis.offsetCalculator.run(one, inputs, []);
  return { values, shown, steps, problems };
});
const found = Object.fromEntries(Object.keys(kinds).map((field) => [field, find(definition, field, "a0009-f", "2026") ?? null]));
process.stdout.write(JSON.stringify({ all, outcomes, found }));
