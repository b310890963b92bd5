import { XmlError } from "./xml-error.ts";
import { isText } from "../../kind.ts";

const NAMED: Readonly<Record<string, string>> = {
  __proto__: null as never,
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** Characters that XML 1.0 allows (2.2). */
function isAllowed(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}

/** Replaces XML's five entities and references to characters by number. Any other entity is an error. */
function decodeText(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(\w+));|&/g, (_whole, decimal, hex, name) => {
    const named = isText(name) && Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
    if (named !== undefined) return named;
    const code = isText(decimal) ? Number(decimal) : Number.parseInt(isText(hex) ? hex : "", 16);
    if (!isAllowed(code)) throw new XmlError("it uses an entity that is not one of XML's own");
    return String.fromCodePoint(code);
  });
}

/** One element of an XML text, without namespaces. */
export interface XmlElement {
  /** Local name: `ReportInfo` for `mws:ReportInfo`. */
  readonly name: string;
  /** By local name. Declarations of namespaces are left out. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The element's own text, without blanks around it. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface Open {
  readonly tag: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const DEEPEST = 32;
const LONGEST = 16_777_216;
const NAME = String.raw`[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?`;
const DECLARATION = /^\s*<\?xml\s[^<>]*\?>/;
const TOKEN = new RegExp(
  String.raw`<!--(?:(?!--)[\s\S])*-->|<!\[CDATA\[([\s\S]*?)\]\]>|</(${NAME})\s*>|<(${NAME})((?:\s+${NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)>|([^<]+)`,
  "y",
);
const ATTRIBUTE = new RegExp(String.raw`(${NAME})\s*=\s*(?:"([^"]*)"|'([^']*)')`, "g");

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = "", double, single] of text.matchAll(ATTRIBUTE)) {
    if (name === "xmlns" || name.startsWith("xmlns:")) continue;
    const local = localName(name);
    if (Object.hasOwn(attributes, local)) throw new XmlError(`the attribute ${local} is there twice`);
    attributes[local] = decodeText(double ?? single ?? "");
  }
  return attributes;
}

const closed = ({ name, attributes, children, text }: Open): XmlElement => ({
  name,
  attributes,
  children,
  text: text.trim(),
});

/**
 * Reads the XML of the service's answers: elements, attributes, text, CDATA, comments and the five entities of XML. No
 * document types, processing instructions or other entities, at most 32 levels and 16 MiB: more is never needed, and
 * each has been used against readers that took it.
 *
 * @throws XmlError
 */
export function readXml(text: string): XmlElement {
  if (text.length > LONGEST) throw new XmlError(`it is longer than ${LONGEST} characters`);
  const start = text.startsWith("\uFEFF") ? 1 : 0;
  const declaration = DECLARATION.exec(text.slice(start, start + 1000))?.[0] ?? "";
  const open: Open[] = [];
  let root: XmlElement | undefined;
  TOKEN.lastIndex = start + declaration.length;

  const add = (element: XmlElement): void => {
    const parent = open.at(-1);
    if (parent !== undefined) parent.children.push(element);
    else if (root === undefined) root = element;
    else throw new XmlError("there is a second element behind its end");
  };

  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw new XmlError(`there is no XML at character ${at}`);
    const [token, cdata, end, begin, attributes = "", empty, characters] = match;
    if (begin !== undefined) {
      const element: Open = {
        tag: begin,
        name: localName(begin),
        attributes: attributesOf(attributes),
        children: [],
        text: "",
      };
      if (open.length >= DEEPEST) throw new XmlError(`it has more than ${DEEPEST} levels`);
      if (empty === "/") add(closed(element));
      else open.push(element);
    } else if (end !== undefined) {
      const element = open.pop();
      if (element?.tag !== end) throw new XmlError(`</${end}> at character ${at} closes nothing`);
      add(closed(element));
    } else if (!token.startsWith("<!--")) {
      const parent = open.at(-1);
      const value = cdata ?? decodeText(characters ?? "");
      if (parent !== undefined) parent.text += value;
      else if (cdata !== undefined || value.trim() !== "")
        throw new XmlError(`there is text outside at character ${at}`);
    }
  }
  if (open.length > 0) throw new XmlError(`<${open.at(-1)?.tag}> is not closed`);
  if (root === undefined) throw new XmlError("there is no element in it");
  return root;
}
