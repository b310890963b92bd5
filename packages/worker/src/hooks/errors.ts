import { LedgerError } from "@amazon-pay-kit/ledger";

/** Codes of {@link HookError}. */
export type HookErrorCode =
  /** A hook is described in a way that makes no sense. */
  | "hook.bad-option"
  /** The address would send events unencrypted. */
  | "hook.insecure-url"
  /** The command could not be started, took too long, or ended with a status other than 0. */
  | "hook.command-failed"
  /** The receiver answered that it does not take this event. */
  | "hook.refused"
  /** The receiver cannot be reached, takes too long, or is out of order (status 5xx, 429, 408). */
  | "hook.unreachable"
  /** The address is none of the internet, and the hook does not allow that. */
  | "hook.private-address"
  /** Events that are to be sent again are deleted. */
  | "hook.replay"
  /** The signature does not belong to the body, or is too old. */
  | "hook.bad-signature";

/** An event could not be delivered, or a delivery cannot be trusted. */
export class HookError extends LedgerError<HookErrorCode> {}
