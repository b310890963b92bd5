import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Ledger } from "../../ledger.ts";
import {
  booksFixture,
  capture,
  load,
  settlementFile,
  transfer,
  type WrittenRow,
} from "../../reconcile/testing/books-fixture.ts";
import { reconcile } from "../../reconcile/reconcile.ts";
import { exportBooks, exportBooksTo, type ExportOptions } from "../export-books.ts";
import type { FormatSettings } from "../format.ts";
import { checkExtf } from "../testing/check-extf.ts";

let ledger: Ledger;
afterEach(() => ledger.close());

const CAPTURE = capture("2026-04-02T10:00:00", "P01-1111111-1000001-C100001", "100.00", "-2.90");

async function books(rows: readonly WrittenRow[] = [CAPTURE, transfer("2026-04-08T00:00:00", "96.80")]): Promise<void> {
  ledger = await booksFixture();
  await load(ledger, settlementFile("5000000001", "2026-04-01T00:00:00", "2026-04-08T00:00:00", rows));
  await reconcile(ledger);
}

async function bytesOf(format: string, settings: FormatSettings, more: Partial<ExportOptions> = {}): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of exportBooks(ledger, { format, what: "journal", settings, ...more })) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function written(format: string, settings: FormatSettings): Promise<string> {
  await books();
  return (await bytesOf(format, settings)).toString("latin1");
}

/** Numbers for DATEV beside names for QuickBooks, and one merchant account with accounts of its own. */
const SETTINGS: FormatSettings = {
  accounts: { fees: "Bank charges" },
  datev: { accounts: { fees: "4971" }, byAccount: { shop: { receivable: "1401" }, other: { receivable: "1402" } } },
  hledger: { accounts: { fees: "Expenses:Charges" }, byAccount: { shop: { transit: "Assets:Way:{account}" } } },
};

describe("accounts by format and merchant account", () => {
  it.each([
    ["datev", { byAccount: { shop: { sales: "1" } } }, "export.byAccount.shop.sales: there is no account sales"],
    ["datev", { accounts: { fees: "Bank charges" } }, 'export.accounts.fees: "Bank charges" is no account here'],
    ["datev", { datev: { byAccount: { shop: { fees: "x" } } } }, "export.datev.byAccount.shop.fees: "],
    ["datev", { datev: { accounts: { fees: "0000" } } }, "export.datev.accounts.fees: "],
    ["datev", { datev: { taxCodes: { fees: "19 %" } } }, "export.datev.taxCodes.fees: "],
    ["datev", { datev: { taxCodes: { tax: "9" } } }, "export.datev.taxCodes.tax: there is no account tax"],
    ["datev", { datev: { rules: [{ role: "fees", account: "Fees" }] } }, "export.datev.rules[0].account: "],
    ["datev", { rules: [{ role: "fees" }] }, "export.rules[0]: the rule names nothing that holds then"],
    ["datev", { rules: [{ costCentre: "x".repeat(37) }] }, "export.rules[0].costCentre: "],
    ["datev", { datev: { rules: [{ role: "fees", costUnit: 'a"b' }] } }, "export.datev.rules[0].costUnit: "],
    ["csv", { rules: [{ role: "clearing", store: "S", costCentre: "1" }] }, "export.rules[0]: the clearing account"],
    ["xero", { rules: [{ costCentre: "Web" }] }, "export.xero.tracking[0]: a rule has a costCentre"],
    [
      "xero",
      { xero: { tracking: ["Department"], rules: [{ costUnit: "Web" }] } },
      "export.xero.tracking[1]: a rule has a costUnit",
    ],
    ["csv", { rules: [{ type: "refund", account: "X" }] }, "export.rules[0].role: a rule with an account needs"],
    ["csv", { rules: [{ role: "fees", type: "A-to-z", account: "X" }] }, "export.rules[0].type: "],
    ["csv", { rules: [{ role: "clearing", store: "S", account: "X" }] }, "export.rules[0]: the clearing account"],
    ["csv", { rules: [{ role: "tips", taxCode: "X" }] }, "export.rules[0].role: there is no account tips"],
    ["datev", { datev: { consultant: 1 } }, "export.datev.consultant 1: DATEV has 1001 to 9999999"],
    ["datev", { datev: { currency: "Euro" } }, "export.datev.currency: "],
    ["datev", { datev: { rates: [{ currency: "USD", rate: "0" }] } }, "export.datev.rates[0].rate: "],
    ["datev", { datev: { rates: [{ currency: "USD", rate: "1,08" }] } }, "export.datev.rates[0].rate: "],
    ["datev", { datev: { rates: [{ currency: "USD", rate: "1", from: "June" }] } }, "export.datev.rates[0].from: "],
    ["datev", { datev: { currency: "EUR" } }, "export.datev.rates has no rate of USD for 2026-04-08"],
    [
      "datev",
      { datev: { rates: [{ currency: "USD", rate: "1.08", from: "2026-05-01" }] } },
      "export.datev.rates has no rate of USD for 2026-04-08",
    ],
  ] as [string, FormatSettings, string][])("of %s refuse %j, naming the key", async (format, settings, message) => {
    await expect(written(format, settings)).rejects.toThrow(message);
  });

  it("go before those for all formats and all merchants", async () => {
    const datev = await written("datev", SETTINGS);
    expect(datev).toContain(";4971;");
    expect(datev).toContain(";1401;");
    expect(datev).not.toContain(";1402;");
    await ledger.close();
    expect(await written("quickbooks", SETTINGS)).toContain(",Bank charges,3.20,");
    await ledger.close();
    const hledger = await written("hledger", SETTINGS);
    expect(hledger).toContain("Expenses:Charges");
    expect(hledger).toMatch(/Assets:Way:Shop|Assets:Way:shop/);
  });
});

