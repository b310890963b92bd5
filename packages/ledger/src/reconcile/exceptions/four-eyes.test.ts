import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase } from "../../../../../tests/postgres/database.ts";
import type { Ledger } from "../../ledger.ts";
import { getException, listExceptions } from "../../views/exceptions.ts";
import { reconcile } from "../reconcile.ts";
import { booksFixture, capture, load, settlementFile, transfer } from "../testing/books-fixture.ts";
import { importStatement } from "../../ingest/bank/index.ts";
import { assignException, explainException, noteException, reopenException } from "./change.ts";

async function* statement(): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(
    "Date,Description,Amount\n2026-01-02,RENT,-10.00\n2026-01-16,AMAZON PAYMENTS 5000000001,80.00\n2026-02-27,RENT,-10.00\n",
  );
}

describe.each(["SQLite", "PostgreSQL"])("what people do with an exception on %s", (database) => {
  let ledger: Ledger;
  let id: string;
  const by = (who: string, limit?: bigint) => ({
    ...ledger,
    who,
    ...(limit === undefined ? {} : { writeOffLimits: { USD: limit } }),
  });
  const stateOf = async (): Promise<string> => {
    const { status, askedBy, owner } = await getException(ledger, { accountId: "shop", exceptionId: id });
    return `${status} ${askedBy ?? "-"} ${owner ?? "-"}`;
  };
  beforeEach(async () => {
    ledger = await booksFixture(database === "SQLite" ? undefined : await freshDatabase());
    await load(
      ledger,
      settlementFile("5000000001", "2026-01-01T00:00:00", "2026-01-15T00:00:00", [
        capture("2026-01-02T10:00:00", "P01-1111111-1000001-C100001", "100.00", "-2.90"),
        transfer("2026-01-14T10:00:00", "96.80"),
      ]),
    );
    await importStatement({ ...ledger, accountId: "shop" }, statement(), { currency: "USD", dateFormat: "yyyy-mm-dd" });
    const { exceptions } = await reconcile(ledger);
    expect(exceptions).toMatchObject([{ code: "match.amount", amount: "-16.80" }]);
    id = exceptions[0]?.id ?? "";
  });
  afterEach(() => ledger.close());

  it("takes two people to write off what is above the limit, and one for all else", async () => {
    await expect(explainException(by("ann", 1000n), id, " ", "write-off")).rejects.toThrowError(/note/);
    expect(await explainException(by("ann", 1000n), id, "too small to claim", "write-off")).toBe("asked");
    expect(await stateOf()).toBe("open ann -");
    await expect(explainException(by("ann", 1000n), id, "again", "write-off")).rejects.toThrowError(/second person/);
    // Runs in between leave it as it is: the amount is the same.
    await reconcile(ledger, { full: true });
    expect(await stateOf()).toBe("open ann -");
    const waiting = await listExceptions(ledger, { asked: true });
    expect(waiting.items.map((one) => one.exceptionId)).toEqual([id]);
    const resolver = { ...by("ben", 1000n), mayApprove: false };
    await expect(explainException(resolver, id, "agreed", "write-off")).rejects.toMatchObject({
      code: "exception.approver",
    });
    expect(await explainException(by("ben", 1000n), id, "agreed", "write-off")).toBe("explained");
    expect(await stateOf()).toBe("explained - -");
    const { events } = await getException(ledger, { accountId: "shop", exceptionId: id });
    expect(events.map(({ what, who, note }) => `${what} ${who} ${note ?? ""}`).slice(-2)).toEqual([
      "asked ann write-off: too small to claim",
      "explained ben write-off: agreed",
    ]);
    // The exact limit, another reason, and another currency's limit need nobody else.
    await reopenException(by("ann"), id);
    expect(await explainException(by("ann", 1680n), id, "at the limit", "write-off")).toBe("explained");
    await reopenException(by("ann"), id);
    expect(await explainException(by("ann", 1n), id, "charge", "bank-fee")).toBe("explained");
  });

  it("takes a question back, and forgets it when somebody explains otherwise", async () => {
    await explainException(by("ann", 1n), id, "first", "write-off");
    await reopenException(by("ann"), id, "not so");
    expect(await stateOf()).toBe("open - -");
    await expect(reopenException(by("ann"), id)).rejects.toThrowError(/only an explained or resolved one/);
    await explainException(by("ann", 1n), id, "first", "write-off");
    await explainException(by("ann", 1n), id, "it is a charge", "bank-fee");
    expect(await stateOf()).toBe("explained - -");
  });

  it("is given to somebody, and noted on, and its history says so", async () => {
    await assignException(by("ann"), id, " mara ");
    await assignException(by("ann"), id, "mara");
    await noteException(by("mara"), id, "asked the bank");
    expect(await stateOf()).toBe("open - mara");
    expect((await listExceptions(ledger, { owner: "mara", sort: "-owner" })).items).toHaveLength(1);
    expect((await listExceptions(ledger, { owner: "" })).items).toEqual([]);
    await assignException(by("mara"), id, null);
    expect(await stateOf()).toBe("open - -");
    const { events } = await getException(ledger, { accountId: "shop", exceptionId: id });
    expect(events.map(({ what, who, note }) => `${what} ${who} ${note ?? ""}`).slice(-3)).toEqual([
      "assigned ann mara",
      "noted mara asked the bank",
      "assigned mara nobody",
    ]);
    expect(() => assignException(by("ann"), id, " ")).toThrowError(/1 to 200 characters/);
    expect(() => noteException(by("ann"), id, " ")).toThrowError(/nothing in the note/);
    await expect(assignException(by("ann"), "0000", "x")).rejects.toThrowError(/no exception/);
  });
});
