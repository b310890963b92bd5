import { ControlError } from "../../control/control-error.ts";
import type { BuyerChoices } from "../buyer/choices.ts";
import { address, type Address } from "../../test-data/index.ts";

const ADDRESS_MEMBERS = Object.keys(address({})) as (keyof Address)[];

/**
 * The choices in a control call's body: `buyerId`, `instrument` and `shippingAddress` (an id, a list of ids, or an
 * address's members).
 *
 * @throws ControlError for a member of the wrong type
 */
export function readChoices(body: Readonly<Record<string, unknown>>): BuyerChoices {
  return {
    ...optional("buyerId", readText(body, "buyerId")),
    ...optional("instrument", readText(body, "instrument")),
    ...optional("shippingAddress", readShippingAddress(body["shippingAddress"])),
  };
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]?: Value });
}

function readText(body: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new ControlError("control.invalid", `${name} must be text`);
  return value;
}

function readShippingAddress(value: unknown): BuyerChoices["shippingAddress"] {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  if (Array.isArray(value)) {
    if (value.every((entry): entry is string => typeof entry === "string")) return value;
    throw new ControlError("control.invalid", "a list of shipping addresses must hold ids, such as na-home");
  }
  if (typeof value !== "object") {
    throw new ControlError(
      "control.invalid",
      "shippingAddress must be an id such as na-home, a list of ids, or an address",
    );
  }
  const given = value as Readonly<Record<string, unknown>>;
  for (const [name, member] of Object.entries(given)) {
    if (!ADDRESS_MEMBERS.some((known) => known === name)) {
      throw new ControlError(
        "control.invalid",
        `shippingAddress.${name} is not a member of an address; known are ${ADDRESS_MEMBERS.join(", ")}`,
      );
    }
    if (member !== null && typeof member !== "string") {
      throw new ControlError("control.invalid", `shippingAddress.${name} must be text`);
    }
  }
  return address(given as Partial<Address>);
}
