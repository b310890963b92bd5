import type { Call } from "../http/call.ts";
import { ServiceError } from "./service-error.ts";

/** Headers that every SDK signs; the simulation code alone is sent unsigned by some. */
const SIGNED = /^(accept|content-type|x-amz-pay-(?!simulation-code$).+)$/;

/**
 * Refuses what no SDK would send, for a sandbox that is strict: `accept`, `content-type` or an `x-amz-pay-` header that the
 * signature leaves out, and another content type than JSON.
 *
 * @throws ServiceError `InvalidHeaderValue`
 */
export function requireStrictHeaders({ headers }: Pick<Call, "headers">): void {
  const listed = /\bSignedHeaders\s*=\s*([^,\s]+)/.exec(headers["authorization"] ?? "")?.[1] ?? "";
  const signed = new Set(listed.toLowerCase().split(";"));
  for (const name of ["accept", "content-type", ...Object.keys(headers).filter((each) => SIGNED.test(each))]) {
    if (!signed.has(name)) {
      throw new ServiceError("InvalidHeaderValue", `The header [${name}] must be sent and be part of SignedHeaders.`);
    }
  }
  if (!/^application\/json\s*(;|$)/i.test(headers["content-type"] ?? "")) {
    throw new ServiceError("InvalidHeaderValue", "The header [content-type] must be application/json.");
  }
}

/**
 * Refuses amounts that are numbers, for a sandbox that is strict: the documentation has decimal texts only.
 *
 * @throws ServiceError `InvalidParameterValue`
 */
export function requireTextAmounts(value: unknown, path = ""): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const at = path === "" ? name : `${path}.${name}`;
    if (name === "amount" && typeof member === "number") {
      throw new ServiceError("InvalidParameterValue", `The value provided for [${at}] is invalid: send it as a text.`);
    }
    requireTextAmounts(member, at);
  }
}
