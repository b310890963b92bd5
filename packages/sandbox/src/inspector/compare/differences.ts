/** A member of two things with its value in each; undefined where one lacks it. */
export interface MemberPair {
  /** `request.body.chargeAmount.amount`, `history[1].to`. */
  readonly path: string;
  readonly left: string | undefined;
  readonly right: string | undefined;
  readonly same: boolean;
}

/** Every member of two JSON values, side by side in the order of the first; those that only the second has follow. */
export function memberPairs(left: unknown, right: unknown): readonly MemberPair[] {
  const [ours, theirs] = [flat(left), flat(right)];
  return [...new Set([...ours.keys(), ...theirs.keys()])].map((path) => {
    const [one, other] = [ours.get(path), theirs.get(path)];
    return { path, left: one, right: other, same: one === other };
  });
}

/** Members that hold no further ones, by their path. Texts are shown in quotes, so that "1" and 1 can be told apart. */
function flat(value: unknown): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (at: string, inner: unknown): void => {
    const members = typeof inner === "object" && inner !== null ? Object.entries(inner) : [];
    if (members.length === 0) {
      found.set(at, JSON.stringify(inner) ?? "undefined");
      return;
    }
    for (const [name, member] of members) {
      visit(Array.isArray(inner) ? `${at}[${name}]` : at === "" ? name : `${at}.${name}`, member);
    }
  };
  visit("", value);
  return found;
}
