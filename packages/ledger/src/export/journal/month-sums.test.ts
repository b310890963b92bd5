import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calendarOf, dayAfter, parseAmount } from "@amazon-pay-kit/money";
import { readCsv } from "@amazon-pay-kit/reports/csv";
import { gunzipSync } from "node:zlib";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import readXlsxFile from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ledger } from "../../ledger.ts";
import { reconcile } from "../../reconcile/reconcile.ts";
import {
  booksFixture,
  capture,
  load,
  settlementFile,
  transfer,
  type WrittenRow,
} from "../../reconcile/testing/books-fixture.ts";
import { exportBooksTo } from "../export-books.ts";
import type { FormatSettings } from "../format.ts";
import { checkExtf } from "../testing/check-extf.ts";
import { JOURNAL_DETAILS, type JournalDetail } from "./entries.ts";

/** West of UTC, east of it, and one whose clocks change within the months. */
const ZONES = ["America/Los_Angeles", "Asia/Tokyo", "Europe/Berlin"] as const;
const MONTHS = ["2026-02", "2026-03", "2026-04"] as const;

/** Moments around the ends of months and the change of clocks: in these zones they are of different days and months. */
const MOMENTS = [
  "2026-02-10T12:00:00",
  "2026-02-28T16:30:00",
  "2026-02-28T23:30:00",
  "2026-03-01T04:00:00",
  "2026-03-29T00:30:00",
  "2026-03-29T01:30:00",
  "2026-03-31T15:30:00",
  "2026-03-31T22:30:00",
  "2026-04-01T05:00:00",
  "2026-04-20T12:00:00",
];

function refund(at: string, id: string, amount: string, fee: string): WrittenRow {
  const net = ((-Math.round(Number(amount) * 100) + Math.round(Number(fee) * 100)) / 100).toFixed(2);
  return { at, type: "Refund", id, order: id.slice(0, 19), amount: `-${amount}`, percentage: fee, net };
}

const SETTLEMENT = settlementFile("5000000001", "2026-02-05T00:00:00", "2026-04-22T00:00:00", [
  ...MOMENTS.map((at, index) => ({
    ...capture(
      at,
      `P01-1111111-100000${index}-C10000${index}`,
      `${100 + index}.37`,
      `-${(2.9 + index / 100).toFixed(2)}`,
    ),
    sellerOrder: `#10${String(index).padStart(2, "0")}`,
  })),
  refund("2026-03-31T23:10:00", "P01-1111111-1000001-R100001", "20.00", "0.58"),
  transfer("2026-04-21T23:00:00", "990.72"),
]);

const ROLES = ["receivable", "refunds", "fees", "transit"] as const;
const NAMES: Readonly<Record<string, string>> = { receivable: "1401", refunds: "1402", fees: "4971", transit: "1361" };
const named = Object.fromEntries(ROLES.map((role) => [role, `Kit ${role}`]));
const text = Object.fromEntries(
  ROLES.map((role) => [role, `Assets:Kit:${role.replace(/^./, (one) => one.toUpperCase())}`]),
);
const SETTINGS: FormatSettings = {
  accounts: named,
  datev: { accounts: NAMES },
  beancount: { accounts: text },
  hledger: { accounts: text },
};

let ledger: Ledger;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "apay-months-"));
  ledger = await booksFixture();
  await load(ledger, SETTLEMENT);
  await reconcile(ledger);
});
afterAll(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true });
});

type Sums = Record<string, bigint>;

function add(sums: Sums, role: string | undefined, minor: bigint): void {
  if (role === undefined || !(ROLES as readonly string[]).includes(role)) return;
  sums[role] = (sums[role] ?? 0n) + minor;
}

/** What the rows of the report say that were posted in a month, straight from the store. */
async function truth(timeZone: string, month: string): Promise<Sums> {
  const { dayOf } = calendarOf(timeZone);
  const sums: Sums = {};
  const rows = await ledger.store.db.selectFrom("settlement_row").selectAll().execute();
  for (const row of rows.filter((one) => dayOf(one.posted_at).startsWith(month))) {
    if (row.type_key === "capture") add(sums, "receivable", -row.amount_minor);
    if (row.type_key === "refund") add(sums, "refunds", -row.amount_minor);
    if (row.type_key === "transfer") add(sums, "transit", -row.net_minor);
    else add(sums, "fees", row.amount_minor - row.net_minor);
  }
  return sums;
}

const roleOf = (account: string | null | undefined): string | undefined =>
  ROLES.find((role) => account === named[role] || account === NAMES[role] || account === text[role]);
const minorOf = (amount: string): bigint => parseAmount(amount, "USD");

async function tableOf(path: string): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  let names: readonly string[] | null = null;
  for await (const { cells } of readCsv(readFileSync(path))) {
    if (names === null) names = cells;
    else rows.push(Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""])));
  }
  return rows;
}

