/** How results are shown and kept. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { figure } from "./compare.mjs";

const RESULTS = new URL("../results.json", import.meta.url);
const README = new URL("../../README.md", import.meta.url);
const MARKED = /<!-- bench -->[\s\S]*<!-- \/bench -->/;

/** Results of the last run of full size. */
export function keptResults() {
  return existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, "utf8")) : null;
}

export function keepResults(results) {
  const rounded = (_key, value) => (typeof value === "number" ? Number(value.toPrecision(6)) : value);
  writeFileSync(RESULTS, `${JSON.stringify(results, rounded, 2)}\n`);
}

const outcome = (entry) => entry.value ?? (entry.ratio === null ? "" : figure(entry.ratio));
const verdict = (entry) => (entry.met === null ? "" : entry.met ? "yes" : "no");

/** Lines for a terminal. */
export function printTable(lines) {
  const head = ["Work", "Against", "Ratio", "CPU", "Target", "Met", ""];
  const cells = lines.map((entry) => [
    entry.work,
    entry.against,
    outcome(entry),
    (entry.cpuRatio ?? null) === null ? "" : figure(entry.cpuRatio),
    entry.target,
    verdict(entry),
    entry.note,
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column].length)));
  for (const row of [head, ...cells]) {
    const text = row.map((cell, column) => cell.padEnd(widths[column])).join("  ");
    process.stdout.write(`${text.trimEnd()}\n`);
  }
}

/** What the README shows at first sight; all rows are below it, folded up. */
const AT_FIRST_SIGHT = [
  /^sign a request official/,
  /^createCharge .*1 in flight: calls/,
  /^read a settlement file of [\d,]+ rows PapaParse/,
  /^read a stream of/,
  /^load [\d,]+ rows into SQLite, end to end bare prepared/,
  /^reconcile one settlement/,
  /^a month of [\d,]+ daily files/,
  /^import [\d,]+ own records .*indexes kept/,
  /^dashboard, search/,
  /^sandbox, createCharge/,
];

function tableOf(lines) {
  return [
    "| Work | Against | Ratio | Target |",
    "|---|---|---|---|",
    ...lines.map((entry) => {
      const missed = entry.met === false ? " (missed)" : "";
      return `| ${entry.work} | ${entry.against} | ${outcome(entry)} | ${entry.target}${missed} |`;
    }),
  ].join("\n");
}

/** Targets that were missed are named where nobody has to unfold anything. */
function missedWords(lines) {
  const aimed = lines.filter((entry) => (entry.met ?? null) !== null);
  const missed = aimed.filter((entry) => entry.met === false);
  const names = missed.map((entry) => `${entry.work} (${outcome(entry)}, target ${entry.target})`).join("; ");
  return `${aimed.length - missed.length} of ${aimed.length} targets are met${names === "" ? "" : `. Missed: ${names}`}.`;
}

/** What was not measured at full size is no less true, but of smaller books. */
function sizeWords(rows) {
  const small = Object.entries(rows).filter(([, { size = "full" }]) => size !== "full");
  if (small.length === 0) return "";
  const names = small.length === Object.keys(rows).length ? "All of it" : small.map(([name]) => name).join(", ");
  return ` ${names} at a tenth of the full size (\`--quick --keep\`), which each row names.`;
}

/** Parts of a table may come from runs of several days. */
function commitWords(rows, commit) {
  const all = [...new Set(Object.values(rows).map((row) => row.commit))];
  return all.length <= 1 ? `commit ${commit}` : `comparisons of commits ${all.join(", ")}`;
}

/** The tables of the README, between its marks. */
function readmeTable(lines, { machine, versions, commit, rows }) {
  const first = AT_FIRST_SIGHT.map((pattern) => lines.find((entry) => pattern.test(`${entry.work} ${entry.against}`)));
  return [
    tableOf(first.filter((entry) => entry !== undefined)),
    "",
    `${missedWords(lines)} Medians of alternating rounds on ${machine.cpu} (${machine.cores} cores), Node ${versions.node}, ${commitWords(rows, commit)}; all figures in \`bench/results.json\`.${sizeWords(rows)}`,
    "",
    `<details><summary>All ${lines.length} rows</summary>`,
    "",
    tableOf(lines),
    "",
    "</details>",
  ].join("\n");
}

export function writeReadme(lines, results) {
  const text = readFileSync(README, "utf8");
  if (!MARKED.test(text)) throw new Error("README.md has lost the marks <!-- bench --> and <!-- /bench -->");
  const table = readmeTable(lines, results);
  writeFileSync(
    README,
    text.replace(MARKED, () => `<!-- bench -->\n${table}\n<!-- /bench -->`),
  );
}
