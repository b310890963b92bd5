import { describe, expect, it } from "vitest";
import { ExportError } from "../../../../ledger/src/export/errors.ts";
import { exportAccount } from "./export.ts";
import type { JobContext } from "./job.ts";

/** Carries out an export that ends with an error. */
const endingWith = (error: Error): Promise<object> =>
  exportAccount(
    {
      exports: { month: { run: () => Promise.reject(error) } },
      signal: new AbortController().signal,
    } as unknown as JobContext,
    { accountId: "A1", export: "month" },
  );

describe("an export of a worker", () => {
  it("is put off, and has not failed, while a report waits for the reconciler", async () => {
    const early = new ExportError("export.not-reconciled", "a settlement report came after the last reconcile");
    await expect(endingWith(early)).rejects.toMatchObject({
      name: "JobDeferred",
      seconds: 60,
      message: expect.stringContaining("came after the last reconcile") as string,
    });
  });

  it("fails for any other reason", async () => {
    const wrong = new ExportError("export.several-currencies", "entries in EUR and USD");
    await expect(endingWith(wrong)).rejects.toBe(wrong);
  });
});
