import { integer, pick, type Random } from "@amazon-pay-kit/sdk/random";

/** Bytes that mean something to some reader. */
const TELLING = [..."\0\t\n\r\x1b \"'(),-./:;<=>?@[\\]^_{|}&#!%+*0123456789aAzZ"].map((one) => one.charCodeAt(0));
/** Texts that have broken readers before: of any kind. */
const HARD = [
  "\ufeff",
  "\u202e",
  "\u2028",
  "\u00a0",
  "\u3000",
  "\uff1d",
  "\uff10",
  "\u0661",
  "\u0085",
  "\ud83d\ude00",
  "\u0130",
  "\u1e9e",
  "-0",
  "1e9",
  "0x10",
  "1.000",
  "1,000",
  "1.000,00",
  "1'000.00",
  "99999999999999999999",
  "9223372036854775807",
  "9223372036854775808",
  "-9223372036854775808",
  "9007199254740993",
  "NaN",
  "Infinity",
  "null",
  "true",
  "__proto__",
  "constructor",
  "2026-02-30",
  "0000-00-00",
  "9999-12-31",
  "T24:00:00Z",
  "+14:00",
  "-00:00",
  "\r\n",
  "\n\n",
  '""',
  '"""',
  "%00",
  "../",
  "<![CDATA[",
  "]]>",
  "<!--",
  "&#0;",
  "&amp;",
  "&#x110000;",
  "<!DOCTYPE",
  "\\u0000",
  "\\ud800",
].map((text) => Buffer.from(text));
const FAR = [0, 1, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xc0, 0xc3, 0xe2, 0xed, 0xf0, 0xfe, 0xff];

type Bytes = Uint8Array;
const joined = (...parts: readonly Bytes[]): Bytes => Uint8Array.from(Buffer.concat(parts));

/** What a hunt knows that may be put into bytes. */
export interface Stock {
  readonly random: Random;
  readonly words: readonly string[];
  /** Some other input. */
  readonly other: () => Bytes;
}

type Change = (bytes: Bytes, stock: Stock) => Bytes;

function span(bytes: Bytes, random: Random, most: number): readonly [from: number, to: number] {
  const from = integer(random, 0, bytes.length);
  return [from, Math.min(bytes.length, from + integer(random, 1, most))];
}

