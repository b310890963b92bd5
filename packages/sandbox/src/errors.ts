/** Base class of every error this package throws. `code` is stable: branch on it and never on the message. */
export abstract class SandboxError extends Error {
  override name = "SandboxError";
  /** Stable, dotted, lower case: `area.what`. */
  abstract readonly code: string;
}
