import { mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteStore } from "../store/sqlite/open.ts";
import type { Store } from "../store/store.ts";
import { exportBooksTo } from "./export-books.ts";

describe.skipIf(process.platform === "win32")("what is exported", () => {
  let folder: string;
  let store: Store;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "apay-export-"));
    store = await openSqliteStore(":memory:");
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const books = () => ({ store, clock: systemClock });

  it("is readable by its owner only, and nothing is left beside it", async () => {
    const before = process.umask(0o022);
    try {
      await exportBooksTo(books(), { format: "csv", what: "exceptions" }, join(folder, "exceptions.csv"));
      const written = await exportBooksTo(books(), { format: "parquet" }, join(folder, "warehouse"));
      const paths = [join(folder, "exceptions.csv"), ...written.map((path) => join(folder, "warehouse", path))];
      for (const path of paths) expect((await stat(path)).mode & 0o777, path).toBe(0o600);
    } finally {
      process.umask(before);
    }
    expect((await readdir(folder)).toSorted()).toEqual(
      expect.arrayContaining(["exceptions.csv"]) as unknown as string[],
    );
    expect((await readdir(folder)).filter((name) => name.includes(".part"))).toEqual([]);
  });

  it("is not written through a link that somebody has put where the half-written file used to be", async () => {
    const victim = join(folder, "victim");
    await writeFile(victim, "precious");
    await symlink(victim, join(folder, "exceptions.csv.part"));
    await exportBooksTo(books(), { format: "csv", what: "exceptions" }, join(folder, "exceptions.csv"));
    expect((await stat(victim)).size).toBe("precious".length);
  });
});
