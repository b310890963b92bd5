import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AGE_GROUPS,
  ageing,
  countExceptions,
  explain,
  EXPORT_FORMATS,
  exportBooksTo,
  ExportError,
  feesOverTime,
  formatAmount,
  getException,
  getSettlement,
  type LedgerContext,
  listAccounts,
  listAlerts,
  listCoverage,
  listExceptions,
  listForecasts,
  listOpenItems,
  listReports,
  listRowErrors,
  listSettlementRows,
  listSettlements,
  listTransfers,
  openPostgresStore,
  openSqliteStore,
  type Page,
  searchRows,
  type Store,
  verdicts,
} from "@amazon-pay-kit/ledger";
import { DISCREPANCY_KINDS } from "@amazon-pay-kit/sandbox";
import { pick, seededRandom } from "@amazon-pay-kit/sdk/random";
import { describe, expect, it } from "vitest";
import { freshDatabase } from "../postgres/database.ts";
import { contextOf, reconcileHistory } from "./books.ts";
import { type History, type ShopSpec, writeHistory } from "./history.ts";

/** Histories whose books are held side by side: 1 in the usual run, more on request. */
const SEEDS = Number(process.env["TWO_STORES_SEEDS"] ?? "1");
const FROM = Number(process.env["TWO_STORES_FROM"] ?? "1");

const kinds = DISCREPANCY_KINDS.filter(({ stage }) => stage !== "delivery").map(({ kind }) => kind);

function specs(seed: number): ShopSpec[] {
  const random = seededRandom(`two stores ${seed}`);
  return (["na", "eu", "jp"] as const).map((region) => ({
    region,
    kinds: Array.from({ length: 3 }, () => pick(random, kinds)),
    daily: region === "na",
  }));
}

/** Numbers that a store gives out by itself, in whatever order several accounts came. */
const OWN_NUMBERS: ReadonlySet<string> = new Set(["fileId", "bankLineId", "recordId", "importId", "next"]);

/** Values as a text that can be compared: amounts as texts, own numbers left out. */
function plain(value: unknown): string {
  return JSON.stringify(
    value,
    (key, one: unknown) => (OWN_NUMBERS.has(key) ? undefined : typeof one === "bigint" ? `${one}n` : one),
    1,
  );
}

/** Every item of a list, page by page; in small pages it must be the same as in large ones. */
async function every<T>(
  name: string,
  list: (page: { limit: number; cursor?: string }) => Promise<Page<T>>,
): Promise<T[]> {
  const inPages = async (limit: number): Promise<T[]> => {
    const items: T[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: Page<T> = await list({ limit, ...(cursor === undefined ? {} : { cursor }) });
      items.push(...page.items);
      cursor = page.next;
    }
    return items;
  };
  const [small, large] = [await inPages(7), await inPages(200)];
  expect(plain(small), `${name} in small pages`).toBe(plain(large));
  return large;
}

