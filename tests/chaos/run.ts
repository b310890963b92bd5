/**
 * `npm run chaos -- --seed N --merchants M --days D --kills K --workers N --archive folder|s3`
 *
 * The long form of tests/chaos/chaos.test.ts: prints the figures, and exits with 1 when the books differ from the truth.
 */
import { parseArgs } from "node:util";
import { chaos } from "./chaos.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    merchants: { type: "string", default: "12" },
    days: { type: "string", default: "40" },
    orders: { type: "string", default: "10" },
    kills: { type: "string", default: "40" },
    workers: { type: "string", default: "3" },
    archive: { type: "string", default: "s3" },
    rate: { type: "string", default: "0.3" },
    "database-rate": { type: "string", default: "0.002" },
    within: { type: "string", default: "600" },
  },
});

if (values.archive !== "folder" && values.archive !== "s3") throw new Error("--archive: folder or s3");
const outcome = await chaos({
  seed: values.seed,
  merchants: Number(values.merchants),
  days: Number(values.days),
  ordersPerDay: Number(values.orders),
  kills: Number(values.kills),
  workers: Number(values.workers),
  archive: values.archive,
  rate: Number(values.rate),
  databaseRate: Number(values["database-rate"]),
  within: Number(values.within),
  onProgress: ({ loaded, reports, kills }) => {
    if (process.stderr.isTTY)
      process.stderr.write(`\r${loaded} of ${reports} reports loaded, ${kills} workers killed `);
  },
});
if (process.stderr.isTTY) process.stderr.write("\n");
const { differences, wire, archiveWire, databaseWire, ...figures } = outcome;
for (const [name, value] of Object.entries({ ...figures, differences: differences.length }))
  process.stdout.write(`${name.padEnd(14)} ${value}\n`);
for (const [name, one] of Object.entries({ "amazon pay": wire, archive: archiveWire, database: databaseWire }))
  if (one !== undefined)
    process.stdout.write(
      `${name.padEnd(14)} ${one.connections} connections, ${one.bytes} bytes: ${one.cuts} cut, ${one.stalls} stalled, ${one.truncations} truncated\n`,
    );
for (const line of differences.slice(0, 50)) process.stdout.write(`  ${line}\n`);
process.exitCode = differences.length === 0 ? 0 : 1;
