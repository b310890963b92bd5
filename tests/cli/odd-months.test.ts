import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { systemRandom } from "@amazon-pay-kit/sdk/random";
import { afterEach, describe, expect, it } from "vitest";
import { runProgram } from "../../packages/cli/src/program.ts";
import { testTerminal } from "../../packages/cli/src/terminal/testing/test-terminal.ts";

/**
 * Months that are not like others, by way of the command line alone: files in a folder, and what the commands say of them. Sums are
 * worked out by hand.
 */
const COLUMNS =
  "TransactionPostedDate,SettlementId,AmazonTransactionId,SellerReferenceId,TransactionType,AmazonOrderReferenceId,SellerOrderId,StoreName,CurrencyCode,TransactionDescription,TransactionAmount,TransactionPercentageFee,TransactionFixedFee,TotalTransactionFee,NetTransactionAmount";

/** A row: when, what, whose, and amount, percentage fee, fixed fee, both together, net. */
interface Row {
  readonly at: string;
  readonly type: string;
  readonly number?: number;
  readonly store?: string;
  readonly sums: readonly [amount: string, percentage: string, fixed: string, fee: string, net: string];
}

/** Money that moves without a fee. */
const plain = (at: string, type: string, amount: string): Row => ({ at, type, sums: [amount, "0", "0", "0", amount] });
/** 2.4 % and 0.35 of some round amounts. */
const SUMS: Readonly<Record<string, Row["sums"]>> = {
  "10.00": ["10.00", "-0.24", "-0.35", "-0.59", "9.41"],
  "20.00": ["20.00", "-0.48", "-0.35", "-0.83", "19.17"],
  "50.00": ["50.00", "-1.20", "-0.35", "-1.55", "48.45"],
  "100.00": ["100.00", "-2.40", "-0.35", "-2.75", "97.25"],
};
const sale = (at: string, number: number, amount: string, store = ""): Row => {
  const sums = SUMS[amount];
  if (sums === undefined) throw new TypeError(`the fees of ${amount} are not in the table`);
  return { at, type: "Capture", number, store, sums };
};

class Shop {
  readonly folder = mkdtempSync(join(tmpdir(), "apay-odd-months-"));
  readonly clock = manualClock(Date.UTC(2027, 2, 1));
  #files = 0;

