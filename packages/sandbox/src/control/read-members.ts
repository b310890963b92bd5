import { nearest } from "@amazon-pay-kit/sdk/operations";
import { ControlError } from "./control-error.ts";

type Members = Readonly<Record<string, unknown>>;

/** What is not known, what it was probably meant to be, and what is known. */
function unknownName(what: string, name: string, known: readonly string[]): ControlError {
  const meant = nearest(name, known);
  const suggestion = meant === undefined ? "" : ` did you mean ${meant}?`;
  return new ControlError(
    "control.invalid",
    `${what};${suggestion} known are: ${known.length === 0 ? "none" : known.join(", ")}`,
  );
}

/**
 * Refuses members that a call does not know, so that a misspelt one does not go unnoticed.
 *
 * @param path of an inner object, such as `match`; the body's own members are meant without one
 * @throws ControlError
 */
export function onlyMembers(given: Members, known: readonly string[], path = ""): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const place = path === "" ? name : `${path}.${name}`;
    throw unknownName(`${JSON.stringify(place)} is not a member of ${path === "" ? "this call" : path}`, name, known);
  }
}

/** Refuses parameters that a call does not know, and those given twice, of which one would go unheard. @throws ControlError */
export function onlyQuery(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (!known.includes(name))
      throw unknownName(`${JSON.stringify(name)} is not a query parameter of this call`, name, known);
    if (query.getAll(name).length > 1) throw new ControlError("control.invalid", `?${name}= is given more than once`);
  }
}

/** A query parameter that must be there. @throws ControlError */
export function requiredQuery(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value === null || value === "") throw new ControlError("control.missing", `?${name}= is missing`);
  return value;
}

/** A text that must be there. @throws ControlError */
export function requiredText(body: Members, name: string): string {
  const value = optionalText(body, name);
  if (value === undefined) throw new ControlError("control.missing", `${name} is missing`);
  return value;
}

/** A text that may be left out. @throws ControlError */
export function optionalText(body: Members, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string" || value === "") throw new ControlError("control.invalid", `${name} must be text`);
  return value;
}

/** One of a few texts, or undefined. @throws ControlError */
export function optionalChoice<Choice extends string>(
  body: Members,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = optionalText(body, name);
  if (value !== undefined && !choices.includes(value as Choice)) {
    const meant = nearest(value, choices);
    const suggestion = meant === undefined ? "" : `; did you mean ${meant}?`;
    throw new ControlError("control.invalid", `${name} must be one of ${choices.join(", ")}${suggestion}`);
  }
  return value as Choice | undefined;
}

/** A whole number, or undefined. @throws ControlError */
export function optionalInteger(value: unknown, name: string, low: number, high: number): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < low || value > high) {
    throw new ControlError("control.invalid", `${name} must be a whole number from ${low} to ${high}`);
  }
  return value;
}

/** A whole number of a query, or undefined. @throws ControlError */
export function queryInteger(query: URLSearchParams, name: string, low: number, high: number): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  return optionalInteger(/^\d{1,16}$/.test(text) ? Number(text) : text, name, low, high);
}
