import type { Engine } from "../../engine/engine.ts";
import type { Settlement } from "../../engine/objects/index.ts";
import { accounts, accountsOf } from "../account.ts";
import { closeSettlement } from "./close-settlement.ts";
import { CLOSE_ITEM, scheduleNext } from "./running-period.ts";

/** Closes settlements when the clock reaches their end. */
export function handleClosings(engine: Engine): void {
  engine.handle(CLOSE_ITEM, (item) => {
    const account = accounts(engine).get(item.subject);
    if (account === undefined) return;
    closeSettlement(engine, account, false);
    scheduleNext(engine, account);
  });
}

/** Which running settlements to close. */
export interface CloseRequest {
  readonly merchantId: string;
  readonly environment?: "sandbox" | "live";
  readonly currency?: string;
}

/** Closes a merchant's running settlements now. Those without movements and without anything to pay go on. */
export function closeSettlements(engine: Engine, request: CloseRequest): Settlement[] {
  const closed: Settlement[] = [];
  for (const account of accountsOf(engine, request.merchantId)) {
    if (request.environment !== undefined && request.environment !== account.environment) continue;
    if (request.currency !== undefined && request.currency !== account.currency) continue;
    const settlement = closeSettlement(engine, account, true);
    if (settlement !== undefined) closed.push(settlement);
  }
  return closed;
}
