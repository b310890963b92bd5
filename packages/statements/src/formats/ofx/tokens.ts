import { UnusableStatementError } from "../../errors.ts";

/** A tag of OFX with what stands behind it. */
export interface OfxToken {
  readonly line: number;
  /** In capitals, without namespace. */
  readonly name: string;
  readonly closes: boolean;
  /** Text up to the next tag; entities resolved. */
  readonly value: string;
}

/** No value of a statement has this length. */
const MOST_CHARACTERS = 1024 * 1024;

const ENTITIES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

function resolved(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === "string") return ENTITIES[name.toLowerCase()] ?? whole;
    const code = typeof decimal === "string" ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });
}

/**
 * A tag, or what of XML and SGML is none: declarations, comments, CDATA. A lone `<` is text, as banks write it unescaped, and so
 * is one whose `>` is further away than that of any tag.
 */
const TAG =
  /<(?:(?=[^<>]{0,4096}>)(\/?)([A-Za-z][\w.:-]*)\s*[^<>]*?(\/?)>|!--[\s\S]*?-->|!\[CDATA\[([\s\S]*?)\]\]>|(?!!--|!\[CDATA\[)[!?][^<>]{0,4096}>)/g;

/** The same, or what may still become one with the next piece: a tag without its end, a comment or CDATA that is still open. */
const TAG_OR_OPEN = new RegExp(`${TAG.source}|(<(?:!--[\\s\\S]*|!\\[CDATA\\[[\\s\\S]*|[^<>]{0,4097})$)`, "g");

const breaks = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;

/**
 * The tags of OFX 1 (SGML, where most are never closed) and OFX 2 (XML): those of a piece at once, as a file has millions and
 * each step of an asynchronous generator leaves several objects behind.
 */
export async function* ofxTokens(pieces: AsyncIterable<string>): AsyncGenerator<readonly OfxToken[], void, void> {
  let rest = "";
  let line = 1;
  let pending: { line: number; name: string; closes: boolean; value: string } | null = null;
  /** Reads a text to its end, or to where the next piece decides, which is kept for it. */
  const scan = function* (text: string, last: boolean): Generator<OfxToken, void, void> {
    let at = 0;
    // A CR at the end may be half of a line's end.
    let end = !last && text.endsWith("\r") ? text.length - 1 : text.length;
    const describe = (words: string): void => {
      if (pending !== null) pending.value += words;
      line += breaks(words);
    };
    for (const match of text.matchAll(last ? TAG : TAG_OR_OPEN)) {
      const [whole, slash, name, empty, cdata, open] = match;
      if (open !== undefined) {
        end = match.index;
        break;
      }
      describe(text.slice(at, match.index));
      at = match.index + whole.length;
      if (name === undefined) {
        if (cdata !== undefined && pending !== null) pending.value += cdata.replaceAll("&", "&amp;");
      } else {
        if (pending !== null) yield { ...pending, value: resolved(pending.value).trim() };
        pending = { line, name: name.replace(/^.*:/, "").toUpperCase(), closes: slash === "/", value: "" };
        if (empty === "/") {
          yield { ...pending, value: "" };
          pending = { ...pending, closes: true };
        }
      }
      line += breaks(whole);
    }
    describe(text.slice(at, end));
    rest = text.slice(end);
    if ((pending?.value.length ?? 0) > MOST_CHARACTERS) tooLong(pending?.line ?? line);
  };
  for await (const piece of pieces) {
    yield [...scan(rest + piece, false)];
    if (rest.length > MOST_CHARACTERS) tooLong(line);
  }
  yield [...scan(rest, true)];
  const last = pending as OfxToken | null;
  if (last !== null) yield [{ ...last, value: resolved(last.value).trim() }];
}

function tooLong(line: number): never {
  const message = `line ${line}: a value has more than ${MOST_CHARACTERS} characters, as none of a statement has`;
  throw new UnusableStatementError("file.too-large", message, { line });
}
