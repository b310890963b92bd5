import { parseAmount } from "@amazon-pay-kit/money";
import { afterEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { closeMonth } from "../../close/index.ts";
import type { Ledger } from "../../ledger.ts";
import { withdrawReport } from "../../ingest/reports/withdraw-report.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../../reconcile/testing/books-fixture.ts";
import { acceptSettlement } from "../../reconcile/versions/index.ts";
import { reconcile } from "../../reconcile/reconcile.ts";
import { exportBooks, type ExportOptions } from "../export-books.ts";
import { JOURNAL_DETAILS } from "./entries.ts";

const FIRST = settlementFile("5000000001", "2026-04-01T00:00:00", "2026-04-08T00:00:00", [
  capture("2026-04-02T10:00:00", "P01-1111111-1000001-C100001", "100.00", "-2.90"),
  transfer("2026-04-08T00:00:00", "96.80"),
]);
/** Across the month's end, and its last capture is of another month in Los Angeles than in UTC and Tokyo. */
const LATE = settlementFile("5000000002", "2026-04-08T00:00:00", "2026-05-04T00:00:00", [
  capture("2026-04-09T10:00:00", "P01-1111111-1000002-C100002", "50.00", "-1.45"),
  capture("2026-05-01T03:00:00", "P01-1111111-1000006-C100006", "7.00", "-0.20"),
  transfer("2026-05-04T00:00:00", "54.75"),
]);
const MAY = settlementFile("5000000003", "2026-05-04T00:00:00", "2026-06-02T00:00:00", [
  capture("2026-05-29T10:00:00", "P01-1111111-1000003-C100003", "10.00", "-0.29"),
  transfer("2026-06-02T00:00:00", "9.41"),
]);

interface Line {
  readonly date: string;
  readonly role: string;
  readonly debit: string | null;
  readonly credit: string | null;
  readonly description: string;
}

describe.each([
  ["UTC", "SQLite"],
  ["Asia/Tokyo", "PostgreSQL"],
  ["America/Los_Angeles", "SQLite"],
])("journals of closed months in %s on %s", (timeZone, store) => {
  let ledger: Ledger;
  afterEach(() => ledger.close());

  async function text(options: Partial<ExportOptions>): Promise<string> {
    let written = "";
    const decoder = new TextDecoder();
    const what = { format: "ndjson", what: "journal", timeZone, ...options } as const;
    for await (const piece of exportBooks(ledger, what)) written += decoder.decode(piece, { stream: true });
    return written;
  }
  const linesOf = (written: string): Line[] =>
    written
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
  const sums = (lines: readonly Line[]): Record<string, string> => {
    const found: Record<string, bigint> = {};
    for (const { role, debit, credit } of lines) {
      const minor = debit === null ? -parseAmount(credit ?? "0", "USD") : parseAmount(debit, "USD");
      found[role] = (found[role] ?? 0n) + minor;
    }
    return Object.fromEntries(
      Object.entries(found)
        .filter(([, minor]) => minor !== 0n)
        .sort()
        .map(([role, minor]) => [role, String(minor)]),
    );
  };

  /** Bytes of April in every detail and in two formats more. */
  const april = { from: 0, until: Date.UTC(2026, 4, 1, 7) };
  async function aprilBytes(): Promise<readonly string[]> {
    const { calendarOf } = await import("@amazon-pay-kit/money");
    const until = calendarOf(timeZone).startOf("2026-05-01");
    const all: string[] = [];
    for (const detail of JOURNAL_DETAILS) all.push(await text({ ...april, until, detail }));
    for (const format of ["beancount", "hledger", "quickbooks"]) all.push(await text({ ...april, until, format }));
    return all;
  }

  async function closedApril(...files: readonly Uint8Array[]): Promise<void> {
    ledger = await booksFixture(store === "SQLite" ? undefined : await freshDatabase());
    await load(ledger, ...files);
    await reconcile(ledger);
    // Where the gap is known the month cannot be closed: these books do not know of it.
    await ledger.store.db.deleteFrom("coverage").execute();
    const { closed } = await closeMonth(ledger, { month: "2026-04", timeZone });
    expect(closed).toBe(true);
  }

  it("stay what they were, and what came late is an adjustment in the first open month", async () => {
    ledger = await booksFixture(store === "SQLite" ? undefined : await freshDatabase());
    await load(ledger, FIRST, MAY);
    await reconcile(ledger);
    const open = await aprilBytes();
    await ledger.store.db.deleteFrom("coverage").execute();
    expect((await closeMonth(ledger, { month: "2026-04", timeZone })).closed).toBe(true);
    expect(await aprilBytes()).toEqual(open);
    await load(ledger, LATE);
    await reconcile(ledger);
    expect(await aprilBytes()).toEqual(open);
    for (const detail of JOURNAL_DETAILS) {
      const lines = linesOf(await text({ detail }));
      const adjusted = lines.filter(({ description }) =>
        description.includes("adjustment of the closed month 2026-04"),
      );
      expect(new Set(adjusted.map(({ date }) => date))).toEqual(new Set(["2026-05-01"]));
      expect(adjusted[0]?.description).toMatch(/settlement 5000000002 came after that month was closed/);
      // 100.00, 50.00, 7.00 and 10.00 less fees of 0.30 and 2.9 % each; all of it was transferred.
      expect(sums(lines)).toEqual({ fees: "604", receivable: "-16700", transit: "16096" });
    }
  });

  it("book a version that was accepted later as the difference to the one that was closed", async () => {
    await closedApril(FIRST, LATE, MAY);
    const before = await aprilBytes();
    const again = settlementFile("5000000002", "2026-04-08T00:00:00", "2026-05-04T00:00:00", [
      capture("2026-04-09T10:00:00", "P01-1111111-1000002-C100002", "50.00", "-1.45", "0"),
      capture("2026-05-01T03:00:00", "P01-1111111-1000006-C100006", "7.00", "-0.20"),
      transfer("2026-05-04T00:00:00", "55.05"),
    ]);
    await load(ledger, again);
    await reconcile(ledger);
    // The first open month has the adjustment, although the settlement was paid out before it.
    await expect(text({ from: Date.UTC(2026, 4, 1) })).rejects.toMatchObject({ code: "export.not-accepted" });
    await acceptSettlement(ledger, { settlementId: "5000000002" });
    await reconcile(ledger);
    expect(await aprilBytes()).toEqual(before);
    const lines = linesOf(await text({}));
    const adjusted = lines.filter(({ description }) => description.includes("settlement 5000000002 has changed since"));
    expect(sums(adjusted)).toEqual({ clearing: "30", fees: "-30" });
    expect(sums(lines)).toEqual({ fees: "574", receivable: "-16700", transit: "16126" });
  });

  it("are refused where a file of the closed month was taken out, or the zone is another", async () => {
    await closedApril(FIRST, LATE, MAY);
    await expect(text({ timeZone: "Europe/Berlin" })).rejects.toMatchObject({ code: "export.closed-zone" });
    const { content_hash: hash } = await ledger.store.db
      .selectFrom("file")
      .select("content_hash")
      .where("window_start_at", "=", Date.UTC(2026, 3, 1))
      .executeTakeFirstOrThrow();
    await withdrawReport({ ...ledger, who: "mara" }, hash.slice(0, 16), "of another shop");
    await reconcile(ledger);
    await expect(text({})).rejects.toMatchObject({ code: "export.closed-file-gone" });
  });
});
