import { afterEach, beforeEach, expect, it } from "vitest";
import type { Ledger } from "../../ledger.ts";
import type { Finding } from "../finding.ts";
import { message } from "../../rules/index.ts";
import { booksFixture } from "../testing/books-fixture.ts";
import { replaceFindings, type Scope } from "./replace-findings.ts";

let ledger: Ledger;
beforeEach(async () => {
  ledger = await booksFixture();
});
afterEach(() => ledger.close());

const finding = (subject: string, fileId: number, line: number): Finding => ({
  code: "refund.orphan",
  subject,
  settlementId: "5000000001",
  transactionId: null,
  fileId,
  line,
  amount: 100n,
  currency: "USD",
  messages: message("refund.orphan", { amount: "1.00" }),
});
const run = (scope: Omit<Scope, "codes">, ...found: readonly Finding[]): Promise<void> => {
  const finder = { db: ledger.store.db, accountId: "shop", now: ledger.clock.now() };
  return replaceFindings(finder, { codes: ["refund.orphan"], ...scope }, found);
};
const kept = async (): Promise<string[]> => {
  const query = ledger.store.db.selectFrom("exception").select(["subject", "file_id", "line", "status"]);
  const rows = await query.orderBy("subject").execute();
  return rows.map((row) => `${row.subject} ${row.file_id}:${row.line} ${row.status}`);
};

it("a run that looked at some rows of a file says nothing about its others, nor about the same line of another", async () => {
  await run({}, finding("a", 1, 7), finding("b", 1, 8), finding("c", 2, 7), finding("d", 2, 9));
  await run({
    rows: [
      { fileId: 1, line: 7 },
      { fileId: 2, line: 9 },
    ],
  });
  expect(await kept()).toEqual(["a 1:7 resolved", "b 1:8 open", "c 2:7 open", "d 2:9 resolved"]);
});

it("the same difference in another place is shown there, and is no event", async () => {
  await run({}, finding("a", 1, 7), finding("b", 1, 8));
  await run({}, finding("a", 1, 9), finding("b", 2, 8));
  expect(await kept()).toEqual(["a 1:9 open", "b 2:8 open"]);
  const events = await ledger.store.db.selectFrom("exception_event").select("what").execute();
  expect(events.map(({ what }) => what)).toEqual(["found", "found"]);
});
