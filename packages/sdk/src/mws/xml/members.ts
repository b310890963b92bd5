import type { XmlElement } from "./read-xml.ts";

/** The first child of that name. */
export function memberOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** The text of a member; `null` where it is missing or empty. */
export function optionalText(element: XmlElement | undefined, name: string): string | null {
  const text = memberOf(element, name)?.text ?? "";
  return text === "" ? null : text;
}
