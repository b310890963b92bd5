import { Buffer } from "node:buffer";
import { expect, it } from "vitest";
import { readStatement } from "../read-statement.ts";

const ROWS_A_PIECE = 2000;
const PIECES = 60;

/** A statement that is made while it is read: no piece of it stands in memory twice. */
async function* statement(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("Date,Description,Amount,Currency,Reference\n");
  for (let piece = 0; piece < PIECES; piece++) {
    const rows = Array.from(
      { length: ROWS_A_PIECE },
      (_, at) => `2026-10-05,"AMAZON PAYMENTS, ${piece}",${at}.07,EUR,REF${piece * ROWS_A_PIECE + at}\n`,
    );
    yield Buffer.from(rows.join(""));
  }
}

it("reads a large statement with memory that does not grow with it", async () => {
  let lines = 0;
  let sum = 0n;
  const used: number[] = [];
  for await (const event of readStatement(statement())) {
    if (event.type !== "line") continue;
    lines += 1;
    sum += event.amount;
    if (lines % 20_000 === 0) {
      globalThis.gc?.();
      used.push(process.memoryUsage().heapUsed);
    }
  }
  expect(lines).toBe(PIECES * ROWS_A_PIECE);
  expect(sum).toBe(
    BigInt(PIECES) * ((BigInt(ROWS_A_PIECE - 1) * BigInt(ROWS_A_PIECE) * 100n) / 2n + 7n * BigInt(ROWS_A_PIECE)),
  );
  // The whole file as objects takes some 100 MB; what is between two collections is some ten.
  const [first = 0] = used;
  expect(Math.max(...used) - first).toBeLessThan(60 * 1024 * 1024);
});
