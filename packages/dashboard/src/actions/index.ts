import type { ActionRow } from "./action.ts";
import { BANK_ACTIONS } from "./bank.ts";
import { CLOSE_ACTIONS } from "./close.ts";
import { EXCEPTION_ACTIONS } from "./exceptions.ts";
import { FIRST_RUN_ACTIONS } from "./first-run.ts";
import { SETTLEMENT_ACTIONS } from "./settlements.ts";

/** Everything that a form does. */
export const ACTIONS: readonly ActionRow[] = [
  ...EXCEPTION_ACTIONS,
  ...BANK_ACTIONS,
  ...CLOSE_ACTIONS,
  ...SETTLEMENT_ACTIONS,
  ...FIRST_RUN_ACTIONS,
];
