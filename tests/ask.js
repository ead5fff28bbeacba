// Asks the search engine of a built site without a browser: node ask.js SITE [TIMES] < questions.json
// TIMES repeats the records with their sentences shuffled, to see how cost grows with the text.
"use strict";

const { readFileSync, readdirSync } = require("node:fs");
const { join } = require("node:path");
const { gzipSync } = require("node:zlib");

const [site, times = "1"] = process.argv.slice(2);
globalThis.self = globalThis;
// the build puts a hash into the name
for (const [folder, name] of [["assets/js", /^search\.([0-9a-f]{8}\.)?js$/], ["search", /^index\.([0-9a-f]{8}\.)?js$/]]) {
  require(join(site, folder, readdirSync(join(site, folder)).find((file) => name.test(file))));
}

// a fixed sequence: the same text each time
let seed = 1;
const random = () => {
  seed = (seed * 16807) % 2147483647;
  return seed / 2147483647;
};

function grown(data, factor) {
  const pieces = data.records.flatMap(({ text }) => text.match(/.{1,40}/gu) || []);
  const shuffled = (text) => (text.match(/.{1,40}/gu) || []).map(() => pieces[Math.floor(random() * pieces.length)]).join("");
  const copied = (copy) => ({ title, names, text, ...one }) => ({ ...one, title: title + copy, names: names.map((name) => name + copy), text: shuffled(text) });
  const records = Array.from({ length: factor }, (_, copy) => (copy ? data.records.map(copied(copy)) : data.records)).flat();
  return { ...data, records };
}

const data = grown(guideSearch.unpack(self.guideSearchIndex), Number(times));
const started = performance.now();
const index = new guideSearch.Index(data);
const build = performance.now() - started;

const answers = JSON.parse(readFileSync(0, "utf8")).map((question) => {
  const before = performance.now();
  const { results, total } = index.search(question);
  const took = performance.now() - before;
  return { total, took, results: results.map(({ record: { title, address, kind } }) => ({ title, address: `/${address}`, kind })) };
});
const size = gzipSync(JSON.stringify(data)).length;
process.stdout.write(JSON.stringify({ build, size, answers, letters: data.records.reduce((sum, { text }) => sum + text.length, 0) }));
