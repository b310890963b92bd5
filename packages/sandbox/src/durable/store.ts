import type { ChangeLog } from "../engine/collection.ts";
import type { State } from "../engine/state.ts";

/**
 * Where state outlives the process. Changes are gathered; those between two {@link commit}s last all together or not at
 * all, and do last once {@link flush} has returned.
 */
export interface Store extends ChangeLog {
  /** Reads what earlier lives left into an empty state. @returns whether there was anything */
  load(state: State): boolean;

  /**
   * Ends a call's changes.
   *
   * @throws StoreError when nothing can be written any more
   */
  commit(): void;

  /**
   * Makes everything that was committed durable; call it before an answer goes out. Several calls may share it.
   *
   * @throws StoreError when it cannot be written
   */
  flush(): void;

  /** Writes the state in its shortest form where it has grown long. */
  tidy(state: State): void;

  close(): void;
}

/** Keeps nothing: for sandboxes in memory. */
export const MEMORY: Store = {
  put: () => undefined,
  delete: () => undefined,
  clear: () => undefined,
  load: () => false,
  commit: () => undefined,
  flush: () => undefined,
  tidy: () => undefined,
  close: () => undefined,
};
