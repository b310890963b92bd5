import { expect, it } from "vitest";
import { byOccurrence, byPosting, type RecordCandidate, type RowCandidate } from "./match-candidates.ts";

const NO_IDS = { transactionId: null, referenceId: null, permissionId: null, orderId: null, parentId: null };
const row = (postedAt: number, fileId: number, line: number): RowCandidate => ({
  ...NO_IDS,
  settlementId: "1",
  currency: "USD",
  amount: 1n,
  postedAt,
  fileId,
  line,
});
const record = (occurredAt: number, recordId: number): RecordCandidate => ({
  ...NO_IDS,
  currency: "USD",
  amount: 1n,
  occurredAt,
  recordId,
  done: true,
});

it("rows are taken by time, then by file, then by line, however they came", () => {
  const inOrder = [row(1, 9, 9), row(2, 1, 9), row(2, 2, 1), row(2, 2, 3), row(3, 1, 1)];
  expect(inOrder.toReversed().sort(byPosting)).toEqual(inOrder);
  expect([...inOrder.slice(2), ...inOrder.slice(0, 2)].sort(byPosting)).toEqual(inOrder);
});

it("records are taken by time, then by their number, however they came", () => {
  const inOrder = [record(1, 9), record(2, 3), record(2, 4), record(3, 1)];
  expect(inOrder.toReversed().sort(byOccurrence)).toEqual(inOrder);
  expect([...inOrder.slice(2), ...inOrder.slice(0, 2)].sort(byOccurrence)).toEqual(inOrder);
});
