import { SandboxError } from "../errors.ts";
import type { RunningEngine } from "../engine/engine.ts";
import { decode, encode } from "./codec.ts";

/** Text that is not a snapshot of a sandbox. */
export class SnapshotError extends SandboxError {
  override name = "SnapshotError";
  readonly code = "sandbox.bad-snapshot";
  /** Of the control plane's answer. */
  readonly status = 400;
}

interface Snapshot {
  readonly format: typeof FORMAT;
  readonly collections: Readonly<Record<string, readonly (readonly [string, unknown])[]>>;
}

const FORMAT = "amazon-pay-sandbox/1";

/** Collection of the event log, which tells what was called, also before a snapshot was put back. */
export const EVENTS = "events";

/** The whole state as text, without the event log. */
export function takeSnapshot(engine: RunningEngine): string {
  const collections: Record<string, [string, unknown][]> = {};
  for (const collection of engine.state.collections()) {
    if (collection.name !== EVENTS) collections[collection.name] = [...collection.entries()];
  }
  return encode({ format: FORMAT, collections } satisfies Snapshot);
}

/**
 * Puts a snapshot in place of the state.
 *
 * @throws SnapshotError, before anything was changed
 */
export function putSnapshot(engine: RunningEngine, text: string): void {
  const snapshot = read(text);
  engine.clear();
  for (const [name, entries] of Object.entries(snapshot.collections)) {
    const collection = engine.state.named(name);
    for (const [id, value] of entries) collection.put(id, value);
  }
  engine.resume();
  engine.bus.emit("state.replaced", {});
}

function read(text: string): Snapshot {
  let value: unknown;
  try {
    value = decode(text);
  } catch (error) {
    throw new SnapshotError("the snapshot cannot be read: it is not JSON", { cause: error });
  }
  const { format, collections } = (value ?? {}) as Partial<Snapshot>;
  if (format !== FORMAT || typeof collections !== "object" || collections === null) {
    throw new SnapshotError(`the text is not a snapshot: its format must be ${FORMAT}`);
  }
  for (const [name, entries] of Object.entries(collections)) {
    const whole =
      Array.isArray(entries) &&
      entries.every(
        (entry) =>
          Array.isArray(entry) &&
          entry.length === 2 &&
          typeof entry[0] === "string" &&
          typeof entry[1] === "object" &&
          entry[1] !== null,
      );
    if (!whole)
      throw new SnapshotError(`the snapshot is damaged: collection "${name}" is not a list of ids with objects`);
  }
  return { format, collections };
}
