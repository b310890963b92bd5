import type { Table, TableShape } from "./shape.ts";

/** What the reconciler derives from the other tables; all of it can be made again. */
export const VERDICT_TABLES = {
  /** The verdict on one settlement in one currency. */
  settlement: {
    columns: {
      account_id: "text",
      settlement_id: "text",
      currency: "text",
      file_id: "ref",
      start_at: "instant?",
      end_at: "instant?",
      /** `explained`: all its differences have been explained. */
      status: ["balanced", "exceptions", "explained"],
      /** Whether its transfer was compared with a bank statement, and what came of it. */
      bank: ["matched", "differs", "unchecked", "ignored"],
      /** Previous reserve that was released, and the balance carried in. */
      opening_minor: "money",
      /** Gross amounts of everything that is neither opening, reserve nor transfer. */
      activity_minor: "money",
      /** What the fees did to the balance: negative where they were taken. */
      fees_minor: "money",
      /** Held back at the end: negative or zero. It is part of the closing balance. */
      reserve_minor: "money",
      /** Paid out (negative), and taken from the merchant's card for a debt (positive). */
      transfer_minor: "money",
      /** `opening + activity + fees + transfer`: what is held back and what is carried on. */
      closing_minor: "money",
      row_count: "count",
      /** 1 when the net amounts add up to zero. */
      zero_sum: "count",
      /** 1 when opening, activity and transfer lead to closing, and closing to the next opening. */
      rolls_forward: "count",
      /** `amount-plus-fee` (canonical) or `amount-minus-fee` (mirror). */
      sign_convention: "text",
      /** The part of the opening balance that is released reserve. */
      released_minor: "money",
      /** The part of the opening balance that is a negative Debt row. */
      debt_minor: "money",
      /** The part of the transfer that are Transfer rows. */
      payout_minor: "money",
      /** When the last Transfer row was posted; null without one. */
      payout_at: "instant?",
      /** Where the last Transfer row is. */
      payout_file_id: "ref?",
      payout_line: "count?",
      /** The part of opening and closing that no row says, but the settlement before: see `reconcile/chain/implied-opening`. */
      implied_minor: "money=0",
    },
    key: ["account_id", "settlement_id", "currency"],
    indexes: [
      { columns: ["account_id", "start_at"] },
      { columns: ["account_id", "file_id"] },
      { columns: ["account_id", "currency", "end_at", "settlement_id"] },
      // The settlements of all accounts together, in each order of their list, and newest first within what it is filtered by.
      ...[
        "coalesce(end_at, 0)",
        "settlement_id",
        "row_count",
        "activity_minor",
        "fees_minor",
        "transfer_minor",
        "closing_minor",
        "payout_minor",
        "opening_minor",
        "reserve_minor",
        "status",
        "bank",
      ].map((value) => ({
        columns: [value, "account_id", ...(value === "settlement_id" ? [] : ["settlement_id"]), "currency"],
      })),
      ...["status", "bank", "currency"].map((value) => ({ columns: [value, "coalesce(end_at, 0)", "account_id"] })),
      // Few files have fees with the other sign.
      { columns: ["account_id", "sign_convention"], whereIn: ["sign_convention", ["amount-minus-fee"]] },
    ],
  },
  /** Which settlement a file belongs to: the one that most of its rows name. Files whose rows all came before have none. */
  settlement_file: {
    columns: {
      account_id: "text",
      file_id: "ref",
      settlement_id: "text",
      /** As in `settlement`: found file by file. */
      sign_convention: "text",
    },
    key: ["account_id", "file_id"],
    indexes: [{ columns: ["account_id", "settlement_id"] }],
  },
  /** The fee audit of one settlement in one currency. */
  settlement_fee: {
    columns: {
      account_id: "text",
      settlement_id: "text",
      currency: "text",
      /** Fees of the rows that were checked, as they are in the file: negative where taken. */
      actual_minor: "money",
      /** What the schedule makes of the same rows. */
      expected_minor: "money",
      /** Fees of authorizations that were never captured. */
      leak_minor: "money",
      checked_count: "count",
      mismatch_count: "count",
    },
    key: ["account_id", "settlement_id", "currency"],
  },
  /** A settlement row paired with what it stands for. */
  row_match: {
    columns: {
      account_id: "text",
      file_id: "ref",
      line: "count",
      /** `record`, `transaction-report` or `bank`. */
      counterpart: "text",
      counterpart_id: "text",
      /** Rule of the list of rules that paired them: `transaction-id`, `reference-id`, … */
      rule: "text",
      /** Shared by rows and records that belong together one to many; null where one stands for one. */
      match_group: "text?",
      amount_minor: "money",
    },
    key: ["account_id", "file_id", "line", "counterpart", "counterpart_id"],
    indexes: [
      { columns: ["account_id", "counterpart", "counterpart_id"] },
      { columns: ["account_id", "match_group"], where: "match_group" },
      // What people have matched, which is little of all.
      { columns: ["counterpart", "account_id", "counterpart_id"], whereIn: ["rule", ["manual"]] },
    ],
  },
  /** A difference that someone must explain. Identity: what it is about, not when it was found. */
  exception: {
    columns: {
      account_id: "text",
      /** Hash of account, code and subject: the same difference has the same id in every run, and no other account has it. */
      exception_id: "text",
      code: "text",
      /** `error` or `warning`. */
      severity: "text",
      settlement_id: "text?",
      transaction_id: "text?",
      file_id: "ref?",
      line: "count?",
      amount_minor: "money?",
      currency: "text?",
      /** In English. */
      message: "text",
      /** The message as sentences with their values, JSON; null on what was found by an earlier version. */
      messages: "text?",
      /** `open`, `explained`, `resolved` or `reopened`. */
      status: "text",
      /** What it is about, in words that are the same in every store. */
      subject: "text",
      /** The merchant's own order number and reference, from the own record or the row of the report. */
      order_id: "text?",
      reference_id: "text?",
      /** The own record that it is about. */
      record_id: "ref?",
      /** Id of the exception that heads all those of one cause; its own id, or null, where it stands alone. */
      cause: "text?",
      /** On the one that heads others: what brings them, as sentences with their values, JSON. */
      cause_messages: "text?",
      /** Why it was explained, which says on what account its money is booked; null without one, and while it stands open. */
      reason: "text?",
      /** Who looks after it; null while nobody does. */
      owner: "text?",
      /** Who asked for a write-off that a second person has to agree to; null while nobody has. */
      asked_by: "text?",
      /** What receivers of events were last told of it: `open` or `closed`; null before they were told anything. */
      told: "text?",
      found_at: "instant",
      /** When the status last changed: for an explained one, the day on which it is booked. */
      changed_at: "instant",
    },
    key: ["account_id", "exception_id"],
    indexes: [
      { columns: ["account_id", "status", "code"] },
      { columns: ["account_id", "settlement_id"], where: "settlement_id" },
      { columns: ["account_id", "transaction_id"], where: "transaction_id" },
      { columns: ["account_id", "file_id"], where: "file_id" },
      { columns: ["account_id", "found_at"] },
      { columns: ["account_id", "cause"] },
      { columns: ["account_id", "record_id"], where: "record_id" },
      // Those of all accounts together.
      { columns: ["exception_id"] },
      { columns: ["status", "code"] },
      { columns: ["code", "status"] },
    ],
  },
  /** The life of an exception: who did what, when. Never changed, only added to. */
  exception_event: {
    columns: {
      account_id: "text",
      event_id: "id",
      exception_id: "text",
      /** `found`, `explained`, `resolved`, `reopened`; `assigned`, `noted`; `asked` for a write-off that takes a second person. */
      what: "text",
      who: "text",
      note: "text?",
      at: "instant",
      /** Of an explanation: its reason, and the difference as it was then, which is what is booked on that day. */
      reason: "text?",
      amount_minor: "money?",
      currency: "text?",
    },
    key: ["account_id", "event_id"],
    indexes: [{ columns: ["account_id", "exception_id"] }, { columns: ["account_id", "reason"], where: "reason" }],
    insertOnly: true,
  },
  /** A deposit that a person has linked with a transfer. Never taken away: what was undone says by whom and when. */
  hand_match: {
    columns: {
      account_id: "text",
      hand_match_id: "id",
      /** The bank line in words that are the same when its statement is imported again. */
      deposit: "text",
      settlement_id: "text",
      currency: "text",
      reason: "text?",
      note: "text?",
      who: "text",
      at: "instant",
      undone_at: "instant?",
      undone_who: "text?",
      undone_note: "text?",
    },
    key: ["account_id", "hand_match_id"],
    indexes: [{ columns: ["account_id", "deposit"] }],
  },
  /** A charge or refund that should be in a settlement and is in none yet. */
  open_item: {
    columns: {
      account_id: "text",
      /** `record` or `transaction-report`. */
      counterpart: "text",
      /** Record id, or id of the object in the report. */
      counterpart_id: "text",
      /** `charge` or `refund`. */
      kind: "text",
      transaction_id: "text?",
      /** Positive for both kinds. */
      amount_minor: "money",
      currency: "text",
      occurred_at: "instant",
      /** As `exception.subject`: the same for a record and a report row that are about one object. */
      subject: "text",
    },
    key: ["account_id", "counterpart", "counterpart_id"],
    indexes: [
      { columns: ["account_id", "occurred_at"] },
      { columns: ["account_id", "subject"] },
      // Those of all accounts together, oldest first.
      { columns: ["occurred_at", "account_id"] },
    ],
  },
  /** What the next transfer was thought to be, and what it was. */
  transfer_forecast: {
    columns: {
      account_id: "text",
      currency: "text",
      /** Last settlement that was known; empty before the first. */
      after_settlement_id: "text",
      made_at: "instant",
      opening_minor: "money",
      captures_minor: "money",
      refunds_minor: "money",
      fees_minor: "money",
      reserve_minor: "money",
      /** Positive for money to the bank. */
      expected_minor: "money",
      /** The settlement that came; null while it is awaited. */
      settlement_id: "text?",
      actual_minor: "money?",
    },
    key: ["account_id", "currency", "after_settlement_id"],
  },
  /** A stretch of time of one report type: present, missing, late, or without data. */
  coverage: {
    columns: {
      account_id: "text",
      report_type: "text",
      from_at: "instant",
      to_at: "instant",
      /** `complete`, `missing`, `late` or `no-data`. */
      status: "text",
    },
    key: ["account_id", "report_type", "from_at"],
    // Of all accounts together, where something is missing: those of which nothing is are very many more.
    indexes: [{ columns: ["to_at"], whereIn: ["status", ["missing", "late"]] }],
  },
  /** What a reconcile run has already taken into account, so that the next one does only what is new. */
  reconcile_mark: {
    columns: {
      account_id: "text",
      subject: "text",
      mark: "text",
    },
    key: ["account_id", "subject"],
  },
} as const satisfies Readonly<Record<string, TableShape>>;

/** A row of `settlement`. */
export type SettlementTable = Table<typeof VERDICT_TABLES.settlement>;
/** A row of `exception`. */
export type ExceptionTable = Table<typeof VERDICT_TABLES.exception>;
/** A row of `exception_event`. */
export type ExceptionEventTable = Table<typeof VERDICT_TABLES.exception_event>;
