import { KitError } from "@amazon-pay-kit/money";
import type { Target } from "./target.ts";

/** A refusal that says nothing, or what the engine says of a defect, helps nobody. */
const EMPTY = /^.{0,5}$|Cannot read propert|is not a function|is not iterable|call stack|\[object Object\]/g;
const CODE = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/;

/** A property that a reader should have and has not. */
export class PropertyError extends Error {
  override readonly name = "PropertyError";
}

/** Whether a message says nothing. Words of the engine that the input itself holds are quoted from it: the hunt learns them from here. */
function isEmpty(message: string, bytes: Uint8Array): boolean {
  const input = Buffer.from(bytes).toString("latin1");
  return [...message.matchAll(EMPTY)].some(([words]) => words.length <= 5 || !input.includes(words));
}

/** Whether an error refuses input as it should: of the right class, with a code of its own, and words. */
function isRefusal(target: Target, error: unknown, bytes: Uint8Array): boolean {
  if (!(error instanceof Error) || !target.refuses(error) || isEmpty(error.message, bytes)) return false;
  return error instanceof KitError && CODE.test(error.code);
}

/** What became of some bytes; throws the error with which a reader fell over. */
export async function outcomeOf(target: Target, bytes: Uint8Array): Promise<"read" | "refused"> {
  try {
    await target.read(Uint8Array.from(bytes));
    return "read";
  } catch (error) {
    if (isRefusal(target, error, bytes)) return "refused";
    throw error;
  }
}
