import { LedgerError } from "@amazon-pay-kit/ledger";

/** Codes of {@link HookError}. */
export type HookErrorCode =
  /** A hook is described in a way that makes no sense. */
  | "hook.bad-option"
  /** The address would send events unencrypted. */
  | "hook.insecure-url"
  /** The command could not be started, took too long, or ended with a status other than 0. */
  | "hook.command-failed"
  /** The receiver did not answer with success. */
  | "hook.refused"
  /** The signature does not belong to the body, or is too old. */
  | "hook.bad-signature";

/** An event could not be delivered, or a delivery cannot be trusted. */
export class HookError extends LedgerError<HookErrorCode> {}
