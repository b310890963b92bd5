import { SandboxError } from "../errors.ts";

/** What can be wrong with a data folder. */
export type StoreErrorCode =
  | "store.in-use"
  | "store.damaged"
  | "store.newer"
  | "store.other-seed"
  | "store.unusable"
  | "store.not-written";

/** Durable state that cannot be read or written. The message names the folder and what to do. */
export class StoreError extends SandboxError {
  override name = "StoreError";
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
