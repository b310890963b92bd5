import { IntlMessageFormat } from "intl-messageformat";

/** Values of the placeholders in a message. Give a number where the message has a plural of it. */
export type MessageValues = Readonly<Record<string, string | number>>;

const compiled = new Map<string, IntlMessageFormat>();

function compile(text: string, locale: string): IntlMessageFormat {
  const key = `${locale} ${text}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const made = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
  compiled.set(key, made);
  return made;
}

/**
 * An ICU message with its values filled in. A message that a value is missing for is given as it is written: a stored one may
 * be older than its text.
 *
 * @example format("{count, plural, one {# row} other {# rows}}", { count: 3 }, "en") // "3 rows"
 * @throws SyntaxError for a text that is no ICU message
 */
export function format(text: string, values: MessageValues, locale: string): string {
  const message = compile(text, locale);
  try {
    return String(message.format(values));
  } catch {
    return text;
  }
}
