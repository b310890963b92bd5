/** What the exception that heads those of one cause says beside its own message. */
export const CAUSE_MESSAGES = {
  "cause.lost-report": "; one lost settlement report brings {codes} beside it, {total} at risk",
  "cause.reissued": "; the re-issued settlement brings {codes} beside it, {total} at risk",
  "cause.damaged-file": "; the damaged file brings {codes} beside it, {total} at risk",
  "cause.row": "; the same row brings {codes} beside it, {total} at risk",
  "cause.unknown-type": "; the new type {type} brings {codes} beside it, {total} at risk",
  "cause.conversion":
    "; the bank converts payouts of this account, which brings {codes} beside it, {total} at risk: allow it with bank.fx and a tolerance",
  "cause.records":
    "; {open} of {count} records of {file} are in no settlement: they may be another account's, or in another time zone, which brings {codes} beside it, {total} at risk",
  "cause.records-currency":
    "; the records of {file} are in another currency than the settlements, which brings {codes} beside it, {total} at risk",
  "cause.schedule":
    "; most fees differ in the same way, so the fee schedule may not be this account's, which brings {codes} beside it, {total} at risk",
  "cause.statement":
    "; no transfer is on a statement, which may be another bank account's or word its lines otherwise (depositPattern), and brings {codes} beside it, {total} at risk",
} as const;
