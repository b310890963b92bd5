import { appendFile, chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
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
  await mkdir(dirname(path), { recursive: true });
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

  it("takes what lies in the folder, and follows no link out of it", async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), "apay-elsewhere-"));
    try {
      await put("inner/a.csv", NOW - 5000);
      await put(join(relative(folder, elsewhere), "secret.csv"), NOW - 5000);
      await symlink(join(elsewhere, "secret.csv"), join(folder, "link.csv"));
      await symlink(elsewhere, join(folder, "linked"));
      await symlink(join(folder, "nowhere"), join(folder, "dangling.csv"));
      await symlink(folder, join(folder, "inner", "loop"));
      await mkdir(join(folder, "named-like-one.csv"));
      expect(await look()).toEqual(["waited 0 times", "inner/a.csv refund"]);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  it("does not fetch a link that has taken the place of the file that was listed", async () => {
    await put("a.csv", NOW - 5000);
    await put("b.csv", NOW - 5000);
    const signal = new AbortController().signal;
    const source = folderSource({ folder, clock: manualClock(NOW) });
    const [listed] = (await source.list(window, signal)[Symbol.asyncIterator]().next()).value ?? [];
    await rm(join(folder, "a.csv"));
    await symlink("b.csv", join(folder, "a.csv"));
    await expect(source.fetch(listed!, signal)).rejects.toMatchObject({ code: "sync.superseded" });
  });

  // Nothing is closed to root.
  it.skipIf(process.getuid?.() === 0 || process.platform === "win32")(
    "lists the other files where a folder inside is closed, and then says so",
    async () => {
      await put("closed/b.csv", NOW - 5000);
      await put("open/a.csv", NOW - 5000);
      await chmod(join(folder, "closed"), 0);
      try {
        const pages = folderSource({ folder, clock: manualClock(NOW) }).list(window, new AbortController().signal);
        const names: (string | undefined)[] = [];
        const listing = (async () => {
          for await (const page of pages) names.push(...page.map(({ fileName }) => fileName));
        })();
        await expect(listing).rejects.toMatchObject({
          code: "sync.closed-folder",
          message: expect.stringContaining(join(folder, "closed")) as string,
        });
        expect(names).toEqual(["open/a.csv"]);
      } finally {
        await chmod(join(folder, "closed"), 0o700);
      }
    },
  );

  it("says where the folder should be", async () => {
    const source = folderSource({ folder: join(folder, "gone") });
    await expect(
      source.list(window, new AbortController().signal)[Symbol.asyncIterator]().next(),
    ).rejects.toMatchObject({
      code: "sync.no-folder",
    });
  });
});
