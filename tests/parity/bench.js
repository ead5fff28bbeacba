"use strict";
// median time of one evaluation of each calculator's first preset, in milliseconds
const vm = require("node:vm");
const fs = require("node:fs");
const context = globalThis;
for (const file of process.argv.slice(2)) vm.runInThisContext(fs.readFileSync(file, "utf8"));
for (const { name, definition, inputs, rows } of JSON.parse(fs.readFileSync(0, "utf8"))) {
  const times = [];
  for (let i = 0; i < 3000; i += 1) {
    const start = process.hrtime.bigint();
    context.offsetCalculator.run(definition, inputs, rows);
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  times.sort((a, b) => a - b);
  console.log(`${name} ${times[1500].toFixed(4)} ms`);
}
