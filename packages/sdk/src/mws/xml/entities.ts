import { XmlError } from "./xml-error.ts";

const NAMED: Readonly<Record<string, string>> = {
  __proto__: null as never,
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** Characters that XML 1.0 allows (2.2). */
function isAllowed(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}

/** Replaces XML's five entities and references to characters by number. Any other entity is an error. */
export function decodeText(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(\w+));|&/g, (_whole, decimal, hex, name) => {
    const named = typeof name === "string" && Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
    if (named !== undefined) return named;
    const code =
      typeof decimal === "string" ? Number(decimal) : Number.parseInt(typeof hex === "string" ? hex : "", 16);
    if (!isAllowed(code)) throw new XmlError("it uses an entity that is not one of XML's own");
    return String.fromCodePoint(code);
  });
}