describe("rules", () => {
  const CHARGEBACK: WrittenRow = {
    at: "2026-04-03T10:00:00",
    type: "Chargeback",
    id: "P01-1111111-1000001-D100001",
    amount: "-10.00",
    fixed: "-5.00",
    net: "-15.00",
  };

  it("send postings by type, merchant account and format, the last that fits first, with their tax codes", async () => {
    await books([CAPTURE, CHARGEBACK, transfer("2026-04-08T00:00:00", "81.80")]);
    const rules = [
      { role: "fees", account: "Fees", taxCode: "A" },
      { role: "fees", type: "chargeback", account: "Fees of disputes" },
      { role: "fees", merchant: "another", account: "Not this one" },
      { role: "fees", store: "Not this one", account: "Not this one" },
    ];
    const lines = async (format: string, settings: FormatSettings): Promise<string> =>
      (await bytesOf(format, settings)).toString("latin1");
    const quickbooks = await lines("quickbooks", { rules });
    expect(quickbooks.split("\r\n")[0]).toMatch(/,Description,TaxCode$/);
    expect(quickbooks).toContain(",Fees,3.20,,");
    expect(quickbooks).toContain(",Fees of disputes,5.00,,");
    expect(quickbooks).not.toContain("Not this one");
    expect(quickbooks.match(/,A\r\n/g)).toHaveLength(2);
    const xero = await lines("xero", { rules, xero: { rules: [{ role: "fees", taxCode: "20% (VAT on Expenses)" }] } });
    expect(xero).toContain(",Fees of disputes,20% (VAT on Expenses),5.00");
    expect(xero).toContain(",Accounts Receivable,Tax Exempt,-100.00");
    const names = {
      rules: rules.map((rule) => ({ ...rule, account: `Expenses:${rule.account.replaceAll(" ", "")}` })),
    };
    expect(await lines("beancount", names)).toMatch(/Expenses:Feesofdisputes +5\.00 USD\n {4}tax-code: "A"\n/);
    expect(await lines("hledger", names)).toMatch(/Expenses:Fees +3\.20 USD {2}; tax-code:A\n/);
    const json = (await bytesOf("ndjson", { rules })).toString();
    expect(json).toContain('"account":"Fees of disputes"');
    expect(json).toContain('"taxCode":"A"');
  });
});

