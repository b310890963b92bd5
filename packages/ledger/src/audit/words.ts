/** Everything that the audit writes down: what was changed, and how. */
export const AUDIT_WORDS = [
  "exception.explained",
  "exception.reopened",
  "exception.assigned",
  "exception.noted",
  "exception.write-off-asked",
  "settlement.accepted",
  "bank.matched",
  "bank.unmatched",
  "bank.imported",
  "bank.withdrawn",
  "records.imported",
  "records.withdrawn",
  "report.withdrawn",
  "fee-invoice.added",
  "fee-invoice.withdrawn",
  "month.closed",
  "month.reopened",
  "account.added",
  "account.rotated",
  "account.paused",
  "account.resumed",
  "account.forgotten",
  "account.erased",
  "token.made",
  "token.revoked",
  "user.added",
  "user.role-changed",
  "user.removed",
] as const;

/** What a row of the audit is about. */
export type AuditWord = (typeof AUDIT_WORDS)[number];
