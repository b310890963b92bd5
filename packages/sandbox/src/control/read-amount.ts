import { toMinor } from "@amazon-pay-kit/money";
import type { Amount } from "../engine/objects/index.ts";
import { ControlError } from "./control-error.ts";

/** A positive amount from the control plane, as text or number. @throws ControlError */
export function readControlAmount(value: unknown, currencyCode: string, name: string): Amount {
  if (value === undefined || value === null) throw new ControlError("control.missing", `${name} is missing`);
  let minor = 0n;
  try {
    if (typeof value === "string" || typeof value === "number") minor = toMinor(value, currencyCode);
  } catch (error) {
    throw new ControlError("control.invalid", `${name}: ${(error as Error).message}`);
  }
  if (minor <= 0n) throw new ControlError("control.invalid", `${name} must be a positive amount such as "10.00"`);
  return { minor, currencyCode };
}
