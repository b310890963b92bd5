import { openPostgresStore, type Store } from "@amazon-pay-kit/ledger/store";
import { DAY } from "@amazon-pay-kit/money";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freshDatabase } from "../../../../tests/postgres/database.ts";
import { createMetrics } from "../metrics/index.ts";
import { booksMetrics } from "./books-metrics.ts";

const NOW = Date.UTC(2026, 5, 1);
let store: Store;
beforeAll(async () => {
  store = await openPostgresStore(await freshDatabase());
});
afterAll(() => store.close());

const account = async (account_id: string): Promise<void> => {
  const values = { account_id, seller_id: null, region: "na", environment: "live", currency: "USD", created_at: 1 };
  await store.db.insertInto("account").values(values).execute();
};

async function report(report_id: string, state: "listed" | "archived" | "loaded", ageDays: number): Promise<void> {
  await store.db
    .insertInto("report")
    .values({
      account_id: "shop",
      source: "v2",
      report_id,
      report_type: "T",
      window_start_at: null,
      window_end_at: null,
      created_at: NOW - ageDays * DAY,
      processing_status: "COMPLETED",
      document_id: null,
      state,
      state_reason: null,
      first_seen_at: NOW,
      last_seen_at: NOW,
      attempts: 0,
      next_attempt_at: null,
      acknowledged_at: null,
    })
    .execute();
}

async function exception(
  id: string,
  over: { status?: string; severity?: string; currency?: string | null; amount_minor?: bigint | null } = {},
): Promise<void> {
  await store.db
    .insertInto("exception")
    .values({
      account_id: "shop",
      exception_id: id,
      code: "match.amount",
      severity: "error",
      message: "m",
      status: "open",
      subject: id,
      currency: "USD",
      amount_minor: 100n,
      found_at: NOW,
      changed_at: NOW,
      ...over,
    })
    .execute();
}

async function hook(
  name: string,
  over: { sequence: number; failing_since_at: number; disabled_at?: number },
): Promise<void> {
  await store.db
    .insertInto("hook")
    .values({ account_id: "shop", name, since_at: NOW, attempts: 1, ...over })
    .execute();
}

it("counts what waits in the books of all accounts, and lets what is done fall to 0", async () => {
  await account("shop");
  await account("new");
  await report("1", "listed", 80);
  await report("2", "listed", 10);
  await report("3", "archived", 85);
  await report("4", "loaded", 89);
  await exception("a", { amount_minor: 9_007_199_254_740_993n });
  await exception("b", { amount_minor: -250n, status: "reopened", severity: "warning" });
  await exception("c", { currency: "JPY", amount_minor: 1234n });
  await exception("d", { currency: null, amount_minor: null, severity: "warning" });
  await exception("e", { status: "explained" });
  await store.db.insertInto("outbox_sequence").values({ account_id: "shop", last: 9, pruned: 0 }).execute();
  await hook("erp", { sequence: 5, failing_since_at: NOW });
  await hook("mail", { sequence: 2, failing_since_at: NOW, disabled_at: NOW });
  // Nobody tells a hook any more that is not configured.
  await hook("former", { sequence: 0, failing_since_at: NOW });
  const metrics = createMetrics();
  const read = booksMetrics(metrics, store, ["erp", "mail"]);
  const lines = async (): Promise<string[]> =>
    (await metrics.text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));

  await read(NOW);
  expect(await lines()).toEqual([
    "apay_accounts_failing 0",
    "apay_reports_waiting 3",
    "apay_reports_expiring 1",
    "apay_accounts_stale 0",
    "apay_webhooks_failing 1",
    "apay_webhooks_disabled 1",
    "apay_webhook_events_waiting 4",
    'apay_exceptions_open{severity="error"} 2',
    'apay_exceptions_open{severity="warning"} 2',
    // Money keeps every digit: as a floating-point number this would end in .92.
    'apay_exceptions_amount{currency="JPY"} 1234',
    'apay_exceptions_amount{currency="USD"} 90071992547412.43',
  ]);

  await store.db.updateTable("exception").set({ status: "explained" }).execute();
  await read(NOW);
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'apay_exceptions_open{severity="error"} 0',
      'apay_exceptions_amount{currency="JPY"} 0',
      'apay_exceptions_amount{currency="USD"} 0.00',
    ]),
  );
});
