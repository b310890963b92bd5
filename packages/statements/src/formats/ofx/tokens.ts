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
  /<(?:(?=[^<>]{0,4096}>)(\/?)([A-Za-z][\w.:-]*)\s*[^<>]*?(\/?)>|!--[\s\S]*?-->|!\[CDATA\[([\s\S]*?)\]\]>|[!?][^<>]{0,4096}>)/g;

/** Ends of what may go on in the next piece: a tag without its end, a comment or CDATA that is still open. */
const OPEN_END = /<(?:[^<>]{0,4097}|!--(?:(?!-->)[\s\S])*|!\[CDATA\[(?:(?!\]\]>)[\s\S])*)$/;

const breaks = (text: string): number => text.match(/\r\n|\n|\r/g)?.length ?? 0;

/**
 * The tags of OFX 1 (SGML, where most are never closed) and OFX 2 (XML): those of a piece at once, as a file has millions and
 * each step of an asynchronous generator leaves several objects behind.
 */
export async function* ofxTokens(pieces: AsyncIterable<string>): AsyncGenerator<readonly OfxToken[], void, void> {
  let rest = "";
  let line = 1;
  let pending: { line: number; name: string; closes: boolean; value: string } | null = null;
  const scan = function* (text: string): Generator<OfxToken, void, void> {
    let at = 0;
    const describe = (words: string): void => {
      if (pending !== null) pending.value += words;
      line += breaks(words);
    };
    for (const match of text.matchAll(TAG)) {
      describe(text.slice(at, match.index));
      at = match.index + match[0].length;
      const [whole, slash, name, empty, cdata] = match;
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
    describe(text.slice(at));
    if ((pending?.value.length ?? 0) > MOST_CHARACTERS) tooLong(pending?.line ?? line);
  };
  for await (const piece of pieces) {
    const text = rest + piece;
    // A CR at the end may be half of a line's end.
    const cut = OPEN_END.exec(text)?.index ?? (text.endsWith("\r") ? text.length - 1 : text.length);
    rest = text.slice(cut);
    if (rest.length > MOST_CHARACTERS) tooLong(line);
    yield [...scan(text.slice(0, cut))];
  }
  yield [...scan(rest)];
  const last = pending as OfxToken | null;
  if (last !== null) yield [{ ...last, value: resolved(last.value).trim() }];
}

function tooLong(line: number): never {
  const message = `line ${line}: a value has more than ${MOST_CHARACTERS} characters, as none of a statement has`;
  throw new UnusableStatementError("file.too-large", message, { line });
}