/** From the start of a line to the start of another one. */
function lines(bytes: Bytes, random: Random): readonly [from: number, to: number] {
  const near = integer(random, 0, Math.max(0, bytes.length - 1));
  const from = bytes.lastIndexOf(10, near) + 1;
  const end = bytes.indexOf(10, near);
  return [from, end === -1 ? bytes.length : end + 1];
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;
const isLetter = (byte: number | undefined): boolean =>
  byte !== undefined && ((byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || isDigit(byte));

/** A word or number that is there. */
function token(bytes: Bytes, random: Random): readonly [from: number, to: number] {
  let from = integer(random, 0, bytes.length);
  while (from > 0 && isLetter(bytes[from - 1])) from -= 1;
  let to = from;
  while (to < bytes.length && isLetter(bytes[to])) to += 1;
  return [from, to];
}

const CHANGES: readonly Change[] = [
  // A bit, a byte, a byte that means something.
  (bytes, { random }) => changed(bytes, random, (byte) => byte ^ (1 << integer(random, 0, 7))),
  (bytes, { random }) => changed(bytes, random, () => integer(random, 0, 255)),
  (bytes, { random }) => changed(bytes, random, () => pick(random, TELLING)),
  (bytes, { random }) => changed(bytes, random, () => pick(random, FAR)),
  (bytes, { random }) => changed(bytes, random, (byte) => byte + integer(random, -3, 3)),
  // Something more, something less, something twice, something elsewhere.
  (bytes, { random }) => inserted(bytes, random, Uint8Array.of(pick(random, TELLING))),
  (bytes, { random }) => inserted(bytes, random, pick(random, HARD)),
  (bytes, stock) => inserted(bytes, stock.random, word(stock)),
  (bytes, { random }) => {
    const [from, to] = span(bytes, random, 12);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  (bytes, { random }) => {
    const [from, to] = span(bytes, random, 200);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  (bytes, { random }) => {
    const [from, to] = span(bytes, random, 60);
    return joined(bytes.subarray(0, to), bytes.subarray(from));
  },
  (bytes, { random }) => {
    const [from, to] = span(bytes, random, 40);
    return inserted(joined(bytes.subarray(0, from), bytes.subarray(to)), random, bytes.subarray(from, to));
  },
  (bytes, { random }) => {
    const [from, to] = span(bytes, random, 8);
    const many = Array.from({ length: integer(random, 2, 64) }, () => bytes.subarray(from, to));
    return joined(bytes.subarray(0, from), ...many, bytes.subarray(to));
  },
  (bytes, { random }) => bytes.slice(0, integer(random, 0, bytes.length)),
  // Lines and words.
  (bytes, { random }) => {
    const [from, to] = lines(bytes, random);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  (bytes, { random }) => {
    const [from, to] = lines(bytes, random);
    return joined(bytes.subarray(0, to), bytes.subarray(from));
  },
  (bytes, { random }) => {
    const [from, to] = lines(bytes, random);
    const [at] = lines(bytes, random);
    return at < from || at > to
      ? joined(bytes.subarray(0, at), bytes.subarray(from, to), bytes.subarray(at))
      : bytes.slice();
  },
  (bytes, stock) => {
    const [from, to] = token(bytes, stock.random);
    return joined(bytes.subarray(0, from), word(stock), bytes.subarray(to));
  },
  (bytes, { random }) => {
    const [from, to] = token(bytes, random);
    return joined(bytes.subarray(0, from), pick(random, HARD), bytes.subarray(to));
  },
  (bytes, { random }) => {
    const [from, to] = token(bytes, random);
    const digits = Buffer.from(String(integer(random, 0, 10 ** integer(random, 1, 9))));
    return joined(bytes.subarray(0, from), digits, bytes.subarray(to));
  },
  (bytes, { random }) => {
    const [from, to] = token(bytes, random);
    const [at] = token(bytes, random);
    return joined(bytes.subarray(0, at), bytes.subarray(from, to), bytes.subarray(at));
  },
  // The beginning of one and the end of another.
  (bytes, { random, other }) => {
    const second = other();
    return joined(
      bytes.subarray(0, integer(random, 0, bytes.length)),
      second.subarray(integer(random, 0, second.length)),
    );
  },
  (bytes, { random, other }) => {
    const second = other();
    const [from, to] = span(second, random, 80);
    return inserted(bytes, random, second.subarray(from, to));
  },
];

function place(bytes: Bytes, random: Random): number {
  return integer(random, 0, Math.max(0, bytes.length - 1));
}

function changed(bytes: Bytes, random: Random, to: (byte: number) => number): Bytes {
  const copy = bytes.slice();
  const at = place(bytes, random);
  if (copy.length > 0) copy[at] = to(copy[at] ?? 0) & 0xff;
  return copy;
}

function inserted(bytes: Bytes, random: Random, more: Bytes): Bytes {
  const at = integer(random, 0, bytes.length);
  return joined(bytes.subarray(0, at), more, bytes.subarray(at));
}

function word({ random, words }: Stock): Bytes {
  return words.length === 0 ? Buffer.from("0") : Buffer.from(pick(random, words));
}

/** Bytes with some changes, at most `longest` of them. */
export function mutated(bytes: Uint8Array, stock: Stock, longest: number): Uint8Array {
  const { random } = stock;
  let made: Bytes = bytes;
  for (let left = 1 << integer(random, 0, 4); left > 0; left -= 1) made = pick(random, CHANGES)(made, stock);
  return made.subarray(0, longest);
}
