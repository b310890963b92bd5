import type { DiscrepancyKind } from "../kind.ts";
import { BALANCE_KINDS } from "./balances.ts";
import { DELIVERY_KINDS } from "./deliveries.ts";
import { DEPOSIT_KINDS } from "./deposits.ts";
import { FILE_KINDS } from "./files.ts";
import { MAKING_KINDS } from "./making.ts";
import { ROW_KINDS } from "./rows.ts";
import { UNKNOWN_ROW_KINDS } from "./unknown-rows.ts";

/** Every kind of discrepancy that can be asked for, with the exceptions that it must lead to. */
export const DISCREPANCY_KINDS: readonly DiscrepancyKind[] = [
  ...ROW_KINDS,
  ...UNKNOWN_ROW_KINDS,
  ...BALANCE_KINDS,
  ...FILE_KINDS,
  ...MAKING_KINDS,
  ...DEPOSIT_KINDS,
  ...DELIVERY_KINDS,
];

/** The kind of a name. */
export function discrepancyKind(name: string): DiscrepancyKind | undefined {
  return DISCREPANCY_KINDS.find(({ kind }) => kind === name);
}
