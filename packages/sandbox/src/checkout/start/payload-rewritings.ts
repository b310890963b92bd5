/** Another text of the same payload. */
export interface Rewriting {
  readonly text: string;
  /** What was done to the text between signing and the page, or the other way round. */
  readonly what: string;
}

/** What is done to JSON on its way from the signer to the page, as rows: the usual accidents of each platform. */
const REWRITES: readonly { readonly what: string; readonly rewrite: (payload: string) => string }[] = [
  { what: "without the blanks and line breaks around it", rewrite: (payload) => payload.trim() },
  { what: "with a line break at the end", rewrite: (payload) => `${payload}\n` },
  { what: "with LF in place of CR LF", rewrite: (payload) => payload.replaceAll("\r\n", "\n") },
  { what: "with CR LF in place of LF", rewrite: (payload) => payload.replaceAll("\n", "\r\n") },
  {
    what: "without backslashes, as the PHP SDK's stripcslashes leaves it",
    rewrite: (payload) => payload.replaceAll("\\", ""),
  },
  { what: "HTML-escaped (&quot;)", rewrite: escapeHtml },
  { what: "without HTML escapes (&quot;)", rewrite: unescapeHtml },
  { what: "written compactly, as JSON.stringify does", rewrite: (payload) => JSON.stringify(JSON.parse(payload)) },
  { what: "indented by two blanks", rewrite: (payload) => JSON.stringify(JSON.parse(payload), null, 2) },
  { what: "indented by four blanks", rewrite: (payload) => JSON.stringify(JSON.parse(payload), null, 4) },
  {
    what: "with escaped slashes (\\/), as PHP's json_encode writes it",
    rewrite: (payload) => compact(payload).replaceAll("/", "\\/"),
  },
  { what: "with blanks after commas and colons, as Python's json.dumps writes it", rewrite: spaced },
  { what: "with escaped letters (\\u00e9)", rewrite: (payload) => escapeLetters(compact(payload)) },
  {
    what: "with escaped letters and slashes",
    rewrite: (payload) => escapeLetters(compact(payload)).replaceAll("/", "\\/"),
  },
  { what: "with its members in alphabetical order", rewrite: (payload) => JSON.stringify(sorted(JSON.parse(payload))) },
];

/** The texts that may have been signed in place of the payload; none that equals it. */
export function rewritings(payload: string): readonly Rewriting[] {
  const found: Rewriting[] = [];
  for (const { what, rewrite } of REWRITES) {
    let text: string;
    try {
      text = rewrite(payload);
    } catch {
      continue;
    }
    if (text !== payload && !found.some((known) => known.text === text)) found.push({ text, what });
  }
  return found;
}

const compact = (payload: string): string => JSON.stringify(JSON.parse(payload));

function escapeHtml(payload: string): string {
  return payload.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function unescapeHtml(payload: string): string {
  return payload
    .replaceAll(/&quot;|&#34;/g, '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** Blanks after separators, but not inside texts. */
function spaced(payload: string): string {
  return compact(payload).replaceAll(/"(?:[^"\\]|\\.)*"|[,:]/g, (token) => (token.length === 1 ? `${token} ` : token));
}

function escapeLetters(text: string): string {
  return text.replaceAll(/[^\0-\x7f]/g, (letter) =>
    Array.from(
      { length: letter.length },
      (_, index) => `\\u${letter.charCodeAt(index).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}
