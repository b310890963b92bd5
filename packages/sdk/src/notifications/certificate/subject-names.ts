import { type DerElement, expectTag, oidOf, readElements, sequence, TAG } from "./der.ts";
import { COMMON_NAME } from "./oids.ts";
import { unreadable } from "./unreadable.ts";

const isAscii = (bytes: Uint8Array): boolean => bytes.every((octet) => octet < 0x80);

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

/** Kinds of text that a name may hold (RFC 5280 4.1.2.4, X.520), and what makes their bytes one. */
const TEXTS: Readonly<Record<number, ((bytes: Uint8Array) => boolean) | undefined>> = {
  // UTF8, Numeric, Printable, Teletex, IA5, Visible, Universal and BMP strings.
  0x0c: isUtf8,
  0x12: isAscii,
  0x13: isAscii,
  0x14: () => true,
  0x16: isAscii,
  0x1a: isAscii,
  0x1c: (bytes) => bytes.length % 4 === 0,
  0x1e: (bytes) => bytes.length % 2 === 0,
};

/** The CN values of a distinguished name (RFC 5280 4.1.2.4), as UTF-8 text. Every part of the name must be a text. */
export function commonNamesOf(name: DerElement): readonly string[] {
  const decoder = new TextDecoder();
  return sequence(name, "a name").flatMap((part) => {
    const attributes = readElements(expectTag(part, TAG.set, "a part of a name").content);
    if (attributes.length === 0) throw unreadable("a part of a name is empty");
    return attributes.flatMap((attribute) => {
      const [type, value, ...more] = sequence(attribute, "a part of a name");
      if (value === undefined || more.length > 0 || TEXTS[value.tag]?.(value.content) !== true)
        throw unreadable("a part of a name is no text");
      return oidOf(type, "the kind of a name's part") === COMMON_NAME ? [decoder.decode(value.content)] : [];
    });
  });
}
