/**
 * What exceptions say, in English: `message` of the contract. A place for a value is written `{name}`; one message may be
 * several of these one after the other. Other languages are made of the same names and values.
 */
export const SENTENCES = {
  "row.fee-sum": "total fee is {total}, but {percentage} + {fixed} = {sum}",
  "row.net.plus": "net amount is {net}, but {amount} + ({fee}) = {expected}",
  "row.net.minus": "net amount is {net}, but {amount} - ({fee}) = {expected}",
  "row.net.signs": ": the row has its fee signed the other way than the rest of the file",
  "row.outside-window.before": "posted {posted}, before its start at {edge}",
  "row.outside-window.after": "posted {posted}, after its end at {edge}",
  "row.unreadable": "line {line} cannot be read: {why} ({code})",
  "settlement.mixed-id.one": "1 row names settlement {ids} in the file of settlement {settlement}",
  "settlement.mixed-id.some": "{rows} rows name settlement {ids} in the file of settlement {settlement}",
  "settlement.mixed-id.many":
    "{rows} rows name settlement {ids} and {others} others in the file of settlement {settlement}",
  "settlement.gap": "no settlement covers the time from {from}, the end of {before}, to {to}",
  "settlement.overlap": "starts {start}, before settlement {before} ends at {end}",
  "settlement.zero-sum": "the net amounts add up to {sum} instead of zero",
  "settlement.opening.left": "carries in {carried}, but settlement {before} left {left}",
  "settlement.opening.paid-out": "carries in {carried}, but settlement {before} paid out all that it had",
  "settlement.opening.came-back": ", as much more as that settlement transferred: the transfer may have come back",
  "settlement.roll-forward": "the rows leave {left} after the transfer, but settlement {next} carries in {carried}",
  "settlement.roll-forward.last": "the rows leave {left} after the transfer, and no later settlement takes it on",
  "reserve.roll-forward": "releases a reserve of {released}, but settlement {before} held back {held}",
  "transaction.duplicate":
    "{type} {transaction} is settled again; the first time was {at} in settlement {settlement}, line {line}",
  "transaction.unknown-type": "unknown transaction type {type}, counted as activity",
  "capture.unknown": "capture of {amount} has no own record",
  "refund.unknown": "refund of {amount} has no own record",
  "refund.orphan": "refund of {amount}: its charge is in no settlement, report or record",
  "refund.orphan.named": "refund of {amount}: its charge {charge} is in no settlement, report or record",
  "refund.exceeds-capture": "refunded {refunded} of {captured} captured for {charge}, at most {ceiling} may be",
  "unsettled.captured": "captured {at}",
  "unsettled.captured.reported": "captured {at}, by the transaction report",
  "unsettled.refunded": "refunded {at}",
  "unsettled.refunded.reported": "refunded {at}, by the transaction report",
  "unsettled.passed": ", and in no settlement although they reach to {until}",
  "unsettled.old": ", and in no settlement after {days} days or more",
  "match.amount.record": "settled {settled}, but {own} in own records (matched by {rule})",
  "match.amount.report": "settled {settled}, but {own} in the transaction report (matched by {rule})",
  "match.currency": "settled as {settled}, recorded as {own} (matched by {rule})",
  "fee.mismatch":
    "{type} of {amount}: fees {percentage} and {fixed}, the schedule makes it {expected} in all ({schedule})",
  "bank.missing-deposit": "transfer of {amount} on {at} is on no bank statement; it was due by {due}",
  "bank.late-deposit": "transfer of {amount} on {at} arrived on {arrived}; it was due by {due}",
  "bank.unknown-deposit": "deposit of {amount} on {day} belongs to no transfer",
  "bank.unknown-deposit.named": "deposit of {amount} on {day} ({reference}) belongs to no transfer",
  "deposit.arrived": "transferred {sent}, arrived {arrived} on {days}",
  "deposit.less": ", {size} less",
  "deposit.more": ", {size} more",
  "deposit.near": "; matched by day and near amount, since no reference says so",
  "deposit.in-currency": "transferred {sent}, arrived {arrived} on {days} in {currency}",
  "deposit.rate": ", 1 {from} = {rate} {to}",
  "deposit.converted": "; matched by day and rate, since no reference says so",
  "report.missing": "no {report} report covers {from} to {to}",
  "report.awaited": "no {report} report covers {from} to {to} yet",
  "report.made-late": "the settlement report up to {to} was made {hours} hours after its end",
  "report.quarantined": "the {report} file was put aside: {why} ({code})",
} as const;

/** Name of a sentence. */
export type SentenceName = keyof typeof SENTENCES;
