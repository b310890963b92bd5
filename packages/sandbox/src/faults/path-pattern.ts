/**
 * Whether a path fits a pattern, segment by segment: `{name}` stands for one segment, `*` for any characters of one
 * (`/v2/charge*` also stands for `/v2/chargePermissions`). The environment segment and
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
      segments.length >= wanted.length && wanted.every((part, index) => fitsSegment(part, segments[index] ?? "")),
  );
}

function fitsSegment(part: string, segment: string): boolean {
  if (/^\{.*\}$/.test(part)) return true;
  const [first = "", ...others] = part.split("*");
  if (others.length === 0) return first === segment;
  if (!segment.startsWith(first)) return false;
  let at = first.length;
  const last = others.pop() ?? "";
  for (const piece of others) {
    const found = segment.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return segment.length - last.length >= at && segment.endsWith(last);
}

const segmentsOf = (path: string): string[] => path.split("/").filter((segment) => segment !== "");
