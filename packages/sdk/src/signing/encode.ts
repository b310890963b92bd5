/** Most paths: nothing to encode, no slash doubled, no segment that begins with a dot. */
const CANONICAL_PATH = /^(\/[A-Za-z0-9\-_~][A-Za-z0-9\-_.~]*)+$/;
const UNRESERVED = /^[A-Za-z0-9\-_.~]*$/;

/**
 * Percent-encodes everything but RFC 3986's unreserved characters: a space is `%20`, and `! ' ( ) *` are encoded too.
 * Half a surrogate pair becomes U+FFFD, as it does when text is turned into bytes.
 */
export function encodeComponent(text: string): string {
  if (UNRESERVED.test(text)) return text;
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD")).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/**
 * Brings a path into its canonical form (docs/amazon-pay/requests.md): repeated slashes and relative parts are dropped, each segment
 * is percent-encoded, an empty path is `/`. What is encoded already stays as it is, so the form is stable.
 *
 * @example canonicalPath("///foo//") // "/foo/"
 */
export function canonicalPath(path: string): string {
  if (CANONICAL_PATH.test(path)) return path;
  const kept: string[] = [];
  const segments = path.split("/");
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === "..") kept.pop();
    if (segment === "" || segment === "." || segment === "..") {
      // A slash at the end counts: /refunds/1/ and /refunds/1 are signed differently.
      if (last && kept.length > 0 && kept.at(-1) !== "") kept.push("");
      continue;
    }
    kept.push(encodeSegment(segment));
  }
  return `/${kept.join("/")}`;
}

function encodeSegment(segment: string): string {
  if (UNRESERVED.test(segment)) return segment;
  return segment.replace(/%[0-9A-Fa-f]{2}|[^%]+|%/g, (part) =>
    part.length === 3 && part.startsWith("%") ? part : encodeComponent(part),
  );
}
