import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAmount } from "@amazon-pay-kit/money";
import { type ManualClock, manualClock } from "@amazon-pay-kit/sdk/clock";
import { afterEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import { closeMonth } from "../../close/index.ts";
import { importStatement } from "../../ingest/bank/import-statement.ts";
import { addRecords } from "../../ingest/records/add-records.ts";
import { type Ledger, openLedger } from "../../ledger.ts";
import { explainException, reopenException } from "../../reconcile/exceptions/index.ts";
import { reconcile, type ReconcileOptions } from "../../reconcile/reconcile.ts";
import { capture, load, settlementFile, transfer } from "../../reconcile/testing/books-fixture.ts";
import { exportBooks, type ExportOptions } from "../export-books.ts";
import type { FormatSettings } from "../format.ts";
import { checkExtf } from "../testing/check-extf.ts";
import { JOURNAL_DETAILS } from "./entries.ts";

interface Line {
  readonly date: string;
  readonly role: string;
  readonly currency: string;
  readonly minor: bigint;
  readonly entryNumber: string;
  readonly orderId: string | null;
  readonly description: string;
}

describe.each(["SQLite", "PostgreSQL"])("what people decide, in the journal on %s", (database) => {
  let ledger: Ledger;
  let clock: ManualClock;
  afterEach(() => ledger.close());

  async function open(): Promise<void> {
    clock = manualClock(Date.UTC(2026, 5, 20, 12));
    const databaseUrl = database === "SQLite" ? undefined : await freshDatabase();
    ledger = await openLedger({ dataDir: ":memory:", clock, ...(databaseUrl === undefined ? {} : { databaseUrl }) });
    await ledger.accounts.add({ accountId: "shop", region: "na", environment: "live" });
  }

  async function bank(csv: string): Promise<void> {
    async function* bytes(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(csv);
    }
    await importStatement({ ...ledger, accountId: "shop" }, bytes(), { fileName: "bank.csv" });
  }

  async function textOf(options: Partial<ExportOptions>): Promise<string> {
    const pieces: Uint8Array[] = [];
    for await (const piece of exportBooks(ledger, { format: "ndjson", what: "journal", ...options }))
      pieces.push(piece);
    return Buffer.concat(pieces).toString();
  }

  async function lines(options: Partial<ExportOptions> = {}): Promise<readonly Line[]> {
    return (await textOf(options))
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text) as Line & { debit: string | null; credit: string | null })
      .map((line) => ({
        ...line,
        minor: parseAmount(line.debit ?? "0", line.currency) - parseAmount(line.credit ?? "0", line.currency),
      }));
  }

  const sumOf = (all: readonly Line[], role: string, currency = "USD"): bigint =>
    all.reduce((sum, line) => (line.role === role && line.currency === currency ? sum + line.minor : sum), 0n);
  const shown = (all: readonly Line[]): string[] => all.map(({ date, role, minor }) => `${date} ${role} ${minor}`);

  const SETTLEMENT = settlementFile("5000000001", "2026-05-25T00:00:00", "2026-06-02T00:00:00", [
    capture("2026-05-26T10:00:00", "P01-1111111-1000001-C100001", "100.00", "-2.90"),
    transfer("2026-06-01T23:00:00", "96.80"),
  ]);
  const SHORT = "date,amount,currency,reference,text\n2026-06-03,93.30,USD,1,AMAZON PAY\n2026-06-19,1.00,USD,2,RENT\n";

  it("is booked on the day of the explanation, apart in every detail, and taken back on the day of another one", async () => {
    await open();
    await load(ledger, SETTLEMENT);
    await bank(SHORT);
    const [found] = (await reconcile(ledger)).exceptions;
    expect(found).toMatchObject({ code: "match.amount", amount: "-3.50" });
    const id = found?.id ?? "";
    await explainException(ledger, id, "the bank's fee", "bank-fee");
    for (const detail of JOURNAL_DETAILS) {
      const all = await lines({ detail });
      expect(shown(all.filter(({ entryNumber }) => entryNumber.startsWith("E-")))).toEqual([
        "2026-06-20 bankFees 350",
        "2026-06-20 transit -350",
      ]);
      // What the bank's own booking takes from the way to the bank.
      expect(sumOf(all, "transit")).toBe(9_330n);
    }
    const june = await textOf({ from: Date.UTC(2026, 5, 1), until: Date.UTC(2026, 6, 1) });
    clock.advance(20 * 86_400_000);
    await reopenException(ledger, id, "it was Amazon");
    clock.advance(86_400_000);
    await explainException(ledger, id, "Amazon owes it", "claim");
    expect(await textOf({ from: Date.UTC(2026, 5, 1), until: Date.UTC(2026, 6, 1) })).toBe(june);
    const all = (await lines()).filter(({ entryNumber }) => entryNumber.startsWith("E-"));
    expect(shown(all)).toEqual([
      "2026-06-20 bankFees 350",
      "2026-06-20 transit -350",
      "2026-07-10 bankFees -350",
      "2026-07-10 transit 350",
      "2026-07-11 claims 350",
      "2026-07-11 transit -350",
    ]);
    expect(new Set(all.map(({ entryNumber }) => entryNumber)).size).toBe(3);
  });

  it("is a conversion that leaves nothing in transit in either currency", async () => {
    await open();
    await load(ledger, SETTLEMENT);
    await bank("date,amount,currency,reference,text\n2026-06-03,89.06,EUR,1,AMAZON PAY\n2026-06-19,1.00,EUR,2,RENT\n");
    const [found] = (await reconcile(ledger)).exceptions;
    expect(found).toMatchObject({ code: "match.currency" });
    const conversions = async (options: Partial<ExportOptions> = {}): Promise<string[]> =>
      (await lines(options))
        .filter(({ entryNumber }) => entryNumber.startsWith("X-"))
        .map(({ date, role, minor, currency }) => `${date} ${role} ${minor} ${currency}`);
    expect(await conversions()).toEqual([]);
    await explainException(ledger, found?.id ?? "", "our bank converts", "fx");
    const booked = [
      "2026-06-20 transit -9680 USD",
      "2026-06-20 exchangeDifferences 9680 USD",
      "2026-06-20 transit 8906 EUR",
      "2026-06-20 exchangeDifferences -8906 EUR",
    ];
    for (const detail of JOURNAL_DETAILS) expect(await conversions({ detail })).toEqual(booked);
    expect(await conversions({ currency: "EUR" })).toEqual(booked.slice(2));
    expect(sumOf(await lines(), "transit")).toBe(0n);
    // The bank books the deposit against it.
    expect(sumOf(await lines(), "transit", "EUR")).toBe(8_906n);
    await reopenException(ledger, found?.id ?? "");
    expect(await conversions()).toEqual([]);
    // An account whose bank converts every payout: booked on the day of the deposit, and nobody has to say anything.
    const settings: ReconcileOptions = { conversions: [{ tolerance: "5" }] };
    expect((await reconcile(ledger, settings)).exceptions).toEqual([]);
    expect(await conversions()).toEqual(booked.map((line) => line.replace("06-20", "06-03")));
  });

  it("accrues what is unsettled at a month's end and reverses it on the next day", async () => {
    await open();
    await load(ledger, SETTLEMENT);
    const record = (day: string, orderId: string, amount: bigint, kind: "charge" | "refund" = "charge") => ({
      kind,
      orderId,
      amount,
      currency: "USD",
      occurredAt: Date.parse(`${day}T12:00:00Z`),
      status: "captured",
    });
    await addRecords({ ...ledger, accountId: "shop" }, [
      record("2026-05-30", "#1001", 5_000n),
      record("2026-05-31", "#1002", 2_000n),
      record("2026-05-31", "#1003", 700n, "refund"),
      record("2026-06-01", "#1004", 900n),
    ]);
    await reconcile(ledger);
    await expect(lines({ accrual: true, until: Date.UTC(2026, 5, 1) })).resolves.toBeDefined();
    const accrued = async (options: Partial<ExportOptions> = {}): Promise<readonly Line[]> =>
      (await lines({ accrual: true, ...options })).filter(({ entryNumber }) => /^A[CR]-/.test(entryNumber));
    for (const detail of ["settlement", "day", "month"] as const)
      expect(shown(await accrued({ detail }))).toEqual([
        "2026-05-31 receivable -7000",
        "2026-05-31 refunds 700",
        "2026-05-31 accrued 6300",
        "2026-06-01 receivable 7000",
        "2026-06-01 refunds -700",
        "2026-06-01 accrued -6300",
      ]);
    const rows = await accrued({ detail: "row" });
    expect(new Set(rows.map(({ orderId }) => orderId))).toEqual(new Set(["#1001", "#1002", "#1003"]));
    expect(
      sumOf(
        rows.filter(({ date }) => date === "2026-05-31"),
        "accrued",
      ),
    ).toBe(6_300n);
    expect(sumOf(rows, "accrued")).toBe(0n);
    // The reversal is June's, whatever begins the export.
    expect(shown(await accrued({ from: Date.UTC(2026, 5, 1) }))).toHaveLength(3);
    // June is not over; once it is, its reports have to be there.
    clock.advance(20 * 86_400_000);
    await expect(lines({ accrual: true, until: Date.UTC(2026, 6, 1) })).rejects.toMatchObject({
      code: "export.not-covered",
      message: expect.stringContaining("not to the end of 2026-06") as string,
    });

    // What was written off is due no more.
    await load(
      ledger,
      settlementFile("5000000002", "2026-06-02T00:00:00", "2026-07-05T00:00:00", [
        capture("2026-06-10T10:00:00", "P01-1111111-1000009-C100009", "10.00", "-0.29"),
        transfer("2026-07-04T10:00:00", "9.41"),
      ]),
    );
    const { exceptions } = await reconcile(ledger);
    const unsettled = exceptions.find(({ orderId }) => orderId === "#1001");
    expect(unsettled?.code).toBe("capture.unsettled");
    await explainException(ledger, unsettled?.id ?? "", "never paid", "write-off");
    const july = { from: Date.UTC(2026, 5, 30), until: Date.UTC(2026, 6, 1) };
    expect(sumOf(await accrued(july), "accrued")).toBe(7_200n);
    clock.advance(30 * 86_400_000);
    await load(
      ledger,
      settlementFile("5000000003", "2026-07-05T00:00:00", "2026-08-02T00:00:00", [
        capture("2026-07-10T10:00:00", "P01-1111111-1000010-C100010", "10.00", "-0.29"),
        transfer("2026-08-01T10:00:00", "9.41"),
      ]),
    );
    await reconcile(ledger);
    const august = { from: Date.UTC(2026, 6, 31), until: Date.UTC(2026, 7, 1) };
    expect(sumOf(await accrued(august), "accrued")).toBe(2_200n);

    // A closed month keeps what it was closed with.
    const closed = await closeMonth({ ...ledger, who: "mara" }, { month: "2026-05" });
    expect(closed.closed).toBe(true);
    const before = await textOf({ accrual: true, until: Date.UTC(2026, 5, 2) });
    await addRecords({ ...ledger, accountId: "shop" }, [record("2026-05-29", "#1009", 111n)]);
    await reconcile(ledger);
    expect(await textOf({ accrual: true, until: Date.UTC(2026, 5, 2) })).toBe(before);
  });

  it("is read by beancount and hledger", async () => {
    await open();
    await load(ledger, SETTLEMENT);
    await bank(SHORT);
    await addRecords({ ...ledger, accountId: "shop" }, [
      {
        kind: "charge",
        orderId: '#1001 "x"; y',
        amount: 500n,
        currency: "USD",
        occurredAt: Date.UTC(2026, 4, 30),
        status: "captured",
      },
    ]);
    const [found] = (await reconcile(ledger)).exceptions.filter(({ code }) => code === "match.amount");
    await explainException(ledger, found?.id ?? "", "the bank's fee", "bank-fee");
    const folder = mkdtempSync(join(tmpdir(), "apay-decided-"));
    const feeTax = [{ rate: "19" }];
    const settings = { taxCodes: { fees: "VAT, 19 %" } };
    try {
      for (const detail of JOURNAL_DETAILS)
        for (const [format, program, args] of [
          ["beancount", "bean-check", []],
          ["hledger", "hledger", ["check", "--strict", "-f"]],
        ] as const) {
          const file = join(folder, `${format}.${detail}`);
          writeFileSync(file, await textOf({ format, detail, accrual: true, feeTax, settings }));
          const { error, status, stdout, stderr } = spawnSync(program, [...args, file], { encoding: "utf8" });
          if (error !== undefined && process.env["CI"] !== "true") {
            process.stderr.write(`${program} is not installed: its check of the journal is left out here\n`);
            continue;
          }
          expect({ error, status, output: `${stdout}${stderr}` }).toMatchObject({ error: undefined, status: 0 });
        }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("parts the VAT that is in the fees, to the cent of the month in every detail", async () => {
    await open();
    await load(
      ledger,
      settlementFile("5000000001", "2026-05-01T00:00:00", "2026-06-02T00:00:00", [
        ...Array.from({ length: 9 }, (_, index) =>
          capture(`2026-05-0${index + 1}T10:00:00`, `P01-1111111-100000${index}-C10000${index}`, "10.00", "-0.33"),
        ),
        transfer("2026-05-31T10:00:00", "84.33"),
      ]),
    );
    await reconcile(ledger);
    const feeTax = [{ rate: "19", accountId: "shop", from: "2026-05-01", to: "2026-05-31" }];
    // 9 × 0.63 = 5.67 gross; 0.91 of it is tax: rounded for each row it would be 0.90.
    for (const detail of JOURNAL_DETAILS) {
      const all = await lines({ detail, feeTax });
      expect([sumOf(all, "fees"), sumOf(all, "feeTax")], detail).toEqual([476n, 91n]);
    }
    const reverse = await lines({
      feeTax: [{ rate: "0" }],
      settings: { rules: [{ role: "fees", tax: "reverse-charge", account: "Fees, reverse charge", taxCode: "RC" }] },
    });
    expect(reverse.filter(({ role }) => role.startsWith("fee"))).toMatchObject([
      { role: "fees", minor: 567n, account: "Fees, reverse charge", taxCode: "RC" },
    ]);
    // DATEV works the tax out of the gross amount by its key: then it does not stand apart.
    const keyed = async (settings: FormatSettings): Promise<string[]> => {
      const pieces: Uint8Array[] = [];
      const options = { format: "datev", feeTax, settings } as const;
      for await (const piece of exportBooks(ledger, options)) pieces.push(piece);
      const { problems, bookings } = checkExtf(Buffer.concat(pieces));
      expect(problems).toEqual([]);
      return bookings
        .filter(({ text }) => / fee/.test(text))
        .map(({ hundredths, against, taxKey }) => `${hundredths} ${against} ${taxKey}`);
    };
    expect(await keyed({})).toEqual(["-476 4970 ", "-91 1576 "]);
    expect(await keyed({ datev: { taxCodes: { fees: "9" } } })).toEqual(["-567 4970 0009"]);
    // So do Xero and QuickBooks by the tax code of a line.
    const feesIn = async (format: "xero" | "quickbooks", settings: FormatSettings): Promise<string[]> =>
      (await textOf({ format, feeTax, settings })).split("\n").filter((line) => /fees|Input VAT/.test(line));
    for (const format of ["xero", "quickbooks"] as const) {
      const [net = "", tax = "", ...others] = await feesIn(format, {});
      expect([net, tax].map((line) => /\b\d\.\d\d\b/.exec(line)?.[0])).toEqual(["4.76", "0.91"]);
      expect(others).toEqual([]);
      const [gross = "", ...rest] = await feesIn(format, { [format]: { taxCodes: { fees: "20% VAT" } } });
      expect(gross).toContain("5.67");
      expect(gross).toContain("20% VAT");
      expect(rest).toEqual([]);
    }
    const closed = await closeMonth({ ...ledger, who: "mara" }, { month: "2026-05", feeTax });
    expect(closed.accounts[0]?.document.figures[0]?.feeTax).toEqual({
      rate: "19",
      label: "standard",
      gross: "5.67",
      net: "4.76",
      tax: "0.91",
    });
    // The journal of a closed month has the rate that it was closed with.
    expect(sumOf(await lines({ feeTax: [{ rate: "7" }] }), "feeTax")).toBe(91n);
  });
});
