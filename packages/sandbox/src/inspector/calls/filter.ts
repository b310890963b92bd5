import type { SandboxEvent } from "../../events/event.ts";

/** Words with a meaning of their own, by what stands before the colon. */
const QUALIFIERS: Readonly<Record<string, (event: SandboxEvent, value: string) => boolean>> = {
  __proto__: null as never,
  method: (event, value) => event.request.method.toLowerCase() === value,
  status: (event, value) => matchesStatus(event.response.status, value),
  merchant: (event, value) => event.merchantId?.toLowerCase() === value,
  operation: (event, value) => event.operation?.toLowerCase() === value,
  is: (event, value) => Object.hasOwn(STATES, value) && STATES[value]?.(event) === true,
};

/** Values of `is:`. */
const STATES: Readonly<Record<string, (event: SandboxEvent) => boolean>> = {
  __proto__: null as never,
  refused: (event) => event.response.status >= 400,
  fault: (event) => event.fault !== null,
  unsigned: (event) => event.signature?.valid === false,
  change: (event) => event.changes.length > 0,
};

/** What a search field may say, for its description. */
export const FILTER_HINT =
  "words, method:post, status:4xx, operation:createCharge, is:refused, is:fault, is:unsigned, is:change";

/**
 * A test for events by a search text: every word must be found in the call, ids and bodies included; words with a colon
 * ask for one property.
 *
 * @example filterOf("method:post status:4xx S01-1234567")
 */
export function filterOf(search: string): (event: SandboxEvent) => boolean {
  const tests = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word): ((event: SandboxEvent, text: () => string) => boolean) => {
      const at = word.indexOf(":");
      const name = word.slice(0, Math.max(at, 0));
      const qualifier = Object.hasOwn(QUALIFIERS, name) ? QUALIFIERS[name] : undefined;
      if (qualifier === undefined) return (_, text) => text().includes(word);
      return (event) => qualifier(event, word.slice(at + 1));
    });
  return (event) => {
    let text: string | undefined;
    return tests.every((test) => test(event, () => (text ??= JSON.stringify(event).toLowerCase())));
  };
}

/** `404` or `4xx`. */
function matchesStatus(status: number, wanted: string): boolean {
  return /^[1-5]xx$/.test(wanted) ? Math.floor(status / 100) === Number(wanted[0]) : String(status) === wanted;
}
