import type { Engine } from "../engine/engine.ts";

/** What the bank books otherwise than was paid out. */
export type DepositChange =
  /** The deposit of the settlement never arrives. */
  | { readonly settlementId: string; readonly what: "missing" }
  /** It is this many minor units more, or less. */
  | { readonly settlementId: string; readonly what: "amount"; readonly minor: bigint }
  /** Another deposit of this many minor units arrives on the same day. */
  | { readonly settlementId: string; readonly what: "extra"; readonly minor: bigint; readonly referenceId: string };

/** Makes the bank statement differ from the payouts, for anyone who wants to see it found. */
export function changeDeposit(engine: Engine, change: DepositChange): void {
  engine.state.extra<DepositChange>("bankDepositChanges").put(`${change.settlementId} ${change.what}`, change);
}

/** The change of a kind to the deposit of a settlement. */
export function depositChange<What extends DepositChange["what"]>(
  engine: Engine,
  settlementId: string,
  what: What,
): Extract<DepositChange, { what: What }> | undefined {
  const found = engine.state.extra<DepositChange>("bankDepositChanges").get(`${settlementId} ${what}`);
  return found as Extract<DepositChange, { what: What }> | undefined;
}
