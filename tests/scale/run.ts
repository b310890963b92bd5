/**
 * `npm run scale-model -- --rows 400000 --accounts 200`
 *
 * A model of a ledger with many merchants on a real PostgreSQL: fills `settlement_row` in doubling steps and measures, at each,
 * what a row takes up and what the everyday questions cost; then lays the same rows out in partitions and asks again. Prints
 * the growth law of each figure. The plan that rests on it is decisions/0014.
 */
import { parseArgs } from "node:util";
import { openPostgresStore } from "@amazon-pay-kit/ledger";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import pg from "pg";
import { startPostgres } from "../postgres/server.ts";
import { LAYOUTS, layOut } from "./layouts.ts";
import { fill, questions, type Question } from "./model.ts";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "400000" },
    accounts: { type: "string", default: "200" },
    asks: { type: "string", default: "60" },
  },
});
const most = Number(values.rows);
const accounts = Number(values.accounts);
const asks = Number(values.asks);

interface Cost {
  /** Pages of 8 kB that were touched. */
  readonly pages: number;
  readonly millis: number;
}

interface Plan {
  readonly Plan: { readonly "Shared Hit Blocks": number; readonly "Shared Read Blocks": number };
  readonly Planning?: { readonly "Shared Hit Blocks": number };
  readonly "Execution Time": number;
  readonly "Planning Time": number;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? 0;
}

async function costOf(client: pg.Client, question: Question, table: string): Promise<Cost> {
  const pages: number[] = [];
  const millis: number[] = [];
  for (let ask = 0; ask < asks; ask += 1) {
    const { rows } = await client.query<{ "QUERY PLAN": readonly Plan[] }>(
      `explain (analyze, buffers, format json) ${question.text(table)}`,
      await question.values(client, ask),
    );
    const plan = rows[0]?.["QUERY PLAN"][0];
    if (plan === undefined) continue;
    pages.push(plan.Plan["Shared Hit Blocks"] + plan.Plan["Shared Read Blocks"]);
    millis.push(plan["Execution Time"] + plan["Planning Time"]);
  }
  return { pages: median(pages), millis: median(millis) };
}

async function sizes(client: pg.Client, table: string): Promise<{ readonly heap: number; readonly indexes: number }> {
  const { rows } = await client.query<{ heap: string; indexes: string }>(
    `select sum(pg_table_size(c.oid))::text as heap, sum(pg_indexes_size(c.oid))::text as indexes from pg_class c
     where c.relkind = 'r' and c.oid in (select $1::regclass union select inhrelid from pg_inherits where inhparent = $1::regclass)`,
    [table],
  );
  return { heap: Number(rows[0]?.heap ?? 0), indexes: Number(rows[0]?.indexes ?? 0) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = systemClock.now();
  await work();
  return systemClock.now() - start;
}

/** How a figure grows: the exponent of the power law through the first and the last step. */
function law(steps: readonly number[], figures: readonly number[]): string {
  const ratio = (list: readonly number[]): number => (list.at(-1) ?? 1) / (list[0] || 1);
  const exponent = Math.log(ratio(figures)) / Math.log(ratio(steps));
  return `N^${exponent.toFixed(2)}`;
}

function row(cells: readonly (string | number)[]): void {
  process.stdout.write(
    `${cells.map((cell, index) => (index === 0 ? String(cell).padEnd(44) : String(cell).padStart(12))).join("")}\n`,
  );
}

const postgres = await startPostgres();
try {
  const url = await postgres.createDatabase();
  await (await openPostgresStore(url)).close();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const steps = [most / 8, most / 4, most / 2, most];
  const figures = new Map<string, number[]>();
  const note = (name: string, figure: number): void => void figures.set(name, [...(figures.get(name) ?? []), figure]);
  let there = 0;
  for (const step of steps) {
    const millis = await timed(() => fill(client, { table: "settlement_row", from: there, to: step, accounts }));
    note("rows inserted a second, with all indexes", Math.round((1000 * (step - there)) / millis));
    there = step;
    await client.query("vacuum analyze settlement_row");
    const { heap, indexes } = await sizes(client, "settlement_row");
    note("bytes a row, table", Math.round(heap / step));
    note("bytes a row, indexes", Math.round(indexes / step));
    for (const question of questions(accounts)) {
      const cost = await costOf(client, question, "settlement_row");
      note(`pages: ${question.name}`, cost.pages);
    }
  }
  row(["settlement_row, rows", ...steps, "growth"]);
  for (const [name, list] of figures) row([name, ...list, law(steps, list)]);

  process.stdout.write("\n");
  row(["the same rows laid out as", "plain", ...LAYOUTS.map(({ name }) => name)]);
  const tables = ["settlement_row", ...LAYOUTS.map(({ table }) => table)];
  for (const layout of LAYOUTS) await layOut(client, layout);
  const each = async (name: string, figure: (table: string) => Promise<number>): Promise<void> => {
    const list: number[] = [];
    for (const table of tables) list.push(await figure(table));
    row([name, ...list]);
  };
  await each("partitions", async (table) => {
    const { rows } = await client.query<{ n: number }>(
      `select count(*)::int as n from pg_inherits where inhparent = $1::regclass`,
      [table],
    );
    return rows[0]?.n ?? 0;
  });
  await each("bytes a row, all", async (table) => {
    const { heap, indexes } = await sizes(client, table);
    return Math.round((heap + indexes) / most);
  });
  for (const question of questions(accounts)) {
    await each(`pages: ${question.name}`, async (table) => (await costOf(client, question, table)).pages);
    await each(`microseconds, planning and all`, async (table) =>
      Math.round(1000 * (await costOf(client, question, table)).millis),
    );
  }
  await each("ms: a file of 1,000 rows more", (table) =>
    timed(() => fill(client, { table, from: most, to: most + 1000, accounts })),
  );
  await client.end();
} finally {
  await postgres.stop();
}
