import type { Engine } from "../engine/engine.ts";
import type { Movement } from "../engine/objects/index.ts";

/** The id of a movement: speaking, and the same in every run. */
export function movementIdOf(type: string, transactionId: string, distinction = ""): string {
  return `${type} ${transactionId}${distinction === "" ? "" : ` ${distinction}`}`;
}

/** What a movement adds to the balance. */
export function netOf(movement: Movement): bigint {
  return movement.amount + movement.percentageFee + movement.fixedFee;
}

/** The movement of a type for a transaction, where it was posted. */
export function movementOf(
  engine: Engine,
  type: string,
  transactionId: string,
  distinction = "",
): Movement | undefined {
  return engine.state.movements.get(movementIdOf(type, transactionId, distinction));
}
