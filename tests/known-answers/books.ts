import { createHash } from "node:crypto";
import {
  addRecords,
  apiV2Source,
  type LedgerContext,
  openMemoryArchive,
  type ReconcileOptions,
  type ReportSource,
  reconcile,
  type Store,
  syncReports,
  type Verdicts,
} from "@amazon-pay-kit/ledger";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { seededRandom } from "@amazon-pay-kit/sdk/random";
import { clockOf } from "../../packages/ledger/src/ingest/reports/sync/testing/shop-fixture.ts";
import { type History, type HistoryShop, START } from "./history.ts";
import { KEYS } from "./keys.ts";

/** The ledger of a history, over a store. */
export function contextOf(history: History, store: Store): LedgerContext {
  return {
    store,
    archive: openMemoryArchive(),
    clock: clockOf(history.sandbox),
    random: seededRandom("known answers"),
    logger: {},
  };
}

/** Reports of a shop through signed calls of API v2. */
function v2Source({ sandbox }: History, { merchant, publicKeyId }: HistoryShop, clock: Clock): ReportSource {
  const client = new AmazonPay({
    region: merchant.region,
    publicKeyId,
    privateKey: KEYS.privateKey,
    fetch: (request) => sandbox.fetch(request),
    clock,
    timeoutMs: Number.POSITIVE_INFINITY,
    totalTimeoutMs: Number.POSITIVE_INFINITY,
  });
  return apiV2Source(client, { pageSize: 100 });
}

/** Fetches every report and payout of the shops, or what a part of the source gives. */
export async function fetchReports(
  history: History,
  context: LedgerContext,
  part: (source: ReportSource) => ReportSource = (source) => source,
): Promise<void> {
  await syncReports(context, {
    accounts: history.shops.map((shop) => ({
      accountId: shop.accountId,
      region: shop.merchant.region,
      environment: "sandbox",
      sellerId: shop.merchant.merchantId,
      sources: [part(v2Source(history, shop, context.clock))],
    })),
  });
}

/** The shop's own order book, all of it or what occurred before a moment. */
export async function addOrderBook(
  context: LedgerContext,
  { accountId, trade }: HistoryShop,
  until: number = Number.POSITIVE_INFINITY,
): Promise<void> {
  const records = trade.records
    .filter((record) => record.occurredAt < until)
    .map(({ amountMinor, ...record }) => ({ ...record, amount: amountMinor }));
  await addRecords({ store: context.store, clock: context.clock, accountId }, records);
}

/** What else is on a shop's bank statement: it begins before the first payout and goes on after the last. */
function otherLines({ trade, merchant }: HistoryShop): HistoryShop["trade"]["bank"] {
  const monthly = (day: number): string => new Date(day).toISOString().slice(0, 10);
  return [START, trade.to].map((day) => ({
    bookedOn: monthly(day),
    amount: -120_000n,
    currency: merchant.currency,
    text: "RENT SHOP FLOOR 2",
    referenceId: "",
  }));
}

/** The shop's bank statement. */
export async function addBankStatement(context: LedgerContext, shop: HistoryShop): Promise<void> {
  const { accountId } = shop;
  const statement = [...shop.trade.bank, ...otherLines(shop)];
  const content = JSON.stringify(statement.map((line) => ({ ...line, amount: String(line.amount) })));
  const { import_id: importId } = await context.store.db
    .insertInto("import")
    .values({
      account_id: accountId,
      what: "bank",
      file_name: "statement.csv",
      content_hash: createHash("sha256").update(content).digest("hex"),
      row_count: statement.length,
      imported_at: context.clock.now(),
    })
    .returning("import_id")
    .executeTakeFirstOrThrow();
  const lines = statement.map((line, index) => ({
    account_id: accountId,
    import_id: importId,
    line: index + 2,
    bank_account: null,
    booked_at: Date.parse(`${line.bookedOn}T00:00:00Z`),
    amount_minor: line.amount,
    currency: line.currency,
    reference: null,
    text: line.text,
  }));
  await context.store.db.insertInto("bank_line").values(lines).execute();
}

/** Everything that the books can know of a history, reconciled. */
export async function reconcileHistory(
  history: History,
  context: LedgerContext,
  options: ReconcileOptions = {},
): Promise<Verdicts> {
  await fetchReports(history, context);
  for (const shop of history.shops) {
    await addOrderBook(context, shop);
    await addBankStatement(context, shop);
  }
  return reconcile(context, options);
}
