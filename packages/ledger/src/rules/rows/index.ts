import { feeSum } from "./fee-sum.ts";
import { net } from "./net.ts";
import { outsideWindow } from "./outside-window.ts";
import type { RowRule } from "./row-rule.ts";
import { unknownType } from "./unknown-type.ts";

/** Every rule that a single row can break: one line here, one file beside. The reconciler filters, counts and judges by this list. */
export const ROW_RULES = [feeSum, net, outsideWindow, unknownType] as const satisfies readonly RowRule[];
