import { ControlError } from "../../control/control-error.ts";
import { onlyMembers, optionalText } from "../../control/read-members.ts";
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
    ...optional("buyerId", optionalText(body, "buyerId")),
    ...optional("instrument", optionalText(body, "instrument")),
    ...optional("shippingAddress", readShippingAddress(body["shippingAddress"])),
  };
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]?: Value });
}

function readShippingAddress(value: unknown): BuyerChoices["shippingAddress"] {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string" && value !== "") return value;
  if (Array.isArray(value)) {
    if (value.every((entry): entry is string => typeof entry === "string")) return value;
    throw new ControlError("control.invalid", "shippingAddress: a list must hold ids, such as na-home");
  }
  if (typeof value !== "object") {
    throw new ControlError(
      "control.invalid",
      "shippingAddress must be an id such as na-home, a list of ids, or an address",
    );
  }
  const given = value as Readonly<Record<string, unknown>>;
  onlyMembers(given, ADDRESS_MEMBERS, "shippingAddress");
  for (const [name, member] of Object.entries(given)) {
    if (member !== null && typeof member !== "string") {
      throw new ControlError("control.invalid", `shippingAddress.${name} must be text`);
    }
  }
  return address(given as Partial<Address>);
}
