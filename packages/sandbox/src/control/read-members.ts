import { ControlError } from "./control-error.ts";

type Members = Readonly<Record<string, unknown>>;

/** Refuses members that a call does not know, so that a misspelt one does not go unnoticed. */
export function onlyMembers(body: Members, ...known: readonly string[]): void {
  for (const name of Object.keys(body)) {
    if (!known.includes(name)) {
      throw new ControlError(
        "control.invalid",
        `"${name}" is not a member of this call; known are ${known.join(", ") || "none"}`,
      );
    }
  }
}

/** Refuses parameters that a call does not know. @throws ControlError */
export function onlyQuery(query: URLSearchParams, known: readonly string[]): void {
  for (const name of query.keys()) {
    if (!known.includes(name)) {
      throw new ControlError(
        "control.invalid",
        `"${name}" is not a query parameter of this call; known are ${known.join(", ") || "none"}`,
      );
    }
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
    throw new ControlError("control.invalid", `${name} must be one of ${choices.join(", ")}`);
  }
  return value as Choice | undefined;
}

/** A whole number from a query or a body, or undefined. @throws ControlError */
export function optionalInteger(value: unknown, name: string, low: number, high: number): number | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < low || number > high) {
    throw new ControlError("control.invalid", `${name} must be a whole number from ${low} to ${high}`);
  }
  return number;
}
