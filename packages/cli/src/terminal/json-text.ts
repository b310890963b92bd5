/** JSON text of a result: bigints as decimal texts, two blanks of indent when a person watches. */
export function jsonText(value: unknown, pretty: boolean): string {
  return JSON.stringify(
    value,
    (_key, member: unknown) => (typeof member === "bigint" ? member.toString() : member),
    pretty ? 2 : undefined,
  );
}
