import type { RunningEngine } from "../engine/engine.ts";
import { putSnapshot, takeSnapshot } from "./snapshot.ts";

/** Collection with the snapshot that a reset goes back to. */
const GENESIS = "genesis";

/** Remembers the state as it is, for {@link returnToGenesis}. */
export function rememberGenesis(engine: RunningEngine): void {
  engine.state.extra(GENESIS).put("text", { text: takeSnapshot(engine) });
}

/** Puts the state back as it was after the first start. */
export function returnToGenesis(engine: RunningEngine): void {
  const genesis = engine.state.extra<{ readonly text: string }>(GENESIS).get("text");
  putSnapshot(engine, genesis?.text ?? "");
  // The snapshot does not hold itself.
  if (genesis !== undefined) engine.state.extra(GENESIS).put("text", genesis);
}
