import type { Collection } from "../engine/collection.ts";
import type { Engine } from "../engine/engine.ts";

/** The running settlement of one merchant in one environment and currency: what it began with and when it closes. */
export interface Account {
  readonly accountId: string;
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly currency: string;
  /** Start of the running period: a whole second, the end of the one before. */
  startAt: number;
  /** Held back at the end of the period before, positive. */
  openReserve: bigint;
  /** Left over from the period before; negative when the merchant owes. */
  openCarryover: bigint;
  /** When the periods of this account begin to count: its first movement. */
  readonly firstMovementAt: number;
  /** When the running period closes by the clock, before the drift of a few seconds. */
  nominalCloseAt: number;
  /** Settlements so far. */
  settlements: number;
}

/** A movement that no settlement carries yet. */
export interface OpenMovement {
  readonly movementId: string;
  readonly accountId: string;
}

/** Every account, by id. */
export function accounts(engine: Engine): Collection<Account> {
  return engine.state.extra<Account>("bookAccounts");
}

/** Movements that wait for the running settlement to close, with an index `account`. */
export function openMovements(engine: Engine): Collection<OpenMovement> {
  return engine.state.extra<OpenMovement>("bookOpenMovements");
}

/** The id of the account of a merchant, environment and currency. */
export function accountIdOf(merchantId: string, environment: "sandbox" | "live", currency: string): string {
  return `${merchantId}/${environment}/${currency}`;
}

/** The accounts of a merchant, in order of their first movement. */
export function accountsOf(engine: Engine, merchantId: string): Account[] {
  return [...accounts(engine).values()].filter((account) => account.merchantId === merchantId);
}
