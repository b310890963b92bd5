import { appendFile, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manualClock } from "@amazon-pay-kit/sdk/clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { folderSource } from "./source.ts";

const NOW = Date.UTC(2026, 5, 1);
const window = { from: 0, until: NOW };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "apay-inbox-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, modified: number): Promise<void> {
  const path = join(folder, name);
  await writeFile(path, "AmazonRefundId,RefundAmount,CurrencyCode,RefundStatus,LastUpdateTimestamp\n");
  await utimes(path, modified / 1000, modified / 1000);
}

/** What a look finds; `meanwhile` happens while the source waits. */
async function look(meanwhile: () => Promise<void> = async () => undefined): Promise<readonly string[]> {
  let waits = 0;
  const manual = manualClock(NOW);
  const clock = {
    now: () => manual.now(),
    sleep: async () => {
      waits += 1;
      await meanwhile();
    },
  };
  const found: string[] = [];
  for await (const page of folderSource({ folder, clock }).list(window, new AbortController().signal)) {
    found.push(
      ...page.map(({ fileName, reportType }) => `${fileName} ${/REFUND/.test(reportType) ? "refund" : reportType}`),
    );
  }
  return [`waited ${waits} times`, ...found];
}

describe("a watched folder", () => {
  it("gives what has been left alone, at once", async () => {
    await put("a.csv", NOW - 2000);
    await put("b.txt", NOW - 90_000);
    await put("notes.pdf", NOW - 90_000);
    expect(await look()).toEqual(["waited 0 times", "b.txt refund", "a.csv refund"]);
  });

  it("waits once for files that have just been put there", async () => {
    await put("a.csv", NOW - 5000);
    await put("b.csv", NOW - 100);
    expect(await look()).toEqual(["waited 1 times", "a.csv refund", "b.csv refund"]);
  });

  it("leaves a file that goes on growing, or comes meanwhile, for another time", async () => {
    await put("a.csv", NOW - 5000);
    await put("b.csv", NOW - 100);
    const growing = async (): Promise<void> => {
      await appendFile(join(folder, "b.csv"), "R1,1.00,USD\n");
      await put("c.csv", NOW - 1);
    };
    expect(await look(growing)).toEqual(["waited 1 times", "a.csv refund"]);
  });

  it("takes a file from another machine whose clock is ahead", async () => {
    await put("a.csv", NOW + 3_600_000);
    expect(await look()).toEqual(["waited 0 times", "a.csv refund"]);
  });

  it("says where the folder should be", async () => {
    const source = folderSource({ folder: join(folder, "gone") });
    await expect(
      source.list(window, new AbortController().signal)[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({
      code: "sync.no-folder",
    });
  });
});
