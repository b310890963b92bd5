/** An XML element: a text, or elements in order. `null` makes it empty; elements that are `undefined` are left out. */
export interface Element {
  readonly name: string;
  readonly content: string | null | readonly (Element | undefined)[];
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Makes an element. */
export function element(name: string, content: Element["content"]): Element {
  return { name, content };
}

const ENTITIES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** A text in which nothing is markup; characters that XML cannot hold become a question mark. */
function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign).replaceAll(UNWRITABLE, "?");
}

/** Control characters but tab and line ends, halves of surrogate pairs, and two code points that are no characters. */
const UNWRITABLE = /(?=\p{Cc})[^\t\n\r]|\p{Cs}|[\uFFFE\uFFFF]/gu;

/**
 * An element as text, each on a line of its own.
 *
 * @param blanks puts the text of longer elements on a line of its own too, as the document of 2016 prints it
 */
export function writeXml({ name, content, attributes = {} }: Element, blanks = false, indent = ""): string {
  const listed = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const open = `${indent}<${name}${listed.join("")}`;
  if (content === null) return `${open}/>\n`;
  if (typeof content === "string") {
    const text = escapeXml(content);
    return blanks && text.length > 20
      ? `${open}>\n${indent}  ${text}\n${indent}</${name}>\n`
      : `${open}>${text}</${name}>\n`;
  }
  const inside = content.map((child) => (child === undefined ? "" : writeXml(child, blanks, `${indent}  `)));
  return `${open}>\n${inside.join("")}${indent}</${name}>\n`;
}
