import type { Engine } from "../engine/engine.ts";
import type { Charge, ChargePermission, Movement } from "../engine/objects/index.ts";
import { accountIdOf, accounts, openMovements, type Account } from "./account.ts";
import type { Fee } from "./fees/index.ts";
import { movementIdOf } from "./movements.ts";
import { openAccount } from "./periods/running-period.ts";
import type { TransactionTypeLabel } from "./transaction-types.ts";

/** A movement before it is posted. */
export interface Posting {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly type: TransactionTypeLabel;
  readonly currency: string;
  /** Signed as in the settlement file, minor units. */
  readonly amount: bigint;
  readonly fee?: Fee;
  readonly transactionId?: string;
  readonly description?: string | null;
  /** Tells movements of one transaction and type apart: a won dispute from the lost one. */
  readonly distinction?: string;
  /** Charge and permission whose references the row shows. */
  readonly charge?: Charge;
  readonly permission?: ChargePermission;
}

/** Posts a movement now; it belongs to the account's running settlement, which begins with it when it is the first. */
export function post(engine: Engine, posting: Posting): Movement {
  const postedAt = engine.now();
  const { charge, permission } = posting;
  const movement: Movement = {
    movementId: movementIdOf(posting.type, posting.transactionId ?? `${postedAt}`, posting.distinction),
    merchantId: posting.merchantId,
    environment: posting.environment,
    postedAt,
    type: posting.type,
    transactionId: posting.transactionId ?? null,
    referenceId: charge?.merchantMetadata.merchantReferenceId ?? null,
    permissionId: charge?.chargePermissionId ?? null,
    orderId: permission?.merchantMetadata.merchantReferenceId ?? null,
    storeName: charge?.merchantMetadata.merchantStoreName ?? permission?.merchantMetadata.merchantStoreName ?? null,
    currency: posting.currency,
    description: posting.description ?? null,
    amount: posting.amount,
    percentageFee: posting.fee?.percentage ?? 0n,
    fixedFee: posting.fee?.fixed ?? 0n,
    settlementId: null,
  };
  const account = accountFor(engine, posting, postedAt);
  engine.state.movements.put(movement.movementId, movement);
  const { movementId } = movement;
  openMovements(engine).put(movementId, { movementId, accountId: account.accountId });
  return movement;
}

function accountFor(engine: Engine, posting: Posting, at: number): Account {
  const { merchantId, environment, currency } = posting;
  const known = accounts(engine).get(accountIdOf(merchantId, environment, currency));
  return known ?? openAccount(engine, { merchantId, environment, currency, at });
}
