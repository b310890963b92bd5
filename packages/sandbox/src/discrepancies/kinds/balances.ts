import { HOUR, MINUTE } from "@amazon-pay-kit/money";
import { DESCRIPTION, TRANSACTION_TYPE } from "../../settlement/transaction-types.ts";
import type { DraftKind } from "../kind.ts";
import {
  add,
  anyOf,
  bareRow,
  compensate,
  currencyOf,
  insert,
  money,
  rowsOf,
  settlementBefore,
} from "../settlement-draft.ts";

const SETTLEMENT = ["settlement"] as const;

/** What is off in the rows that frame a settlement and in its dates. */
export const BALANCE_KINDS: readonly DraftKind[] = [
  {
    kind: "wrong-opening",
    does: "carries in another balance than the settlement before left, in a file that adds up",
    stage: "contents",
    reports: SETTLEMENT,
    leadsTo: ["settlement.opening"],
    mayFollow: [],
    inject: (engine, draft) => {
      if (settlementBefore(engine, draft) === undefined) return null;
      const minor = 250n;
      const currency = currencyOf(draft);
      const at = draft.header.settlementStartDate ?? 0;
      const row =
        rowsOf(draft, TRANSACTION_TYPE.carryover)[0] ??
        insert(draft, bareRow(draft, TRANSACTION_TYPE.carryover, 0n, currency, DESCRIPTION.carryover, at));
      add(row, "transactionAmount", minor);
      add(row, "netTransactionAmount", minor);
      compensate(draft, -minor, currency);
      return { what: "the balance carried in is 250 minor units too high", row, minor, currency };
    },
  },
  {
    kind: "wrong-reserve",
    does: "releases another reserve than the settlement before held back, in a file that adds up",
    stage: "contents",
    reports: SETTLEMENT,
    leadsTo: ["reserve.roll-forward"],
    mayFollow: ["settlement.opening"],
    inject: (engine, draft) => {
      if (settlementBefore(engine, draft) === undefined) return null;
      const minor = 300n;
      const currency = currencyOf(draft);
      const at = draft.header.settlementStartDate ?? 0;
      const row =
        rowsOf(draft, TRANSACTION_TYPE.reserve).find((one) => money(one, "netTransactionAmount") > 0n) ??
        insert(draft, bareRow(draft, TRANSACTION_TYPE.reserve, 0n, currency, DESCRIPTION.previousReserve, at));
      add(row, "transactionAmount", minor);
      add(row, "netTransactionAmount", minor);
      compensate(draft, -minor, currency);
      return { what: "the reserve released is 300 minor units too high", row, minor, currency };
    },
  },
  {
    kind: "wrong-transfer",
    does: "writes another payout than the balance",
    stage: "contents",
    reports: SETTLEMENT,
    leadsTo: ["settlement.roll-forward"],
    mayFollow: ["match.amount", "bank.missing-deposit", "bank.unknown-deposit"],
    inject: (engine, draft) => {
      const row = anyOf(engine, rowsOf(draft, TRANSACTION_TYPE.transfer));
      if (row === undefined) return null;
      const minor = -150n;
      add(row, "transactionAmount", minor);
      add(row, "netTransactionAmount", minor);
      return { what: "the transfer is 150 minor units too high", row, minor, currency: currencyOf(draft) };
    },
  },
  {
    kind: "gap",
    does: "begins the settlement three hours after the one before ended",
    stage: "contents",
    reports: SETTLEMENT,
    leadsTo: ["settlement.gap"],
    mayFollow: [],
    inject: (engine, draft) => {
      const { settlementStartDate: start, settlementEndDate: end } = draft.header;
      if (typeof start !== "number" || typeof end !== "number" || end - start < 6 * HOUR) return null;
      if (settlementBefore(engine, draft) === undefined) return null;
      const later = start + 3 * HOUR;
      draft.header = { ...draft.header, settlementStartDate: later };
      // Rows of the missing hours are dated at the new start: the gap is to be the only thing wrong.
      for (const row of draft.rows) {
        if (Number(row.values["transactionPostedDate"]) < later) row.values["transactionPostedDate"] = later;
      }
      return { what: "the settlement begins three hours after the one before ended" };
    },
  },
  {
    kind: "overlap",
    does: "begins the settlement an hour before the one before ended",
    stage: "contents",
    reports: SETTLEMENT,
    leadsTo: ["settlement.overlap"],
    mayFollow: [],
    inject: (engine, draft) => {
      const start = draft.header.settlementStartDate;
      if (typeof start !== "number" || settlementBefore(engine, draft) === undefined) return null;
      draft.header = { ...draft.header, settlementStartDate: start - 60 * MINUTE };
      return { what: "the settlement begins an hour before the one before ended" };
    },
  },
];
