/** Runs the comparisons, prints the table, writes results.json and the table of the README. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { keepResults, keptResults, printTable, writeReadme } from "./report.mjs";
import { ROWS } from "./rows/index.mjs";
import { SCALES } from "./scale.mjs";

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    smoke: { type: "boolean", default: false },
    // Writes the results and the table of the README from a run that is not of full size, and says so in them.
    keep: { type: "boolean", default: false },
    rounds: { type: "string" },
    // Measures nothing: the tables anew from the results that are kept.
    table: { type: "boolean", default: false },
  },
});
const known = ROWS.map((row) => row.name);
for (const word of wanted) {
  if (known.some((name) => name.includes(word))) continue;
  process.stderr.write(`no comparison has ${JSON.stringify(word)} in its name; there are ${known.join(", ")}\n`);
  process.exit(2);
}

if (values.table) {
  const kept = keptResults();
  if (kept === null) throw new Error("there are no results yet: run it without --table first");
  const all = ROWS.flatMap((row) => kept.rows[row.name]?.lines ?? []);
  printTable(all);
  writeReadme(all, kept);
  process.exit(0);
}

const scale = SCALES[values.smoke ? "smoke" : values.quick ? "quick" : "full"];
const folder = mkdtempSync(join(tmpdir(), "apay-bench-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));

const git = (...args) => execFileSync("git", args, { encoding: "utf8" }).trim();
const commit =
  git("rev-parse", "--short", "HEAD") +
  (git("status", "--porcelain", "--", ":!bench/results.json") === "" ? "" : " and changes");
const results = {
  machine: {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release().split("-")[0]}`,
  },
  versions: { node: process.versions.node, openssl: process.versions.openssl },
  commit,
  rows: {},
};
const kept = scale.name === "full" || (values.keep && scale.name === "quick");
// Part of a run takes the place of the same part of the results; what is not of full size is shown, and kept only on request.
if (wanted.length > 0 && kept) results.rows = keptResults()?.rows ?? {};

const failed = [];
for (const row of ROWS) {
  if (wanted.length > 0 && !wanted.some((word) => row.name.includes(word))) continue;
  const start = performance.now();
  process.stderr.write(`${row.name} …`);
  try {
    const lines = await row.run({ ...scale, ...(values.rounds && { rounds: Number(values.rounds) }), folder });
    results.rows[row.name] = { commit, size: scale.name, lines };
    // A long run that breaks off has measured all the same.
    if (kept) keepResults(results);
    process.stderr.write(` ${((performance.now() - start) / 1000).toFixed(0)} s\n`);
  } catch (error) {
    failed.push(row.name);
    process.stderr.write(` failed: ${error instanceof Error ? error.stack : String(error)}\n`);
  }
}

const lines = ROWS.flatMap((row) => results.rows[row.name]?.lines ?? []);
printTable(lines);
if (kept) {
  keepResults(results);
  writeReadme(lines, results);
}
if (failed.length > 0) process.stderr.write(`failed: ${failed.join(", ")}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