/** Everything that can be asked of books, by name. */
async function answers(context: LedgerContext): Promise<ReadonlyMap<string, string>> {
  const { store } = context;
  const views = { store };
  const now = context.clock.now();
  const found = new Map<string, string>();
  const keep = (name: string, value: unknown): void => void found.set(name, plain(value));
  const settlements = await every("settlements", (page) => listSettlements(views, page));
  const exceptions = await every("exceptions", (page) => listExceptions(views, page));
  const transfers = await every("transfers", (page) => listTransfers(views, page));
  const reports = await every("reports", (page) => listReports(views, page));
  const openItems = await every("open items", (page) => listOpenItems(views, { now, ...page }));
  const rows = await every("rows", (page) => searchRows(views, page));
  for (const [name, list] of Object.entries({ settlements, exceptions, transfers, reports, openItems, rows }))
    keep(name, list);
  keep("verdicts", await verdicts(context));
  keep("accounts", await listAccounts(views));
  keep("alerts", await listAlerts(views));
  keep("ageing", await ageing(views, { now }));
  for (const { name } of AGE_GROUPS)
    keep(`open items ${name}`, await every(name, (page) => listOpenItems(views, { now, group: name, ...page })));
  keep("counts", await countExceptions(views));
  keep("coverage", await listCoverage(views));
  keep("fees", await feesOverTime(views));
  keep("forecasts", await listForecasts(views));
  for (const { accountId, settlementId, currency } of settlements) {
    const one = { accountId, settlementId, currency };
    keep(`settlement ${settlementId}`, await getSettlement(views, one));
    keep(
      `rows of ${settlementId}`,
      await every(settlementId, (page) => listSettlementRows(views, { ...one, ...page })),
    );
  }
  for (const { accountId, exceptionId } of exceptions)
    keep(`exception ${exceptionId}`, await getException(views, { accountId, exceptionId }));
  for (const { file_id: fileId, content_hash: hash } of await store.db.selectFrom("file").selectAll().execute())
    keep(`errors in ${hash}`, await every(hash, (page) => listRowErrors(views, { fileId, ...page })));
  const asked = [
    ...settlements.map(({ settlementId }) => settlementId),
    ...transfers.map(({ amountMinor, currency }) => formatAmount(amountMinor, currency)),
    ...rows.slice(0, 60).flatMap((row) => [row.transactionId, row.orderId, formatAmount(row.netMinor, row.currency)]),
    ...exceptions.map(({ exceptionId }) => exceptionId),
  ].filter((text) => text !== null && text !== "");
  for (const query of new Set(asked)) {
    keep(`explain ${query}`, await explain(views, { query: query ?? "", expected: "48214.57" }));
    keep(
      `search ${query}`,
      await every(`search ${query}`, (page) => searchRows(views, { text: query ?? "", ...page })),
    );
  }
  await exportsOf(context, keep);
  return found;
}

async function exportsOf(context: LedgerContext, keep: (name: string, value: unknown) => void): Promise<void> {
  for (const format of EXPORT_FORMATS.filter(({ name }) => name !== "parquet")) {
    for (const what of format.carries) {
      for (const detail of what === "journal" ? (["settlement", "row"] as const) : (["settlement"] as const)) {
        for (const currency of ["USD", "JPY"]) {
          const name = `export ${format.name} ${what} ${detail} ${currency}`;
          const place = mkdtempSync(join(tmpdir(), "apay-two-stores-"));
          // Into files: programs that take few lines in one get several.
          const options = { format: format.name, what, detail, currency };
          const paths = await exportBooksTo(context, options, join(place, "export")).catch((error: unknown) => {
            if (error instanceof ExportError && error.code === "export.nothing") return error.message;
            throw error;
          });
          keep(
            name,
            typeof paths === "string" ? paths : paths.map((path) => readFileSync(path).toString("latin1")).join("\f"),
          );
          rmSync(place, { recursive: true });
        }
      }
    }
  }
  const folder = mkdtempSync(join(tmpdir(), "apay-two-stores-"));
  try {
    await exportBooksTo(context, { format: "parquet" }, join(folder, "warehouse"));
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((one) =>
      one.endsWith(".parquet"),
    ))
      keep(`parquet ${name}`, readFileSync(join(folder, name)).toString("latin1"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function answersOn(history: History, store: Store): Promise<ReadonlyMap<string, string>> {
  try {
    const context = contextOf(history, store);
    await reconcileHistory(history, context);
    return await answers(context);
  } finally {
    await store.close();
  }
}

describe("SQLite and PostgreSQL", () => {
  it.each(Array.from({ length: SEEDS }, (_none, index) => FROM + index))(
    "answer everything with the same bytes: history %i",
    async (seed) => {
      const history = await writeHistory(`two stores ${seed}`, specs(seed));
      try {
        const here = await answersOn(history, await openSqliteStore(":memory:"));
        const there = await answersOn(history, await openPostgresStore(await freshDatabase()));
        const different = [...here.keys()].filter((name) => here.get(name) !== there.get(name));
        expect([...there.keys()].toSorted()).toEqual([...here.keys()].toSorted());
        for (const name of different.slice(0, 5)) expect.soft(there.get(name), name).toBe(here.get(name));
        expect(different).toEqual([]);
        expect(here.size).toBeGreaterThan(300);
      } finally {
        await history.sandbox.close();
      }
    },
    600_000,
  );
});
