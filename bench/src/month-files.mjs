/**
 * A month as a merchant has it: daily settlement files in two currencies, the orders of the shop, and the bank's statement. Ids are
 * scattered, as Amazon's are: the next row's id says nothing about where it belongs among those that are there.
 */
import { createHash } from "node:crypto";
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { writeReport } from "@amazon-pay-kit/reports";

const START = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;
const CURRENCIES = ["USD", "EUR"];
/** One row in this many has fees that do not add up. */
const WRONG_EVERY = 50_000;

const scattered = (text) => BigInt(`0x${createHash("md5").update(text).digest("hex").slice(0, 12)}`);
const share = (amount) => ((amount < 0n ? -1n : 1n) * ((amount < 0n ? -amount : amount) * 29n + 500n)) / 1000n;
const digits = (value, length) => String(value % 10n ** BigInt(length)).padStart(length, "0");
const plain = (minor) => {
  const text = String(minor < 0n ? -minor : minor).padStart(3, "0");
  return `${minor < 0n ? "-" : ""}${text.slice(0, -2)}.${text.slice(-2)}`;
};
const stamp = (at) => new Date(at).toISOString().replace(".000Z", "Z");

/** The movements of one settlement: captures, a refund for every ninth. */
export function movements(settlement, rows) {
  const from = START + settlement * DAY;
  const made = [];
  let captured;
  for (let index = 0; index < rows - 1; index += 1) {
    const serial = settlement * 1_000_000 + index;
    const chance = scattered(String(serial));
    const refund = index % 9 === 8;
    const permission = refund ? captured.permission : `P01-${digits(chance, 7)}-${digits(chance / 10_000_000n, 7)}`;
    const amount = refund ? -captured.amount : 100n + (chance % 250_000n);
    const [percentage, fixed] = [-share(amount), refund ? 0n : -30n];
    const wrong = (settlement * rows + index) % WRONG_EVERY === 777 ? 1n : 0n;
    const row = {
      at: from + Math.floor((index * 86_340) / rows) * 1000,
      type: refund ? "Refund" : "Capture",
      id: `${permission}-${refund ? "R" : "C"}${digits(chance / 49n, 6)}`,
      reference: `SHIP-${digits(chance / 343n, 9)}`,
      permission,
      order: `ORDER-${digits(chance / 11n, 10)}`,
      amount,
      percentage,
      fixed,
      total: percentage + fixed + wrong,
      net: amount + percentage + fixed + wrong,
    };
    if (!refund) captured = row;
    made.push(row);
  }
  return made;
}

/** What the bank received for a settlement, and when. */
const depositOf = (settlement, rows) => rows.reduce((sum, { net }) => sum + net, 0n);
const currencyOf = (settlement) => CURRENCIES[settlement % CURRENCIES.length];

function* valuesOf(settlement, rows) {
  const shared = {
    settlementId: String(5_984_000_000 + settlement),
    storeName: "Court and Cherry, Inc.",
    currencyCode: currencyOf(settlement),
    transactionDescription: null,
  };
  const values = (row) => ({
    ...shared,
    transactionPostedDate: row.at,
    amazonTransactionId: row.id,
    sellerReferenceId: row.reference,
    transactionType: row.type,
    amazonOrderReferenceId: row.permission,
    sellerOrderId: row.order,
    transactionAmount: row.amount,
    transactionPercentageFee: row.percentage,
    transactionFixedFee: row.fixed,
    totalTransactionFee: row.total,
    netTransactionAmount: row.net,
  });
  for (const row of rows) yield { values: values(row) };
  const due = -depositOf(settlement, rows);
  const at = START + settlement * DAY + DAY - 30_000;
  const none = { id: null, reference: null, permission: null, order: null, percentage: 0n, fixed: 0n, total: 0n };
  yield { values: values({ ...none, at, type: "Transfer", amount: due, net: due }) };
}

/** Writes `files` daily files of `rows` rows to `folder/inbox`, and `orders.csv` and `bank.csv` beside it. */
export async function writeMonth(folder, { files, rows, first = 0 }) {
  mkdirSync(join(folder, "inbox"), { recursive: true });
  const orders = createWriteStream(join(folder, "orders.csv"));
  orders.write("kind,transactionId,referenceId,permissionId,orderId,amount,currency,occurredAt\n");
  const bank = ["date,amount,currency,reference"];
  let bytes = 0;
  for (let settlement = first; settlement < first + files; settlement += 1) {
    const from = START + settlement * DAY;
    const moved = movements(settlement, rows);
    const currency = currencyOf(settlement);
    const header = { sellerId: "A1XX111XXX111XXX", settlementStartDate: from, settlementEndDate: from + DAY };
    const pieces = writeReport("settlement", header, valuesOf(settlement, moved), { offsetMinutes: -420 });
    const name = `${new Date(from).toISOString().slice(0, 10)}-SETTLEMENT_DATA_${5_984_000_000 + settlement}.csv`;
    const stream = createWriteStream(join(folder, "inbox", name));
    await pipeline(Readable.from(pieces), stream);
    bytes += stream.bytesWritten;
    const text = moved.map(({ type, amount, ...row }) => {
      const kind = type === "Refund" ? "refund" : "charge";
      const positive = plain(amount < 0n ? -amount : amount);
      return `${kind},${row.id},${row.reference},${row.permission},${row.order},${positive},${currency},${stamp(row.at)}\n`;
    });
    if (!orders.write(text.join(""))) await new Promise((resolve) => orders.once("drain", resolve));
    const booked = new Date(from + 2 * DAY).toISOString().slice(0, 10);
    bank.push(`${booked},${plain(depositOf(settlement, moved))},${currency},${5_984_000_000 + settlement}`);
  }
  await new Promise((resolve) => orders.end(resolve));
  writeFileSync(join(folder, "bank.csv"), `${bank.join("\n")}\n`);
  return { bytes, rows: files * rows };
}
