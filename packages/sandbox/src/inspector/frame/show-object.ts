import { formatMillis } from "@amazon-pay-kit/money";
import { showPrice } from "../../engine/amounts.ts";
import type { Amount } from "../../engine/objects/index.ts";
import { redactJson } from "../../events/redact.ts";

/** An object as JSON for a person: amounts as decimal texts, moments in UTC, without secrets and buyer data. */
export function showObject(object: unknown): unknown {
  return redactJson(plain(object, ""));
}

function plain(value: unknown, name: string): unknown {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number") return /^at$|At$/.test(name) ? formatMillis(value) : value;
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return `[${value.length} bytes]`;
  if (Array.isArray(value)) return value.map((entry) => plain(entry, name));
  if (isAmount(value)) return showPrice(value);
  return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, plain(inner, member)]));
}

function isAmount(value: object): value is Amount {
  return (
    "minor" in value &&
    typeof value.minor === "bigint" &&
    "currencyCode" in value &&
    typeof value.currencyCode === "string"
  );
}
