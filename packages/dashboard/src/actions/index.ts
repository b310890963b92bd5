import type { ActionRow } from "./action.ts";
import { BANK_ACTIONS } from "./bank.ts";
import { EXCEPTION_ACTIONS } from "./exceptions.ts";

/** Everything that a form does. */
export const ACTIONS: readonly ActionRow[] = [...EXCEPTION_ACTIONS, ...BANK_ACTIONS];
