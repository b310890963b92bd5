import { type DerElement, expectTag, oidOf, readElements, sequence, TAG } from "./der.ts";
import { COMMON_NAME } from "./oids.ts";

/** The CN values of a distinguished name (RFC 5280 4.1.2.4), as UTF-8 text. */
export function commonNamesOf(name: DerElement): readonly string[] {
  const decoder = new TextDecoder();
  return sequence(name, "a name").flatMap((part) =>
    readElements(expectTag(part, TAG.set, "a part of a name").content).flatMap((attribute) => {
      const [type, value] = sequence(attribute, "a part of a name");
      return oidOf(type, "the kind of a name's part") === COMMON_NAME && value !== undefined
        ? [decoder.decode(value.content)]
        : [];
    }),
  );
}
