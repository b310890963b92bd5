/**
 * Times every page of the dashboard, with every filter and order, on invented books: `npm run scale-pages -- --settlements 1000
 * --each 1000` for a million rows, `--accounts 10000 --settlements 10 --each 10` for many accounts. With `--postgres` the books are
 * there; it needs PostgreSQL's programs, or a server in APAY_TEST_DATABASE_URL. A folder given with `--keep` is filled once.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createDashboardApp } from "../../packages/dashboard/src/server/app.tsx";
import { openPostgresStore, openSqliteStore } from "@amazon-pay-kit/ledger/store";
import { sql } from "kysely";
import { startPostgres } from "../postgres/server.ts";
import { fillLargeBooks, lastMoment } from "./large-books.ts";
import { LARGE_PAGES } from "./page-list.ts";

const { values } = parseArgs({
  options: {
    accounts: { type: "string", default: "1" },
    settlements: { type: "string", default: "1000" },
    each: { type: "string", default: "1000" },
    visits: { type: "string", default: "5" },
    only: { type: "string" },
    keep: { type: "string" },
    postgres: { type: "boolean", default: false },
  },
});
const shape = { accounts: Number(values.accounts), settlements: Number(values.settlements), rows: Number(values.each) };
const visits = Number(values.visits);
/** What the issue of the dashboard asks for, milliseconds and bytes. */
const MOST_MILLIS = 100;
const MOST_BYTES = 200_000;

const write = (text: string): void => void process.stdout.write(`${text}\n`);
const folder = values.keep ?? mkdtempSync(join(tmpdir(), "apay-scale-pages-"));
const path = join(folder, "ledger.sqlite");
const filled = !values.postgres && existsSync(path);
const server = values.postgres ? await startPostgres() : undefined;
const store =
  server === undefined ? await openSqliteStore(path) : await openPostgresStore(await server.createDatabase());
try {
  const began = performance.now();
  if (!filled) {
    if (store.dialect === "sqlite") await sql`pragma synchronous = off`.execute(store.db);
    await fillLargeBooks(store, shape);
    if (store.dialect === "postgres") await sql`vacuum analyze`.execute(store.db);
  }
  const size = shape.accounts * shape.settlements * shape.rows;
  write(`${size} rows in ${shape.accounts} accounts, made in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const app = createDashboardApp({
    views: { store },
    books: {
      fileLines: () => Promise.resolve({ contentHash: "", archivePath: "", lines: [] }),
      explain: () => Promise.resolve(),
      reopen: () => Promise.resolve(),
    },
    access: { isHost: () => true, localUser: "mara" },
    secret: "scale",
    now: () => lastMoment(shape),
  });
  const slow: string[] = [];
  for (const page of LARGE_PAGES.filter((one) => values.only === undefined || one.includes(values.only))) {
    const millis: number[] = [];
    let [bytes, status] = [0, 0];
    for (let visit = 0; visit < visits + 1; visit += 1) {
      const { user, system } = process.cpuUsage();
      const start = performance.now();
      const answer = await app.request(`http://books${page}`);
      bytes = (await answer.arrayBuffer()).byteLength;
      status = answer.status;
      const spent = process.cpuUsage({ user, system });
      // The work is this process's own on SQLite; waiting for a server counts, too.
      const cost = server === undefined ? (spent.user + spent.system) / 1000 : performance.now() - start;
      // The first visit compiles statements and code.
      if (visit > 0) millis.push(cost);
      if (cost > 20 * MOST_MILLIS) break;
    }
    if (millis.length === 0) millis.push(Number.POSITIVE_INFINITY);
    const ordered = millis.toSorted((left, right) => left - right);
    const p95 = ordered[Math.ceil(ordered.length * 0.95) - 1] ?? 0;
    const fault = status !== 200 || p95 > MOST_MILLIS || bytes > MOST_BYTES;
    const line = `${fault ? "!" : " "} ${p95.toFixed(0).padStart(6)} ms ${String(Math.round(bytes / 1000)).padStart(5)} KB ${status} ${page}`;
    write(line);
    if (fault) slow.push(page);
  }
  write(`${slow.length} of ${LARGE_PAGES.length} pages above ${MOST_MILLIS} ms or ${MOST_BYTES / 1000} KB`);
  if (slow.length > 0) process.exitCode = 1;
} finally {
  await store.close();
  await server?.stop();
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true });
}
