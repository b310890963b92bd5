import { KitError } from "@amazon-pay-kit/money";

/** Base class of every error this package throws. `code` is stable: branch on it and never on the message. */
export abstract class SandboxError extends KitError {
  override name = "SandboxError";
}
