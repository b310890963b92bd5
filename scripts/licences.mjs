/**
 * Writes `THIRD-PARTY.md`: every package that comes with ours, and those that only development needs, with their licences, from
 * the lock file alone.
 *
 *     node scripts/licences.mjs           writes the page
 *     node scripts/licences.mjs --check   status 1 when the page is not what the lock file says, or a licence is missing
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { root } from "./toolbox.mjs";

const lock = JSON.parse(readFileSync(`${root}package-lock.json`, "utf8"));
const MARK = "node_modules/";
const installed = Object.entries(lock.packages)
  .filter(([place, one]) => place.includes(MARK) && one.link !== true)
  .map(([place, one]) => ({
    name: one.name ?? place.slice(place.lastIndexOf(MARK) + MARK.length),
    version: one.version,
    licence: one.license,
    development: one.dev === true,
  }));

const without = installed.filter(({ licence }) => typeof licence !== "string" || licence === "");
for (const { name, version } of without) process.stderr.write(`${name} ${version}: the lock file names no licence\n`);
if (without.length > 0) process.exit(1);

const shipped = new Set(installed.filter((one) => !one.development).map(({ name, version }) => `${name} ${version}`));
function table(wanted) {
  const rows = installed
    .filter(({ name, version }) => shipped.has(`${name} ${version}`) === wanted)
    .map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`);
  return ["| Package | Version | Licence |", "|---|---|---|", ...[...new Set(rows)].sort()];
}

const byLicence = new Map();
for (const { name, version, licence } of installed)
  byLicence.set(licence, (byLicence.get(licence) ?? new Set()).add(`${name} ${version}`));
const sums = [...byLicence]
  .map(([licence, names]) => ({ licence, count: names.size }))
  .sort((left, right) => right.count - left.count || (left.licence < right.licence ? -1 : 1));

const page = `# Third-party packages

Generated from \`package-lock.json\` by \`npm run docs\`. The client (\`@amazon-pay-kit/sdk\`) and \`@amazon-pay-kit/money\` bring nothing along.
The texts of the licences come with the packages; a bill of materials of each published package is written by \`node scripts/release.mjs --out FOLDER\`.

${sums.map(({ licence, count }) => `${licence}: ${count}`).join(" · ")}

## Installed with the published packages

${table(true).join("\n")}

## For development and tests only

${table(false).join("\n")}
`;

const file = `${root}THIRD-PARTY.md`;
if (!process.argv.includes("--check")) writeFileSync(file, page);
else if (!existsSync(file) || readFileSync(file, "utf8") !== page) {
  process.stderr.write("THIRD-PARTY.md is not what package-lock.json says. Run: npm run docs\n");
  process.exit(1);
}
