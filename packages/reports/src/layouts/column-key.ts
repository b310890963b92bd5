/**
 * The key of a column in typed rows: its name in lower camel case.
 *
 * `NetTransactionAmount` becomes `netTransactionAmount`, `Tax Amount` and `tax_amount` become `taxAmount`, `GST` becomes
 * `gst`, `ARNNumber` becomes `arnNumber`. A name without letters and digits becomes `column` and its number from 1.
 */
export function columnKey(name: string, position: number): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const key = words
    .map((word, index) => (index === 0 ? lowerStart(word) : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
  return key === "" ? `column${position + 1}` : key;
}

function lowerStart(word: string): string {
  const capitals = /^\p{Lu}+(?=\p{Lu}\p{Ll}|[^\p{L}]|$)|^\p{Lu}/u.exec(word)?.[0] ?? "";
  return capitals.toLowerCase() + word.slice(capitals.length);
}
