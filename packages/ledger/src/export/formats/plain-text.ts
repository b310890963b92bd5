/** Text on one line, without what would end a quoted text or begin a comment. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .replaceAll(/["\\]/g, "'")
    .trim();
}

/** A part of an account's name in plain-text ledgers: `my shop` is `My-shop`. */
export function accountPart(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9-]+/g, "-").replaceAll(/^-+|-+$/g, "");
  return plain === "" ? "Account" : plain.charAt(0).toUpperCase() + plain.slice(1);
}
