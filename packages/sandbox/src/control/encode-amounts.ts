/** A JSON value in which integers that JSON cannot hold exactly are texts. */
export function encodeAmounts(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_name, member: unknown) => (typeof member === "bigint" ? String(member) : member)),
  );
}
