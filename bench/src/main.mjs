/** Runs the comparisons, prints the table, writes results.json and the table of the README. */
import { execFileSync } from "node:child_process";
import { cpus, release, totalmem } from "node:os";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { figure } from "./compare.mjs";
import { ROWS } from "./rows/index.mjs";

const resultsFile = new URL("../results.json", import.meta.url);
const readme = new URL("../../README.md", import.meta.url);
const wanted = process.argv.slice(2);

const before = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, "utf8")) : { rows: {} };
const results = {
  machine: {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release().split("-")[0]}`,
  },
  versions: { node: process.versions.node, openssl: process.versions.openssl },
  commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
  rows: wanted.length === 0 ? {} : before.rows,
};

for (const row of ROWS) {
  if (wanted.length > 0 && !wanted.some((word) => row.name.includes(word))) continue;
  process.stderr.write(`${row.name} …\n`);
  results.rows[row.name] = { lines: await row.run(), commit: results.commit };
}

const lines = ROWS.flatMap((row) => results.rows[row.name]?.lines ?? []);
const cells = lines.map((entry) => [
  entry.work,
  entry.against,
  entry.ratio === null ? "" : figure(entry.ratio),
  entry.target,
  entry.met === null ? "" : entry.met ? "yes" : "no",
  entry.note,
]);
const head = ["Work", "Against", "Ratio", "Target", "Met", ""];
const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column].length)));
const print = (row) =>
  process.stdout.write(
    `${row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd()}\n`,
  );
print(head);
for (const row of cells) print(row);

writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
const table = [
  "| Work | Against | Ratio | Target |",
  "|---|---|---|---|",
  ...lines.map(
    (entry) =>
      `| ${entry.work} | ${entry.against} | ${entry.ratio === null ? entry.note : figure(entry.ratio)} | ${entry.target} |`,
  ),
].join("\n");
const text = readFileSync(readme, "utf8");
const marked = /<!-- bench -->[\s\S]*<!-- \/bench -->/;
if (marked.test(text)) writeFileSync(readme, text.replace(marked, `<!-- bench -->\n${table}\n<!-- /bench -->`));
