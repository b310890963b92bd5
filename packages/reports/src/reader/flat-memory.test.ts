import { describe, expect, it } from "vitest";
import { latin1 } from "../conformance/collect.ts";
import { rowText, settlementText } from "../conformance/settlement-text.ts";
import { readReportBatches } from "./read-batches.ts";

describe("memory", () => {
  it("stays flat: no more is taken from the source than the next batch needs", async () => {
    const rows = latin1(`${rowText()}\n`.repeat(100));
    let given = 0;
    async function* source(): AsyncGenerator<Uint8Array> {
      yield latin1(settlementText([]));
      for (; given < 2000; given++) yield rows;
    }
    let read = 0;
    for await (const batch of readReportBatches(source())) {
      read += batch.rows.length;
      expect(given * 100 - read).toBeLessThan(500);
    }
    expect(read).toBe(200_000);
  });

  it("stays flat in a line that does not end", async () => {
    const piece = latin1("x".repeat(64 * 1024));
    async function* source(): AsyncGenerator<Uint8Array> {
      yield latin1(settlementText([]));
      yield latin1('"');
      for (let count = 0; count < 1000; count++) yield piece;
      yield latin1(`\n${rowText()}\n`);
    }
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const found: { errors: unknown[]; summary: unknown } = { errors: [], summary: null };
    for await (const { errors, summary } of readReportBatches(source())) {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      found.errors.push(...errors);
      found.summary ??= summary;
    }
    expect(found.errors).toMatchObject([{ code: "row.too-long", line: 7, length: 64 * 1024 * 1000 + 2 }]);
    expect(found.summary).toMatchObject({ rows: 1, errors: 1 });
    expect(most).toBeLessThan(16 * 1024 * 1024);
  });

  it("stays flat below a quote that is never closed, however many lines follow it", async () => {
    const lines = 300_000;
    async function* source(): AsyncGenerator<Uint8Array> {
      yield latin1(settlementText([]));
      yield latin1(`"${"x,y\n".repeat(lines)}`);
    }
    let most = 0;
    let found = 0;
    const summaries: unknown[] = [];
    for await (const { errors, summary } of readReportBatches(source())) {
      most = Math.max(most, errors.length);
      expect(errors[0]?.line ?? found + 7).toBe(found + 7);
      found += errors.length;
      if (summary !== null) summaries.push(summary);
    }
    expect(found).toBe(lines);
    expect(most).toBeLessThan(5000);
    expect(summaries).toMatchObject([{ rows: 0, errors: lines }]);
  });
});