describe("cost centres and cost units", () => {
  const rows = [
    { ...CAPTURE, store: "Outlet" },
    {
      ...capture("2026-04-03T10:00:00", "P01-1111111-1000002-C100002", "10.00", "-0.29"),
      store: "Main",
    },
    transfer("2026-04-08T00:00:00", "106.21"),
  ];
  /** By merchant account, by store, by role, by store and role: what says more stands last. */
  const rules = [
    { merchant: "shop", role: "transit", costCentre: "1" },
    { store: "Outlet", costCentre: "200", costUnit: "Süd/A" },
    { role: "fees", costCentre: "490" },
    { role: "fees", store: "Main", costUnit: "Web" },
    { merchant: "another", costCentre: "9", costUnit: "9" },
  ];

  it("are KOST1 and KOST2 of DATEV, by merchant account, store and role, and part what would be one line", async () => {
    await books(rows);
    const { problems, bookings } = checkExtf(await bytesOf("datev", { datev: { rules } }));
    expect(problems).toEqual([]);
    expect(
      bookings.map(({ hundredths, against, costs }) => `${hundredths} ${against} ${costs.join(" ")}`).toSorted(),
    ).toEqual(
      ["-10621 1360 1 ", "-320 4970 490 Süd/A", "-59 4970 490 Web", "1000 1400  ", "10000 1400 200 Süd/A"].toSorted(),
    );
  });

  it("leave the clearing account whole, whose balance is asserted once", async () => {
    await books(rows.slice(0, 2));
    const lines = (await bytesOf("hledger", { rules })).toString().split("\n");
    expect(lines.filter((line) => /^ +\S+:Clearing/.test(line))).toEqual([
      expect.stringMatching(/Clearing +106\.21 USD {2}= 106\.21 USD$/),
    ]);
  });

  it("are tracking options of Xero, classes and locations of QuickBooks, tags, and columns of tables", async () => {
    await books(rows);
    const text = async (format: string, settings: FormatSettings): Promise<string> =>
      (await bytesOf(format, settings)).toString();
    const xero = await text("xero", { rules, xero: { tracking: ["Department", "Channel"] } });
    expect(xero.split("\r\n")[0]).toMatch(/,\*Amount,TrackingName1,TrackingOption1,TrackingName2,TrackingOption2$/);
    expect(xero).toContain(",Tax Exempt,0.59,Department,490,Channel,Web\r\n");
    expect(xero).toContain(",Tax Exempt,-10.00,,,,\r\n");
    expect(xero).toContain(",Tax Exempt,106.21,Department,1,,\r\n");
    const quickbooks = await text("quickbooks", { rules });
    expect(quickbooks.split("\r\n")[0]).toMatch(/,Description,Class,Location$/);
    expect(quickbooks).toMatch(/,Amazon Pay fees,0\.59,,[^\r]*,490,Web\r\n/);
    expect(await text("hledger", { rules })).toContain("3.20 USD  ; cost-centre:490, cost-unit:Süd/A\n");
    expect(await text("beancount", { rules })).toMatch(/3\.20 USD\n {4}cost-centre: "490"\n {4}cost-unit: "Süd\/A"\n/);
    expect(await text("ndjson", { rules })).toMatch(/"credit":"100\.00".*"costCentre":"200","costUnit":"Süd\/A"/);
    expect(await text("quickbooks", {})).not.toContain("Class");
  });
});

