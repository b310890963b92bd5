import { HOUR } from "@amazon-pay-kit/money";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Ledger, openLedger } from "../../../../ledger.ts";
import { settlementFile } from "../../../../store/conformance/report-files.ts";
import type { ListedReport, ReportSource } from "../../sources/source.ts";
import { takeIn } from "../../archive-report.ts";
import { earliestRetry } from "./earliest-retry.ts";
import { waitingFiles } from "./load-waiting.ts";

const NOW = Date.UTC(2026, 5, 1);
let clock: ReturnType<typeof manualClock>;
let ledger: Ledger;
let fetched: (string | null)[];
beforeEach(async () => {
  clock = manualClock(NOW);
  ledger = await openLedger({ dataDir: ":memory:", clock });
  fetched = [];
});
afterEach(() => ledger.close());

const report = (more: Partial<ListedReport> = {}): ListedReport => ({
  reportId: "R1",
  reportType: "GET_FLAT_FILE_OFFAMAZONPAYMENTS_SETTLEMENT_DATA",
  windowStart: null,
  windowEnd: null,
  createdAt: NOW - HOUR,
  status: "ready",
  processingStatus: "COMPLETED",
  documentId: "D1",
  ...more,
});

async function* bytesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Syncs once with one report, whose bytes are those of its document, and gives what is known of it then. */
async function listed(one: ListedReport, bytes: Readonly<Record<string, Uint8Array>> = {}) {
  const source: ReportSource = {
    name: "v2",
    async *list() {
      yield [one];
    },
    async fetch({ documentId }) {
      fetched.push(documentId);
      const found = bytes[documentId ?? ""];
      if (found === undefined) throw new Error("it broke off");
      return bytesOf(found);
    },
  };
  await ledger.sync({ accounts: [{ accountId: "shop", region: "na", environment: "live", sources: [source] }] });
  const { db } = ledger.store;
  return db.selectFrom("report").select(["state", "state_reason", "next_attempt_at"]).executeTakeFirstOrThrow();
}

const GOOD = settlementFile([{ cents: 100 }]);
const OTHER = settlementFile([{ cents: 200 }], { settlementId: "5000000009" });
const PAGE = new TextEncoder().encode("<html><body>Sign in</body></html>");

it("a report that waits for its next try keeps the reason of its last one, and is asked about first", async () => {
  const failed = await listed(report());
  expect(failed).toMatchObject({ state: "listed", state_reason: expect.stringContaining("it broke off") as string });
  const again = await listed(report());
  expect(fetched).toEqual(["D1"]);
  expect(again).toEqual(failed);
  expect(await earliestRetry(ledger.store.db, ["other", "shop"])).toBe(failed.next_attempt_at);
  expect(await earliestRetry(ledger.store.db, ["other"])).toBeNull();
});

it("one that the service has given up is not waited for, and says so", async () => {
  await listed(report());
  const gone = await listed(report({ status: "failed", processingStatus: "CANCELLED", documentId: null }));
  expect(gone).toMatchObject({ state: "failed", state_reason: "the service says CANCELLED: request it again" });
  expect(await earliestRetry(ledger.store.db, ["shop"])).toBeNull();
});

it("one that is in the books is fetched again for another document, and for nothing else", async () => {
  const bytes = { D1: GOOD, D2: OTHER };
  expect((await listed(report(), bytes)).state).toBe("loaded");
  expect((await listed(report(), bytes)).state).toBe("loaded");
  expect((await listed(report({ status: "in-progress", documentId: null }), bytes)).state).toBe("loaded");
  expect(fetched).toEqual(["D1"]);
  expect((await listed(report({ documentId: "D2" }), bytes)).state).toBe("loaded");
  expect(fetched).toEqual(["D1", "D2"]);
});

it("one that could not be used is loaded from its next document, and the first is not tried again", async () => {
  expect((await listed(report(), { D1: PAGE })).state).toBe("quarantined");
  const account = await ledger.accounts.add({ accountId: "shop", region: "na", environment: "live" });
  // A run that ends between the two steps leaves the new bytes in the archive.
  const archived = { ...report({ documentId: "D2" }), source: "v2", fetchedAt: NOW };
  const { fileId } = await takeIn(ledger, account, archived, bytesOf(GOOD));
  const waiting = await waitingFiles({ context: ledger, account, source: { name: "v2" } as ReportSource }, 0, 10);
  expect(waiting.map((one) => one.fileId)).toEqual([fileId]);
  const next = await listed(report({ documentId: "D2" }), { D2: GOOD });
  expect(next).toMatchObject({ state: "loaded", state_reason: null });
});
