/**
 * Whether a path fits a pattern, segment by segment: `*` and `{name}` stand for one segment. The environment segment and
 * the version may be left out of the pattern, a slash at the end does not matter, and what lies below the path fits too
 * (`/v2/charges` also stands for `/v2/charges/S01-…/capture`), save for the pattern `/`.
 *
 * @example fitsPattern("/v2/charges/{chargeId}/capture", "/sandbox/v2/charges/S01-1-1-C1/capture") // true
 */
export function fitsPattern(pattern: string, path: string): boolean {
  const wanted = segmentsOf(pattern);
  const whole = segmentsOf(path);
  if (wanted.length === 0) return whole.length === 0;
  const bare = whole[0] === "live" || whole[0] === "sandbox" ? whole.slice(1) : whole;
  return [whole, bare, bare[0] === "v2" ? bare.slice(1) : bare].some(
    (segments) =>
      segments.length >= wanted.length &&
      wanted.every((part, index) => part === "*" || /^\{.*\}$/.test(part) || part === segments[index]),
  );
}

const segmentsOf = (path: string): string[] => path.split("/").filter((segment) => segment !== "");
