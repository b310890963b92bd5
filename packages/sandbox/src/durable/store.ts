import type { ChangeLog } from "../engine/collection.ts";
import type { State } from "../engine/state.ts";

/** Where state outlives the process. Changes are gathered, and {@link commit} makes them last all together or not at all. */
export interface Store extends ChangeLog {
  /** Reads what earlier lives left into an empty state. @returns whether there was anything */
  load(state: State): boolean;

  /**
   * Makes the gathered changes durable; call it before an answer goes out.
   *
   * @throws StoreError when they cannot be written
   */
  commit(): void;

  /** Writes the state in its shortest form where it has grown long. */
  tidy(state: State): void;

  close(): void;
}

/** Keeps nothing: for sandboxes in memory. */
export const MEMORY: Store = {
  put: () => undefined,
  delete: () => undefined,
  load: () => false,
  commit: () => undefined,
  tidy: () => undefined,
  close: () => undefined,
};
