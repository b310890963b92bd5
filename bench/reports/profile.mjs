/**
 * How fast settlement files are read, for whoever works on the reader: `node bench/reports/profile.mjs [rows] [rounds]`.
 *
 * Needs `npm run build`. Writes a file with the kit's own writer, then reads it in turns, each way in its own round, and
 * prints the medians. For where the time goes: `node --cpu-prof bench/reports/profile.mjs 1000000 5`.
 */
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parse } from "csv-parse";
import { readReport, readReportBatches, writeReport } from "@amazon-pay-kit/reports";

const rows = Number(process.argv[2] ?? 200_000);
const rounds = Number(process.argv[3] ?? 3);
const folder = mkdtempSync(join(tmpdir(), "bench-reports-"));
const path = join(folder, "settlement.csv");
const start = Date.UTC(2026, 0, 1);

/** Rows as a shop makes them: every third text its own, now and then a note with quotes, a line break, another script. */
function* settlementRows() {
  const notes = [null, null, null, "Thank you", 'The "large" one', "Leave at\nthe door", "さくらんぼ 3個"];
  for (let index = 0; index < rows; index++) {
    const refund = index % 9 === 8;
    const amount = BigInt(100 + ((index * 7919) % 250_000)) * (refund ? -1n : 1n);
    const percentage = -(amount * 29n) / 1000n;
    const fixed = refund ? 0n : -30n;
    const order = `P01-${1_000_000 + (index % 8_999_999)}-${1_000_000 + ((index * 31) % 8_999_999)}`;
    yield {
      values: {
        transactionPostedDate: start + index * 1000,
        settlementId: "5984862222",
        amazonTransactionId: `${order}-${refund ? "R" : "C"}${String(index % 1_000_000).padStart(6, "0")}`,
        sellerReferenceId: `SHIPMENT-${index}`,
        transactionType: refund ? "Refund" : "Capture",
        amazonOrderReferenceId: order,
        sellerOrderId: `ORDER-${index}`,
        storeName: "Court and Cherry, Inc.",
        currencyCode: "USD",
        transactionDescription: notes[index % notes.length],
        transactionAmount: amount,
        transactionPercentageFee: percentage,
        transactionFixedFee: fixed,
        totalTransactionFee: percentage + fixed,
        netTransactionAmount: amount + percentage + fixed,
      },
    };
  }
}

const contenders = {
  "plain read of the file": async () => {
    let bytes = 0;
    for await (const piece of createReadStream(path, { highWaterMark: 256 * 1024 })) bytes += piece.length;
    return bytes > 0 ? rows : 0;
  },
  "readReportBatches, typed": async () => {
    let count = 0;
    for await (const batch of readReportBatches({ path })) count += batch.rows.length;
    return count;
  },
  "readReport, typed events": async () => {
    let count = 0;
    for await (const event of readReport({ path })) if (event.type === "row") count++;
    return count;
  },
  "csv-parse, texts": async () => {
    let count = -6;
    const parser = createReadStream(path).pipe(parse({ bom: true, relax_column_count: true }));
    for await (const record of parser) if (record.length > 0) count++;
    return count;
  },
};

try {
  const header = { sellerId: "A1XX111XXX111XXX", settlementStartDate: start, settlementEndDate: start + rows * 1000 };
  const pieces = writeReport("settlement", header, settlementRows(), { offsetMinutes: -420 });
  await pipeline(Readable.from(pieces), createWriteStream(path));
  const megabytes = statSync(path).size / 1e6;
  console.log(`${rows} rows, ${megabytes.toFixed(1)} MB, Node ${process.version}`);
  const times = new Map(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, read] of Object.entries(contenders)) {
      const began = performance.now();
      const count = await read();
      times.get(name).push(performance.now() - began);
      if (count !== rows) throw new Error(`${name} has read ${count} rows instead of ${rows}`);
    }
  }
  for (const [name, all] of times) {
    const median = all.toSorted((left, right) => left - right)[Math.floor(all.length / 2)];
    const rate = `${(rows / median / 1000).toFixed(2)} M rows/s`.padStart(14);
    console.log(
      `${name.padEnd(26)} ${median.toFixed(0).padStart(6)} ms ${rate} ${((megabytes / median) * 1000).toFixed(0).padStart(5)} MB/s`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
