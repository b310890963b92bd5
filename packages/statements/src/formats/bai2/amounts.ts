import { isIsoCurrency, MOST_MINOR } from "@amazon-pay-kit/money";

/** Fields that a type of funds brings with it: when how much of the amount can be used. */
export function fundsFields(fields: readonly string[], at: number): number {
  const type = fields[at] ?? "";
  if (type === "V") return 2;
  if (type === "S") return 3;
  if (type === "D") return 1 + 2 * Number(/^\d{1,3}$/.exec(fields[at + 1] ?? "")?.[0] ?? 0);
  return 0;
}

/** Minor units as they are written: digits without a point. A balance may have a sign. Null for what is none. */
export function minorOf(text: string, signed: boolean): bigint | null {
  if (!(signed ? /^[+-]?\d{1,19}$/ : /^\d{1,19}$/).test(text)) return null;
  const minor = BigInt(text.replace("+", ""));
  return minor > MOST_MINOR || minor < -MOST_MINOR ? null : minor;
}

/** One amount of an account's summary. */
export interface Summary {
  readonly code: string;
  /** Null where the field is blank. */
  readonly minor: bigint | null;
}

/**
 * The amounts of a record 03: type code, amount, count of items, type of funds, again and again. A bank may end a line
 * before the last of these four, and go on with the next type code on a line of 88.
 *
 * @param parts the record's physical lines, account and currency left out
 */
export function summariesOf(parts: readonly string[]): readonly Summary[] | string {
  const summaries: Summary[] = [];
  let fields: string[] = [];
  const take = (): string | null => {
    while (fields.length >= 2 || (fields.length === 1 && fields[0] !== "")) {
      const [code = "", amount = ""] = fields;
      if (code === "" && amount === "") {
        fields = fields.slice(2);
        continue;
      }
      const minor = amount === "" ? null : minorOf(amount, true);
      if (!/^\d{3}$/.test(code)) return `${JSON.stringify(code)} is no type code of three digits`;
      if (amount !== "" && minor === null)
        return `cannot read the amount ${JSON.stringify(amount)} of type ${code}: expected digits without a point`;
      summaries.push({ code, minor });
      fields = fields.slice(Math.min(fields.length, 4 + fundsFields(fields, 3)));
    }
    return null;
  };
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    fields.push(...part.split(",").map((field) => field.trim()));
    // The next line begins a type of its own: what is left out before it is blank.
    if (next === undefined || (/^\s*\d{3}\s*,/.test(next) && fields.length >= 2)) {
      const fault = take();
      if (fault !== null) return fault;
      fields = [];
    }
  }
  return summaries;
}

/** Currency of an account: its own, its group's, or the standard's. Null for a code that no list has. */
export function currencyOf(own: string, group: string): string | null {
  const code = (own || group || "USD").toUpperCase();
  return isIsoCurrency(code) ? code : null;
}
