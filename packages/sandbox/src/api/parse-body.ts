import type { Call } from "../http/call.ts";
import type { JsonObject } from "./operation-call.ts";
import { ServiceError } from "./service-error.ts";

/** Deepest nesting of a request body: the documented ones have at most six levels. */
const DEEPEST = 32;

const DECODER = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads the body of an API v2 call. No body, and the text `null` that one official client sends for one, count as an
 * empty object.
 *
 * @throws ServiceError `InvalidRequestFormat` for what is no JSON object, or is nested too deeply
 */
export function parseBody(call: Call): JsonObject {
  if (call.body.length === 0) return {};
  let value: unknown;
  try {
    const text = DECODER.decode(call.body);
    if (nestsDeeperThan(text, DEEPEST)) throw new RangeError("too deep");
    value = JSON.parse(text);
  } catch {
    const coding = call.headers["content-encoding"];
    const compressed = coding === undefined ? "" : ` Its content-encoding is ${coding}: send it as it is.`;
    throw new ServiceError("InvalidRequestFormat", `The request body is not valid JSON.${compressed}`);
  }
  if (value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new ServiceError("InvalidRequestFormat", "The request body must be a JSON object.");
  }
  return value as JsonObject;
}

/** Counted on the text, so that a hostile body cannot overflow the stack of code that walks the parsed value. */
export function nestsDeeperThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (quoted) {
      if (unit === 0x5c) index += 1;
      else if (unit === 0x22) quoted = false;
    } else if (unit === 0x22) quoted = true;
    else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      if (depth > limit) return true;
    } else if (unit === 0x7d || unit === 0x5d) depth -= 1;
  }
  return false;
}
