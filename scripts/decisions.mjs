/**
 * Keeps the notes of `decisions/` in one form and writes their index.
 *
 *     node scripts/decisions.mjs [--check] [FOLDER]      FOLDER: `decisions`
 *
 * A note is `NNNN-name.md`: `# NNNN Title`, an empty line, `YYYY-MM-DD · status`, then what was decided, why, and the figures.
 * A date that stands in the title or on a line of its own is put in its place; a status that is not given is `accepted`.
 * Status 1 when a number is given twice or left out, a note has no date or an unknown status, or with `--check` when anything would be written.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "./toolbox.mjs";

const STATUSES = /^(?:accepted|proposed|rejected|superseded by \d{4})$/;
const MONTHS = "January February March April May June July August September October November December".split(" ");

const check = process.argv.includes("--check");
const folder = resolve(process.argv.slice(2).find((one) => !one.startsWith("--")) ?? `${root}decisions`);

/** Day as ISO 8601, of any of the forms in which notes have been dated. */
function dayIn(text) {
  const iso = /(\d{4}-\d\d-\d\d)/.exec(text)?.[1];
  if (iso !== undefined) return iso;
  const [, day, month, year] = /^(\d{1,2}) (\w+) (\d{4})$/.exec(text.trim()) ?? [];
  const index = MONTHS.indexOf(month);
  return index === -1 ? undefined : `${year}-${String(index + 1).padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** A note as it is and as it should be. */
function noteOf(file) {
  const text = readFileSync(join(folder, file), "utf8");
  const number = file.slice(0, 4);
  const [first = "", ...rest] = text.split("\n");
  const dated = / \((\d{4}-\d\d-\d\d)\)$/.exec(first);
  const title = first
    .slice(0, dated?.index)
    .replace(/^#+ /, "")
    .replace(/^\d{4} /, "")
    .trim();
  while (rest[0]?.trim() === "") rest.shift();
  const [line = ""] = rest;
  const own = /^(?:\d{4}-\d\d-\d\d(?: · .*)?|\d{1,2} [A-Z]\w+ \d{4})$/.test(line.trim());
  if (own) rest.shift();
  while (rest[0]?.trim() === "") rest.shift();
  const date = dated?.[1] ?? (own ? dayIn(line) : undefined);
  const status = (own ? / · (.*)$/.exec(line.trim())?.[1] : undefined) ?? "accepted";
  const problems = [];
  if (title === "") problems.push(`${file}: has no title on its first line`);
  if (date === undefined) problems.push(`${file}: has no date; write 2026-11-30 · accepted below the title`);
  if (!STATUSES.test(status))
    problems.push(`${file}: "${status}" is no status; there are accepted, proposed, rejected, superseded by NNNN`);
  return {
    file,
    number,
    title,
    date,
    status,
    text,
    problems,
    wanted: `# ${number} ${title}\n\n${date} · ${status}\n\n${rest.join("\n")}`,
  };
}

const files = readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "README.md");
const named = files.filter((name) => /^\d{4}-[a-z\d-]+\.md$/.test(name)).sort();
const notes = named.map(noteOf);
const problems = [
  ...files.filter((name) => !named.includes(name)).map((name) => `${name}: a note is called NNNN-name.md`),
  ...notes.flatMap((note) => note.problems),
  ...notes.flatMap(({ file, number }, index) =>
    notes[index - 1]?.number === number ? [`${file}: ${number} is the number of ${notes[index - 1].file} too`] : [],
  ),
  ...notes.flatMap(({ file, number }, index) => {
    const before = Number(notes[index - 1]?.number ?? 0);
    return Number(number) > before + 1
      ? [`${file}: no note has the number ${String(before + 1).padStart(4, "0")}`]
      : [];
  }),
];
for (const problem of problems) process.stderr.write(`${problem}\n`);
if (problems.length > 0) process.exit(1);

const index = `# Decisions

Why things are the way they are: choices that a reader would question, with reasons, and figures where speed was one. A new note takes
the next number; \`npm run docs\` puts it into this list.

| | Decision | Date | Status |
|---|---|---|---|
${notes.map(({ file, number, title, date, status }) => `| ${number} | [${title.replaceAll("|", "\\|")}](${file}) | ${date} | ${status} |`).join("\n")}
`;
const indexFile = join(folder, "README.md");
const stale = notes.filter(({ text, wanted }) => text !== wanted).map(({ file }) => file);
if (!existsSync(indexFile) || readFileSync(indexFile, "utf8") !== index) stale.push("README.md");
if (check && stale.length > 0) {
  process.stderr.write(`not in the form of a note, or not in the index: ${stale.join(", ")}. Run: npm run docs\n`);
  process.exit(1);
}
if (!check) {
  for (const { file, text, wanted } of notes) if (text !== wanted) writeFileSync(join(folder, file), wanted);
  writeFileSync(indexFile, index);
}
