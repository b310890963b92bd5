import { SandboxError } from "../errors.ts";

/** An option of the command that cannot be used; `remedy` says what to write instead. */
export class UsageError extends SandboxError {
  override name = "UsageError";
  readonly code: string;

  constructor(code: "usage.port" | "usage.path" | "usage.choice" | "usage.url", message: string, remedy: string) {
    super(message, { remedy });
    this.code = code;
  }
}
