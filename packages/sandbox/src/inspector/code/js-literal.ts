/** Width up to which an object or list stays on one line. */
const WIDTH = 90;

/** Names for texts that a program takes from variables: an id of this sandbox is another one in the next. */
export type Names = ReadonlyMap<string, string>;

/**
 * A JSON value as JavaScript, with names instead of the texts that have one.
 *
 * @param indent of the line that it stands on
 * @example jsLiteral({ chargeId: "C1" }, "", new Map([["C1", "charge.chargeId"]])) // "{ chargeId: charge.chargeId }"
 */
export function jsLiteral(value: unknown, indent = "", names: Names = new Map()): string {
  if (typeof value === "string") return names.get(value) ?? JSON.stringify(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
  const list = Array.isArray(value);
  const inner = `${indent}  `;
  const parts = list
    ? value.map((entry: unknown) => jsLiteral(entry, inner, names))
    : Object.entries(value).map(([name, member]) => `${memberName(name)}: ${jsLiteral(member, inner, names)}`);
  const [open, close] = list ? ["[", "]"] : ["{", "}"];
  if (parts.length === 0) return open + close;
  const space = list ? "" : " ";
  const line = `${open}${space}${parts.join(", ")}${space}${close}`;
  if (line.length + indent.length <= WIDTH && !line.includes("\n")) return line;
  return `${open}\n${parts.map((part) => `${inner}${part},\n`).join("")}${indent}${close}`;
}

/** `__proto__` as a plain name would set the prototype. */
function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== "__proto__" ? name : `[${JSON.stringify(name)}]`;
}
