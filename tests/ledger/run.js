"use strict";
// stdin: [{definition, labels, column, text} or {…, file: base64}]; stdout: what the reader of tables gives for each
const vm = require("node:vm");
const fs = require("node:fs");
const context = vm.createContext({ TextDecoder });
for (const path of process.argv.slice(2)) vm.runInContext(fs.readFileSync(path, "utf8"), context);
const { offsetCalculator: engine, offsetCalculatorLedger: ledger } = context;
const out = JSON.parse(fs.readFileSync(0, "utf8")).map(({ definition, labels, column, text, file }) => {
  const table = file === undefined ? ledger.readTable(text) : ledger.readCsv(ledger.decoded(new Uint8Array(Buffer.from(file, "base64"))));
  const { rows, notes, ordered = false } = ledger.read(table, ledger.columnsOf(definition, labels), column, engine);
  return { rows: rows.map((cells) => [...cells]), notes, ordered };
});
process.stdout.write(JSON.stringify(out));