/** Sums of a file by role, read in the way that its own program reads it. */
const READ: Readonly<Record<string, (paths: readonly string[]) => Promise<Sums>>> = {
  csv: async ([path = ""]) => {
    const sums: Sums = {};
    for (const row of await tableOf(path))
      add(sums, row["role"], minorOf(row["debit"] || "0") - minorOf(row["credit"] || "0"));
    return sums;
  },
  ndjson: ([path = ""]) => {
    const sums: Sums = {};
    for (const line of readFileSync(path, "utf8").trim().split("\n")) {
      const { role, debit, credit } = JSON.parse(line) as { role: string; debit: string | null; credit: string | null };
      add(sums, role, minorOf(debit ?? "0") - minorOf(credit ?? "0"));
    }
    return Promise.resolve(sums);
  },
  xlsx: async ([path = ""]) => {
    const sums: Sums = {};
    const [{ data = [] } = {}] = await readXlsxFile(path);
    const [head = [], ...rows] = data;
    const at = (name: string): number => head.indexOf(name);
    for (const row of rows) {
      const amount = (name: string): bigint => minorOf(Number(row[at(name)] ?? 0).toFixed(2));
      add(sums, String(row[at("role")]), amount("debit") - amount("credit"));
    }
    return sums;
  },
  parquet: async (paths) => {
    const sums: Sums = {};
    for (const path of paths) {
      const rows = await parquetReadObjects({
        file: await asyncBufferFromFile(path),
        compressors: { GZIP: (bytes) => gunzipSync(bytes) },
      });
      for (const row of rows) {
        const amount = (name: string): bigint => {
          const value: unknown = row[`${name}_minor`] ?? row[name] ?? 0n;
          return typeof value === "bigint" ? value : BigInt(Math.round(Number(value) * 100));
        };
        add(sums, String(row["role"]), amount("debit") - amount("credit"));
      }
    }
    return sums;
  },
  beancount: ([path = ""]) => Promise.resolve(postingsOf(path)),
  hledger: ([path = ""]) => Promise.resolve(postingsOf(path)),
  datev: async (paths) => {
    const sums: Sums = {};
    for (const path of paths) {
      const { problems, bookings } = checkExtf(readFileSync(path));
      expect(problems).toEqual([]);
      for (const { hundredths, against, account } of bookings) {
        add(sums, roleOf(against), -hundredths);
        add(sums, roleOf(account), hundredths);
      }
    }
    return Promise.resolve(sums);
  },
  xero: async (paths) => {
    const sums: Sums = {};
    for (const path of paths)
      for (const row of await tableOf(path)) add(sums, roleOf(row["*AccountCode"]), minorOf(row["*Amount"] ?? ""));
    return sums;
  },
  quickbooks: async (paths) => {
    const sums: Sums = {};
    for (const path of paths)
      for (const row of await tableOf(path))
        add(sums, roleOf(row["AccountName"]), minorOf(row["Debits"] || "0") - minorOf(row["Credits"] || "0"));
    return sums;
  },
};

function postingsOf(path: string): Sums {
  const sums: Sums = {};
  for (const [, account, amount = ""] of readFileSync(path, "utf8").matchAll(/^ {2,}(\S+) +(-?[\d.]+) USD/gm))
    add(sums, roleOf(account), minorOf(amount));
  return sums;
}

/** A month of a zone as every format has it. */
async function exported(format: string, timeZone: string, month: string, detail: JournalDetail): Promise<Sums> {
  const calendar = calendarOf(timeZone);
  const place = mkdtempSync(join(folder, "export-"));
  const path = join(place, `EXTF_${month}.out`);
  const written = await exportBooksTo(
    ledger,
    {
      format,
      what: "journal",
      detail,
      timeZone,
      settings: SETTINGS,
      from: calendar.startOf(`${month}-01`),
      until: calendar.startOf(`${dayAfter(`${month}-01`, 31).slice(0, 7)}-01`),
    },
    path,
  );
  const read = READ[format];
  if (read === undefined) throw new TypeError(`how is ${format} read?`);
  return read(written.map((one) => (one.startsWith("/") ? one : join(path, one))));
}

function shown(sums: Sums): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sums)
      .filter(([, minor]) => minor !== 0n)
      .sort()
      .map(([role, minor]) => [role, String(minor)]),
  );
}

describe.each(ZONES)("the sums of a month in %s", (timeZone) => {
  it("are other ones than in UTC, so that the test can fail", async () => {
    const [own, utc] = [await truth(timeZone, "2026-03"), await truth("UTC", "2026-03")];
    expect(shown(own)).not.toEqual(shown(utc));
  });

  it.each(Object.keys(READ))("are those of the rows to the cent in %s, in every detail", async (format) => {
    for (const month of MONTHS) {
      const expected = shown(await truth(timeZone, month));
      expect(Object.keys(expected).length).toBeGreaterThan(1);
      for (const detail of JOURNAL_DETAILS)
        expect(shown(await exported(format, timeZone, month, detail)), `${month} ${detail}`).toEqual(expected);
    }
  });
});
