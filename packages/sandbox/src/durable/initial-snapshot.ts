import type { RunningEngine } from "../engine/engine.ts";
import { putSnapshot, takeSnapshot } from "./snapshot.ts";

/** Collection with the snapshot that a reset goes back to. */
const INITIAL_SNAPSHOT = "initial";

/** Remembers the state as it is, for {@link restoreInitialSnapshot}. */
export function rememberInitialSnapshot(engine: RunningEngine): void {
  engine.state.extra(INITIAL_SNAPSHOT).put("text", { text: takeSnapshot(engine) });
}

/** Puts the state back as it was after the first start. */
export function restoreInitialSnapshot(engine: RunningEngine): void {
  const initialSnapshot = engine.state.extra<{ readonly text: string }>(INITIAL_SNAPSHOT).get("text");
  putSnapshot(engine, initialSnapshot?.text ?? "");
  // The snapshot does not hold itself.
  if (initialSnapshot !== undefined) engine.state.extra(INITIAL_SNAPSHOT).put("text", initialSnapshot);
}
