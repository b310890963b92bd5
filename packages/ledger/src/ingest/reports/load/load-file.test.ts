import { expect, it } from "vitest";
import { booksFixture, capture, load, settlementFile, transfer } from "../../../reconcile/testing/books-fixture.ts";
import { quarantine } from "./load-file.ts";

it("a file whose rows are in the books is not set aside by somebody who comes late", async () => {
  const ledger = await booksFixture();
  await load(
    ledger,
    settlementFile("5000000001", "2026-01-01T00:00:00", "2026-01-31T00:00:00", [
      capture("2026-01-02T10:00:00", "P01-1111111-1000001-C100001", "100.00", "-2.90"),
      transfer("2026-01-30T23:59:00", "96.80"),
    ]),
  );
  const { db } = ledger.store;
  const { file_id: fileId } = await db.selectFrom("file").select("file_id").executeTakeFirstOrThrow();
  const reason = { code: "report.unusable", message: "a worker that could not read it" };
  await quarantine(ledger.store, ledger.clock, { accountId: "shop", fileId }, reason);
  expect(await db.selectFrom("file").select("quarantine_code").execute()).toEqual([{ quarantine_code: null }]);
  expect(await db.selectFrom("report").select("state").execute()).toEqual([{ state: "loaded" }]);
  expect(await db.selectFrom("alert").select("code").execute()).toEqual([]);
  await ledger.close();
});