describe("a batch for DATEV", () => {
  it("has BU keys, the rate and the base amount of each day, and vouchers that open items are cleared by", async () => {
    await books([
      { ...CAPTURE, sellerOrder: "#Größe 1019" },
      {
        ...capture("2026-04-03T10:00:00", "P01-1111111-1000002-C100002", "10.00", "-0.29"),
        sellerOrder: "X".repeat(50),
      },
      transfer("2026-04-08T00:00:00", "106.21"),
    ]);
    const settings: FormatSettings = {
      datev: {
        taxCodes: { fees: "94" },
        rates: [
          { currency: "USD", rate: "1.08" },
          { currency: "USD", from: "2026-04-03", rate: "1.102501" },
          { currency: "USD", from: "2026-04-08", rate: "0.9" },
        ],
      },
    };
    const { problems, header, bookings } = checkExtf(await bytesOf("datev", settings, { detail: "row" }));
    expect(problems).toEqual([]);
    expect(header[21]).toBe('"EUR"');
    const shown = bookings.map(({ hundredths, currency, rate, base, against, taxKey, voucher }) =>
      [hundredths, currency, rate, base, against, taxKey, voucher].join(" "),
    );
    expect(shown.slice(0, 3)).toEqual([
      "10000 USD 1,08 92,59 1400  Grosse-1019",
      "-320 USD 1,08 2,96 4970 0094 Grosse-1019",
      expect.stringMatching(/^1000 USD 1,102501 9,07 1400 {2}X{27}-[0-9a-f]{8}$/),
    ]);
    // The format describes no rate below 1: the base amount says it alone.
    expect(shown.at(-1)).toBe("-10621 USD  118,01 1360  5000000001-9");
  });

  it("is one line for what moves between two other accounts, and never longer than a text field", async () => {
    await books([{ ...CAPTURE, sellerOrder: `A${"ü;".repeat(40)}` }, transfer("2026-04-08T00:00:00", "96.80")]);
    const { problems, bookings } = checkExtf(await bytesOf("datev", {}, { detail: "row" }));
    expect(problems).toEqual([]);
    expect(bookings.map(({ text }) => text.length <= 62 && / (receivable|fees|transit)$/.test(text))).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe("a file that is too long for its program", () => {
  const rows = Array.from({ length: 260 }, (_, index) =>
    capture(
      `2026-04-0${1 + Math.floor(index / 60)}T10:${String(index % 60).padStart(2, "0")}:00`,
      `P01-1111111-1${String(index).padStart(6, "0")}-C1${String(index).padStart(5, "0")}`,
      "10.00",
      "-0.29",
    ),
  );

  it("becomes several, none of them longer and no entry parted, each with its headings", async () => {
    await books([...rows, transfer("2026-04-08T00:00:00", "2446.60")]);
    const folder = mkdtempSync(join(tmpdir(), "apay-split-"));
    try {
      for (const [format, most, count] of [
        ["xero", 300, 3],
        ["quickbooks", 1_000, 1],
      ] as const) {
        const options = { format, what: "journal", detail: "row" } as const;
        const paths = await exportBooksTo(ledger, options, join(folder, `${format}.csv`));
        expect(paths.map((path) => path.slice(folder.length + 1))).toEqual(
          count === 1 ? [`${format}.csv`] : [1, 2, 3].map((one) => `${format}-${one}-of-3.csv`),
        );
        const files = paths.map((path) => readFileSync(path, "utf8").trimEnd().split("\r\n"));
        expect(new Set(files.map(([head]) => head)).size).toBe(1);
        expect(files.reduce((sum, lines) => sum + lines.length - 1, 0)).toBe(260 * 3 + 2);
        const narrations = files.map((lines) => new Set(lines.slice(1).map((line) => line.split(",")[0])));
        expect(Math.max(...files.map((lines) => lines.length - 1))).toBeLessThanOrEqual(most);
        for (const [index, some] of narrations.entries())
          for (const other of narrations.slice(index + 1))
            expect([...some].filter((narration) => other.has(narration))).toEqual([]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
    await expect(bytesOf("xero", {}, { detail: "row" })).rejects.toMatchObject({
      code: "export.too-large",
      message: expect.stringContaining("--out") as string,
    });
    expect((await bytesOf("xero", {}, { detail: "month" })).toString().split("\r\n")).toHaveLength(5);
  });
});