  constructor(config: object = {}, account: object = {}) {
    mkdirSync(join(this.folder, "in"));
    const shop = { region: "eu", sources: ["folder"], inbox: "in", ...account };
    this.write("apay.config.json", JSON.stringify({ accounts: { shop }, dataDir: "books", ...config }));
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  settlement(id: string, from: string, to: string, rows: readonly Row[], currency = "EUR"): void {
    const lines = rows.map(({ at, type, number, store = "", sums }) => {
      const permission = number === undefined ? "" : `P02-1111111-${1_000_000 + number}`;
      const own = number === undefined ? "" : `${permission}-${type.slice(0, 1)}${100_000 + number}`;
      return [`${at} +0000`, id, own, "", type, permission, number ?? "", store, currency, "", ...sums].join(",");
    });
    const head = [
      "Amazon Payments Advanced,",
      "Settlement Report,",
      "SellerId,A1TEST",
      `SettlementStartDate,${from} +0000`,
      `SettlementEndDate,${to} +0000`,
      COLUMNS,
    ];
    const path = `in/${(this.#files += 1)}-${id}.csv`;
    this.write(path, [...head, ...lines, ""].join("\n"));
    const seconds = this.clock.now() / 1000 - 3600 + this.#files;
    utimesSync(join(this.folder, path), seconds, seconds);
  }

  async run(...args: readonly string[]): Promise<{ status: number; out: string; err: string }> {
    const terminal = testTerminal(this.folder, { columns: 250 });
    const config = ["--config", join(this.folder, "apay.config.json")];
    const status = await runProgram([...args, ...config], terminal, this.clock, systemRandom);
    return { status, ...terminal.written };
  }

  async json<T>(...args: readonly string[]): Promise<T> {
    return JSON.parse((await this.run(...args, "--json")).out) as T;
  }

  /** What is loaded, and what is wrong with it but for the weeks since the last report. */
  async judged(): Promise<readonly string[]> {
    await this.run("sync", "--once");
    const { settlements, exceptions } = await this.json<{
      settlements: { settlementId: string; status: string; bank: string }[];
      exceptions: { code: string; amount: string | null; message: string }[];
    }>("reconcile");
    return [
      ...settlements.map((one) => `${one.settlementId} ${one.status} ${one.bank}`).toSorted(),
      ...exceptions
        .filter(({ code, message }) => !(code === "report.missing" && /to 2027-02-/.test(message)))
        .map(({ code, amount }) => `${code} ${amount}`),
    ];
  }

  /** Sums of the journal by day or month and role, in the smallest unit. */
  async journal(...more: readonly string[]): Promise<Record<string, string>> {
    const { out, status, err } = await this.run("export", "--format", "ndjson", "--what", "journal", ...more);
    expect([status, err.includes("error")]).toEqual([0, false]);
    const sums = new Map<string, bigint>();
    for (const line of out.trimEnd().split("\n")) {
      const one = JSON.parse(line) as { date: string; role: string; debit: string | null; credit: string | null };
      const minor = BigInt((one.debit ?? `-${one.credit}`).replace(".", ""));
      const key = `${one.date} ${one.role}`;
      sums.set(key, (sums.get(key) ?? 0n) + minor);
    }
    return Object.fromEntries([...sums].map(([key, minor]) => [key, String(minor)]));
  }
}

let shop: Shop | undefined;
afterEach(() => {
  if (shop !== undefined) rmSync(shop.folder, { recursive: true, force: true });
  shop = undefined;
});

describe("a month in which the clock changes", () => {
  it("has the rows of its own days, of 23 hours and of 25", async () => {
    const books = (shop = new Shop({ timeZone: "Europe/Berlin" }));
    books.settlement("7000000001", "2026-03-23T23:00:00", "2026-04-06T22:00:00", [
      sale("2026-03-28T22:59:59", 1, "10.00"), // 23:59:59 on 28 March
      sale("2026-03-28T23:00:00", 2, "20.00"), // midnight; the day ends 23 hours later
      sale("2026-03-29T21:59:59", 3, "20.00"), // 23:59:59 on 29 March
      sale("2026-03-29T22:00:00", 4, "50.00"),
      sale("2026-03-31T21:59:59", 5, "10.00"), // the last second of March
      sale("2026-03-31T22:00:00", 6, "100.00"),
      plain("2026-04-06T22:00:00", "Transfer", "-202.86"),
    ]);
    books.settlement("7000000002", "2026-04-06T22:00:00", "2026-11-02T23:00:00", [
      sale("2026-10-24T22:00:00", 7, "10.00"), // midnight on 25 October, a day of 25 hours
      sale("2026-10-25T00:30:00", 8, "20.00"), // 02:30 for the first time
      sale("2026-10-25T01:30:00", 9, "50.00"), // 02:30 for the second time
      sale("2026-10-25T22:59:59", 10, "20.00"),
      sale("2026-10-25T23:00:00", 11, "100.00"),
      plain("2026-11-02T23:00:00", "Transfer", "-193.45"),
    ]);
    expect(await books.judged()).toEqual(["7000000001 balanced unchecked", "7000000002 balanced unchecked"]);
    expect(await books.journal("--detail", "day", "--to", "2026-03-31")).toMatchObject({
      "2026-03-28 receivable": "-1000",
      "2026-03-29 receivable": "-4000",
      "2026-03-30 receivable": "-5000",
      "2026-03-31 receivable": "-1000",
    });
    const october = await books.journal("--detail", "day", "--from", "2026-10-25", "--to", "2026-10-26");
    expect(october).toMatchObject({ "2026-10-25 receivable": "-10000", "2026-10-26 receivable": "-10000" });
    expect(Object.keys(october).every((key) => /^2026-10-2[56] /.test(key))).toBe(true);
    const { out } = await books.run("fees", "--by", "month");
    expect(out).toMatch(/2026-03 +Capture +EUR +5 +110\.00 /);
    expect(out).toMatch(/2026-04 +Capture +EUR +1 +100\.00 /);
    expect(out).toMatch(/2026-10 +Capture +EUR +5 +200\.00 /);
  });
});

describe("a settlement across the year's end, reserves and a payout below zero", () => {
  const open = (): Shop => {
    const books = (shop = new Shop({ timeZone: "Europe/Berlin" }));
    books.settlement("7000000001", "2026-12-22T23:00:00", "2026-12-29T23:00:00", [
      sale("2026-12-24T10:00:00", 1, "100.00"),
      plain("2026-12-29T23:00:00", "Reserve", "-50.00"),
      plain("2026-12-29T23:00:00", "Transfer", "-47.25"),
    ]);
    books.settlement("7000000002", "2026-12-29T23:00:00", "2027-01-05T23:00:00", [
      plain("2026-12-29T23:00:00", "Reserve", "50.00"),
      sale("2026-12-31T22:59:59", 2, "10.00"),
      sale("2026-12-31T23:00:00", 3, "20.00"),
      plain("2027-01-05T23:00:00", "Reserve", "-30.00"),
      plain("2027-01-05T23:00:00", "Transfer", "-48.58"),
    ]);
    books.settlement("7000000003", "2027-01-05T23:00:00", "2027-01-12T23:00:00", [
      plain("2027-01-05T23:00:00", "Reserve", "30.00"),
      {
        at: "2027-01-08T10:00:00",
        type: "Chargeback",
        number: 1,
        sums: ["-100.00", "0", "-15.00", "-15.00", "-115.00"],
      },
      plain("2027-01-12T23:00:00", "Transfer", "85.00"),
    ]);
    // A week without a sale: a report without a row.
    books.settlement("7000000004", "2027-01-12T23:00:00", "2027-01-19T23:00:00", []);
    books.settlement("7000000005", "2027-01-19T23:00:00", "2027-02-02T23:00:00", [
      sale("2027-01-28T10:00:00", 4, "10.00"),
      plain("2027-02-02T23:00:00", "Transfer", "-9.41"),
    ]);
    books.write(
      "bank.csv",
      "Date,Amount,Currency,Reference\n2026-12-30,47.25,EUR,AMAZON PAY\n2027-01-07,48.58,EUR,AMAZON PAY\n2027-01-14,-85.00,EUR,AMAZON PAY DEBIT\n2027-02-04,9.41,EUR,AMAZON PAY\n2027-02-28,1.00,EUR,INTEREST\n",
    );
    return books;
  };

  it("balance, and their money is on the bank's statement, also what was taken from it", async () => {
    const books = open();
    await books.run("bank", "import", "bank.csv");
    expect(await books.judged()).toEqual([
      "7000000001 balanced matched",
      "7000000002 balanced matched",
      "7000000003 balanced matched",
      "7000000005 balanced matched",
    ]);
    expect((await books.run("settlements", "show", "7000000003")).out).toContain("85.00 EUR were collected from you");
    for (const query of ["7000000003", "-85.00"]) {
      const { out, status } = await books.run("explain", query);
      expect(status).toBe(0);
      expect(out, query).toMatch(/(debited|Debit of) 85\.00 EUR on 2027-01-14 .*AMAZON PAY DEBIT/);
    }
  });

  it("are parted at the year's end: the reserve moves, what is owed is carried over, and each DATEV file has its year", async () => {
    const books = open();
    await books.judged();
    const december = await books.journal("--from", "2026-12-01", "--to", "2026-12-31");
    expect(december).toEqual({
      "2026-12-30 reserve": "5000",
      "2026-12-30 transit": "4725",
      "2026-12-30 receivable": "-10000",
      "2026-12-30 fees": "275",
      "2026-12-31 clearing": "5941",
      "2026-12-31 reserve": "-5000",
      "2026-12-31 receivable": "-1000",
      "2026-12-31 fees": "59",
    });
    const all = await books.journal("--detail", "month");
    expect(all).not.toHaveProperty(["2027-01-31 reserve"]);
    expect(all).toMatchObject({
      "2027-01-31 clearing": "-5000",
      "2027-01-31 transit": "-3642",
      "2027-01-31 chargebacks": "10000",
    });
    const both = await books.run("export", "--format", "datev");
    expect([both.status, both.err]).toEqual([2, expect.stringContaining("2026-01-01, 2027-01-01")]);
    expect((await books.run("export", "--format", "datev", "--to", "2026-12-31")).status).toBe(0);
    expect((await books.run("export", "--format", "datev", "--from", "2027-01-01")).status).toBe(0);
    expect((await books.run("balance", "--at", "2026-12-31")).out).toMatch(/shop +EUR +59\.41 /);
    expect((await books.run("balance", "--at", "2027-01-31")).out).toMatch(/shop +EUR +9\.41 /);
  });

  it("tell a reserve of which less comes back than was held", async () => {
    const books = (shop = new Shop());
    books.settlement("7000000001", "2027-01-01T00:00:00", "2027-01-15T00:00:00", [
      sale("2027-01-04T10:00:00", 1, "100.00"),
      plain("2027-01-15T00:00:00", "Reserve", "-50.00"),
      plain("2027-01-15T00:00:00", "Transfer", "-47.25"),
    ]);
    books.settlement("7000000002", "2027-01-15T00:00:00", "2027-02-28T00:00:00", [
      plain("2027-01-15T00:00:00", "Reserve", "40.00"),
      plain("2027-02-28T00:00:00", "Transfer", "-40.00"),
    ]);
    expect(await books.judged()).toEqual([
      "7000000001 balanced unchecked",
      "7000000002 exceptions unchecked",
      "reserve.roll-forward -10.00",
    ]);
  });
});

describe("a settlement that comes again after its month was closed", () => {
  it("is adjusted in the first open month, once somebody has accepted it", async () => {
    const books = (shop = new Shop());
    const december = (...more: readonly Row[]) => [sale("2026-12-02T10:00:00", 1, "100.00"), ...more];
    books.settlement("7000000001", "2026-12-01T00:00:00", "2026-12-15T00:00:00", [
      ...december(plain("2026-12-15T00:00:00", "Transfer", "-97.25")),
    ]);
    books.settlement("7000000002", "2026-12-15T00:00:00", "2027-02-28T00:00:00", [
      sale("2027-01-04T10:00:00", 2, "10.00"),
      plain("2027-02-28T00:00:00", "Transfer", "-9.41"),
    ]);
    await books.judged();
    expect((await books.run("close", "2026-12")).status).toBe(0);
    const before = await books.journal("--to", "2026-12-31");
    books.settlement("7000000001", "2026-12-01T00:00:00", "2026-12-15T00:00:00", [
      ...december(
        plain("2026-12-14T10:00:00", "Adjustment", "-5.00"),
        plain("2026-12-15T00:00:00", "Transfer", "-92.25"),
      ),
    ]);
    expect(await books.judged()).toEqual([
      "7000000001 exceptions unchecked",
      "7000000002 balanced unchecked",
      "settlement.reissued 5.00",
      "period.changed 5.00",
    ]);
    expect((await books.run("close", "--check")).status).toBe(1);
    for (const period of [["--to", "2026-12-31"], ["--from", "2027-01-01"], []]) {
      const { status, err } = await books.run("export", "--format", "csv", "--what", "journal", ...period);
      expect([status, err]).toEqual([1, expect.stringContaining("apay settlements accept 7000000001")]);
    }
    expect((await books.run("settlements", "accept", "7000000001")).status).toBe(0);
    expect(await books.journal("--to", "2026-12-31")).toEqual(before);
    expect(await books.journal("--from", "2027-01-01", "--to", "2027-01-31")).toMatchObject({
      "2027-01-01 transit": "-500",
      "2027-01-01 adjustments": "500",
    });
  });
});

describe("an account with two stores, and yen", () => {
  it("has each store's account, tax code and cost centre in one batch", async () => {
    const rules = [
      { role: "receivable", store: "Outlet", account: "1401", taxCode: "3", costCentre: "200" },
      { role: "receivable", store: "Main", taxCode: "9", costCentre: "100" },
    ];
    const books = (shop = new Shop({ export: { datev: { rules } } }));
    books.settlement("7000000001", "2027-01-01T00:00:00", "2027-02-28T00:00:00", [
      sale("2027-01-02T10:00:00", 1, "100.00", "Outlet"),
      sale("2027-01-03T10:00:00", 2, "50.00", "Main"),
      sale("2027-01-04T10:00:00", 3, "20.00", "Outlet"),
      plain("2027-02-28T00:00:00", "Transfer", "-164.87"),
    ]);
    await books.judged();
    const { out } = await books.run("export", "--format", "datev", "--to", "2027-01-31");
    const lines = out.split("\r\n").slice(2, -1);
    const shown = lines.map((line) => {
      const cells = line.split(";");
      return [0, 1, 6, 7, 8, 36, 37].map((index) => (cells[index] ?? "").replaceAll('"', "")).join(" ");
    });
    expect(shown.toSorted()).toEqual(
      ["120,00 S 1500 1401 0003 200 ", "50,00 S 1500 1400 0009 100 ", "5,13 H 1500 4970   "].toSorted(),
    );
  });

  it("keeps yen whole from the file to the bank, and refuses a currency that Amazon Pay has not", async () => {
    const books = (shop = new Shop({}, { region: "jp" }));
    const yen = (at: string, number: number, sums: Row["sums"]): Row => ({ at, type: "Capture", number, sums });
    books.settlement(
      "7000000001",
      "2027-01-01T00:00:00",
      "2027-02-20T00:00:00",
      [
        yen("2027-01-02T10:00:00", 1, ["12000", "-468", "0", "-468", "11532"]),
        yen("2027-01-03T10:00:00", 2, ["999", "-39", "0", "-39", "960"]),
        plain("2027-02-20T00:00:00", "Transfer", "-12492"),
      ],
      "JPY",
    );
    books.settlement(
      "7000000002",
      "2027-01-01T00:00:00",
      "2027-02-20T00:00:00",
      [yen("2027-01-02T10:00:00", 3, ["12.345", "-0.296", "0", "-0.296", "12.049"])],
      "KWD",
    );
    books.write("bank.csv", "Date,Amount,Currency,Reference\n2027-02-23,12052,JPY,AMAZON PAY\n");
    await books.run("bank", "import", "bank.csv");
    expect((await books.run("sync", "--once")).status).toBe(1);
    // The bank took 440 yen; no row of the other report can be read, and the books say so.
    expect(await books.judged()).toEqual(["7000000001 exceptions differs", "match.amount -440", "row.unreadable null"]);
    expect(await books.journal("--detail", "month", "--to", "2027-01-31")).toEqual({
      "2027-01-31 clearing": "12492",
      "2027-01-31 receivable": "-12999",
      "2027-01-31 fees": "507",
    });
    const close = await books.run("close", "2027-01");
    expect([close.status, close.out]).toEqual([1, expect.stringContaining("can be read")]);
  });
});
