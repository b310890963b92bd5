import type { ReturnedTransfer } from "@amazon-pay-kit/ledger";
import { UTC } from "@amazon-pay-kit/money";
import { expect, it } from "vitest";
import { returnedDocument, returnedMessage } from "./returned.ts";

const RETURNED: ReturnedTransfer = {
  settlementId: "5000000001",
  returnedIn: "5000000002",
  currency: "USD",
  amountMinor: 9680n,
  transferredAt: Date.UTC(2026, 3, 8),
  returnedAt: Date.UTC(2026, 3, 10, 10),
  transfer: { contentHash: "ab".repeat(32), line: 8 },
  back: { contentHash: "cd".repeat(32), line: 9 },
  deposit: {
    bankLineId: 1,
    bookedAt: Date.UTC(2026, 3, 9),
    fileName: "bank.csv",
    contentHash: "ef".repeat(32),
    line: 2,
  },
  debit: {
    bankLineId: 2,
    bookedAt: Date.UTC(2026, 3, 13),
    fileName: "bank.csv",
    contentHash: "ef".repeat(32),
    line: 3,
  },
};
const context = { calendar: () => UTC };

it("a payout that came back is one sentence, with both lines of the bank and both of the reports", () => {
  expect(returnedMessage(context, RETURNED)).toBe(
    "the transfer of 96.80 USD of settlement 5000000001 on 2026-04-08 (abababababab:8) came back from the bank: " +
      "deposited on 2026-04-09 (bank.csv, line 2), taken back on 2026-04-13 (bank.csv, line 3); " +
      "settlement 5000000002 has it again, on 2026-04-10 (cdcdcdcdcdcd:9)",
  );
  expect(returnedMessage(context, { ...RETURNED, debit: null })).toContain(
    "deposited on 2026-04-09 (bank.csv, line 2), taken back on no statement;",
  );
});

it("says what is not known of it", () => {
  const bare = { ...RETURNED, transfer: null, back: null, deposit: null, debit: null };
  expect(returnedMessage(context, bare)).toBe(
    "the transfer of 96.80 USD of settlement 5000000001 on 2026-04-08 came back from the bank: " +
      "no statement has that it arrived; settlement 5000000002 has it again, which opens with it on 2026-04-10",
  );
  expect(returnedDocument(context, bare)).toMatchObject({ deposit: null, debit: null, back: null, amount: "96.80" });
});

it("has the same in its document", () => {
  expect(returnedDocument(context, RETURNED)).toMatchObject({
    settlementId: "5000000001",
    returnedIn: "5000000002",
    amount: "96.80",
    transferredAt: "2026-04-08T00:00:00Z",
    deposit: { id: 1, bookedOn: "2026-04-09", file: "bank.csv", line: 2 },
    debit: { id: 2, bookedOn: "2026-04-13" },
    back: { line: 9 },
    message: returnedMessage(context, RETURNED),
  });
});
