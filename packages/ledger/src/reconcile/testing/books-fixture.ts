import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { type Ledger, openLedger } from "../../ledger.ts";

/** A row of a settlement file, as short as a test can say it; amounts as decimal texts. */
export interface WrittenRow {
  /** `2026-01-31T10:00:00`, in UTC. */
  readonly at: string;
  readonly type: string;
  readonly id?: string;
  readonly order?: string;
  /** The merchant's own reference and order number. */
  readonly reference?: string;
  readonly sellerOrder?: string;
  readonly store?: string;
  readonly amount: string;
  readonly percentage?: string;
  readonly fixed?: string;
  readonly net: string;
  readonly currency?: string;
}

const COLUMNS =
  "TransactionPostedDate,SettlementId,AmazonTransactionId,SellerReferenceId,TransactionType,AmazonOrderReferenceId,SellerOrderId,StoreName,CurrencyCode,TransactionDescription,TransactionAmount,TransactionPercentageFee,TransactionFixedFee,TotalTransactionFee,NetTransactionAmount";

function sum(left: string, right: string): string {
  const cents = Math.round(Number(left) * 100) + Math.round(Number(right) * 100);
  return (cents / 100).toFixed(2);
}

/** A settlement file as the service writes it. */
export function settlementFile(id: string, from: string, to: string, rows: readonly WrittenRow[]): Uint8Array {
  const lines = rows.map((row) => {
    const { percentage = "0", fixed = "0", currency = "USD" } = row;
    const cells = [
      `${row.at} +0000`,
      id,
      row.id ?? "",
      row.reference ?? "",
      row.type,
      row.order ?? "",
      row.sellerOrder ?? "",
      row.store ?? "",
      currency,
      "",
      row.amount,
    ];
    return [...cells, percentage, fixed, sum(percentage, fixed), row.net].map((cell) => `"${cell}"`).join(",");
  });
  const head = [
    '"Amazon Payments Advanced",',
    '"Settlement Report",',
    '"SellerId","A1TESTSELLER"',
    `"SettlementStartDate","${from} +0000"`,
    `"SettlementEndDate","${to} +0000"`,
    `${COLUMNS.split(",")
      .map((name) => `"${name}"`)
      .join(",")},`,
  ];
  return new TextEncoder().encode(`${[...head, ...lines].join("\n")}\n`);
}

/** A capture under 2.9 % and 0.30, or other fees. */
export function capture(at: string, id: string, amount: string, percentage: string, fixed = "-0.30"): WrittenRow {
  const net = sum(sum(amount, percentage), fixed);
  return { at, type: "Capture", id, order: id.slice(0, 19), amount, percentage, fixed, net };
}

/** A transfer of so much. */
export function transfer(at: string, amount: string): WrittenRow {
  return { at, type: "Transfer", amount: `-${amount}`, net: `-${amount}` };
}

/** An empty ledger with one live account `shop`, in memory unless a database is named. */
export async function booksFixture(databaseUrl?: string): Promise<Ledger> {
  const ledger = await openLedger({
    dataDir: ":memory:",
    clock: manualClock(Date.UTC(2026, 5, 1)),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
  });
  await ledger.accounts.add({ accountId: "shop", region: "na", environment: "live" });
  return ledger;
}

/** Loads files into the account `shop`. */
export async function load(ledger: Ledger, ...files: readonly Uint8Array[]): Promise<void> {
  for (const bytes of files) {
    await ledger.loadFile({ accountId: "shop", file: bytes, fileName: "settlement.csv" });
  }
}
