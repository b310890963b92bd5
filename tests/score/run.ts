/**
 * `npm run score -- --seeds 100 --from 1 --store sqlite|postgres|both`
 *
 * The long form of tests/score/score.test.ts: prints the table, kind by kind, and exits with 1 when anything was missed or
 * false. `--keep FOLDER` copies the files of the first seed for a look at them.
 */
import { cpSync } from "node:fs";
import { parseArgs } from "node:util";
import { startPostgres } from "../postgres/server.ts";
import { scoreWorld } from "./score.ts";
import { ScoreTable } from "./table.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "10" },
    from: { type: "string", default: "1" },
    store: { type: "string", default: "both" },
    keep: { type: "string" },
  },
});
const [seeds, from] = [Number(values.seeds), Number(values.from)];
if (!Number.isSafeInteger(seeds) || seeds < 1 || !Number.isSafeInteger(from))
  throw new Error("--seeds and --from: whole numbers");
if (!["sqlite", "postgres", "both"].includes(values.store)) throw new Error("--store: sqlite, postgres or both");

const tables = new Map<string, ScoreTable>();
const stores = values.store === "both" ? ["sqlite", "postgres"] : [values.store];
const postgres = stores.includes("postgres") ? await startPostgres() : undefined;
try {
  for (const store of stores) tables.set(store, new ScoreTable());
  for (let seed = from; seed < from + seeds; seed += 1) {
    for (const [store, table] of tables) {
      const database = store === "postgres" ? await postgres?.createDatabase() : undefined;
      const judgement = await scoreWorld(seed, database, (folder) => {
        if (values.keep !== undefined && seed === from) cpSync(folder, values.keep, { recursive: true });
      });
      const before = table.problems.length;
      table.add(`seed ${seed}`, judgement);
      for (const problem of table.problems.slice(before)) process.stdout.write(`${store}: ${problem}\n`);
      if (process.stderr.isTTY) process.stderr.write(`\r${seed - from + 1} of ${seeds} seeds `);
    }
  }
} finally {
  await postgres?.stop();
}
for (const [store, table] of tables) process.stdout.write(`\n${store}, ${table.worlds} seeds\n${table}\n`);
process.exitCode = [...tables.values()].every(({ problems }) => problems.length === 0) ? 0 : 1;
