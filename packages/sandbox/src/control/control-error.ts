import { SandboxError } from "../errors.ts";

/** What can be wrong with a call of the control plane. */
export type ControlErrorCode =
  | "control.not-json"
  | "control.invalid"
  | "control.missing"
  | "control.not-found"
  | "control.conflict"
  | "control.forbidden"
  | "control.wrong-method"
  | "control.too-large";

const STATUS: Readonly<Record<ControlErrorCode, number>> = {
  "control.not-json": 400,
  "control.invalid": 400,
  "control.missing": 400,
  "control.not-found": 404,
  "control.conflict": 409,
  "control.forbidden": 403,
  "control.wrong-method": 405,
  "control.too-large": 413,
};

/** A refused call of the control plane; answered as `{ "error": { "code", "message" } }`. */
export class ControlError extends SandboxError {
  override name = "ControlError";
  readonly code: ControlErrorCode;
  readonly status: number;

  /** @param message what was wrong, where, and what would be right */
  constructor(code: ControlErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.status = STATUS[code];
  }
}
