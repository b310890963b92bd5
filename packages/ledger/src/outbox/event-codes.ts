/** What receivers can be told of, by code, and when. A table: the configuration, the API and the page on webhooks follow from it. */
export const EVENT_CODES = {
  "report.loaded": "the rows of a report file are in the books",
  "alert.raised": "something needs a person: a source, a report, the archive, a webhook",
  "settlement.reconciled": "a settlement was reconciled for the first time, or its figures or verdict have changed",
  "exception.opened": "a difference was found, or came back",
  "exception.resolved": "a difference was explained by a person or a rule, or is no longer there",
  "payout.expected": "a settlement has a payout to the bank: this amount is on its way",
  "payout.arrived": "the payout of a settlement is on a bank statement, all of it",
  "payout.short": "less than the payout of a settlement arrived, or nothing in its days",
  "month.ready": "a month is over, its settlement reports are complete and reconciled: it can be closed",
} as const;

/** What receivers can be told of. */
export type EventCode = keyof typeof EVENT_CODES;

/** The names of {@link EVENT_CODES}. */
export const EVENT_NAMES = Object.keys(EVENT_CODES) as readonly EventCode[];
