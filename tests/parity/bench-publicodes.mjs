// Times publicodes on the same small sum as our event calculator: stdin {engine}, stdout milliseconds.
import { readFileSync } from "node:fs";

const { engine } = JSON.parse(readFileSync(0, "utf8"));
const { default: Engine } = await import(engine);

const MODES = ["rail", "bus", "car", "air"];
const rules = Object.fromEntries([
  ["people", { question: "people", "par défaut": "120" }],
  ["km", { question: "km", "par défaut": "20" }],
  ["trips", { question: "trips", "par défaut": "2" }],
  ...MODES.map((mode) => [mode, `people * km * trips * 0.017`]),
  ["kwh", { question: "kwh", "par défaut": "500" }],
  ["electricity", "kwh * 0.416"],
  ["total", { somme: [...MODES, "electricity"] }],
]);

const instance = new Engine(rules, { logger: { log() {}, warn() {}, error() {} } });
const times = [];
for (let i = 0; i < 300; i += 1) {
  const start = performance.now();
  instance.setSituation({ people: String(100 + i), kwh: String(400 + i) });
  instance.evaluate("total");
  times.push(performance.now() - start);
}
times.sort((a, b) => a - b);
process.stdout.write(String(times[times.length / 2]));
