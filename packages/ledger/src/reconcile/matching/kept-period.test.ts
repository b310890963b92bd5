import { describe, expect, it } from "vitest";
import { DAY } from "@amazon-pay-kit/money";
import { booksFixture } from "../testing/books-fixture.ts";
import type { Step } from "../step/step.ts";
import { keptPeriod, newParts, within } from "./kept-period.ts";

const before = { from: 100, to: 200 };

describe("what is new of the time for which there are records", () => {
  it.each([
    ["nothing, where there are none", null, before, []],
    ["nothing, where it is the same or shorter", { from: 120, to: 200 }, before, []],
    ["all of it, the first time", before, null, [before]],
    ["all of it, where it lies apart", { from: 300, to: 400 }, before, [{ from: 300, to: 400 }]],
    ["what older records add", { from: 50, to: 200 }, before, [{ from: 50, to: 99 }]],
    ["what newer records add", { from: 100, to: 250 }, before, [{ from: 201, to: 250 }]],
    [
      "what both add",
      { from: 99, to: 201 },
      before,
      [
        { from: 99, to: 99 },
        { from: 201, to: 201 },
      ],
    ],
  ])("%s", (_what, now, then, parts) => {
    expect(newParts(now, then)).toEqual(parts);
  });
});

it("both ends belong to the time, and nothing belongs to none", () => {
  expect([99, 100, 200, 201].map((time) => within(before, time))).toEqual([false, true, true, false]);
  expect(within(null, 150)).toBe(false);
});

it("records are kept from a day before the first of a kind to a day after its last", async () => {
  const ledger = await booksFixture();
  try {
    const step = { db: ledger.store.db, accountId: "shop" } as Step;
    expect(await keptPeriod(step, "charge", "auto")).toBeNull();
    await ledger.records.add(
      ["2026-01-05", "2026-01-20"].map((day) => ({
        kind: "charge" as const,
        amount: "1.00",
        currency: "USD",
        occurredAt: `${day}T00:00:00Z`,
        orderId: day,
      })),
    );
    const kept = { from: Date.UTC(2026, 0, 5) - DAY, to: Date.UTC(2026, 0, 20) + DAY };
    expect(await keptPeriod(step, "charge", "auto")).toEqual(kept);
    expect(await keptPeriod(step, "refund", "auto")).toBeNull();
    expect(await keptPeriod(step, "charge", "ignored")).toBeNull();
    expect(within(await keptPeriod(step, "refund", "required"), 0)).toBe(true);
  } finally {
    await ledger.close();
  }
});

/** Two charges and, between them, a refund: the time that each kind is kept for. */
async function keptOf(...imports: readonly (readonly ("charge 5" | "refund 12" | "charge 20")[])[]) {
  const ledger = await booksFixture();
  try {
    for (const some of imports) {
      await ledger.records.add(
        some.map((name) => {
          const [kind, day] = name.split(" ") as ["charge" | "refund", string];
          const occurredAt = new Date(Date.UTC(2026, 0, Number(day))).toISOString();
          return { kind, amount: "1.00", currency: "USD", occurredAt, orderId: name };
        }),
      );
    }
    const step = { db: ledger.store.db, accountId: "shop" } as Step;
    return [await keptPeriod(step, "charge", "auto"), await keptPeriod(step, "refund", "auto")];
  } finally {
    await ledger.close();
  }
}

it("refunds are kept for the time of the charges, however the records were divided into imports", async () => {
  const all = { from: Date.UTC(2026, 0, 5) - DAY, to: Date.UTC(2026, 0, 20) + DAY };
  expect(await keptOf(["charge 5", "refund 12", "charge 20"])).toEqual([all, all]);
  expect(await keptOf(["charge 5"], ["refund 12", "charge 20"])).toEqual([all, all]);
  expect(await keptOf(["refund 12"], ["charge 20"], ["charge 5", "refund 12"])).toEqual([all, all]);
  expect(await keptOf(["refund 12"])).toEqual([
    null,
    { from: Date.UTC(2026, 0, 12) - DAY, to: Date.UTC(2026, 0, 12) + DAY },
  ]);
});
