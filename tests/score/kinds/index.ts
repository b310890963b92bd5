import type { Kind } from "../inject.ts";
import { DEPOSIT_KINDS } from "./deposits.ts";
import { FILE_AGAIN_KINDS } from "./files-again.ts";
import { MONEY_BACK_KINDS } from "./money-back.ts";
import { ORDER_KINDS } from "./orders.ts";
import { REPORT_KINDS } from "./reports.ts";
import { ROW_KINDS } from "./rows.ts";

/** Everything that is injected: troubles first. */
export const KINDS: readonly Kind[] = [
  ...REPORT_KINDS,
  ...ROW_KINDS,
  ...ORDER_KINDS,
  ...MONEY_BACK_KINDS,
  ...DEPOSIT_KINDS,
  ...FILE_AGAIN_KINDS,
].toSorted((one, other) => (one.what === other.what ? 0 : one.what === "trouble" ? -1 : 1));
