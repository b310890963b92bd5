/** What may follow when a settlement is not known. */
export const WITHOUT_SETTLEMENT = [
  "settlement.gap",
  "settlement.opening",
  "settlement.roll-forward",
  "reserve.roll-forward",
  "capture.unsettled",
  "refund.unsettled",
  "refund.orphan",
  "bank.unknown-deposit",
] as const;
