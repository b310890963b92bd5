import { makeFoldersSync } from "@amazon-pay-kit/backports";
import { SandboxError } from "../errors.ts";

/** What can be wrong with a data folder. */
export type StoreErrorCode =
  | "store.in-use"
  | "store.damaged"
  | "store.newer"
  | "store.other-format"
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

/**
 * Makes a folder for the owner alone, and those above it.
 *
 * @throws StoreError `store.unusable`
 */
export function makeFolder(path: string): void {
  try {
    makeFoldersSync(path, 0o700);
  } catch (error) {
    throw new StoreError(
      "store.unusable",
      `cannot make the folder ${(error as NodeJS.ErrnoException).path ?? path}: ${(error as Error).message}. Name a folder that you can write to.`,
      { cause: error },
    );
  }
}
