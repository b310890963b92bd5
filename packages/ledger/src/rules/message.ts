import type { MessageValues, ValuesOf } from "@amazon-pay-kit/messages";

/** A text of a rule by its name, with the values of its placeholders: what is stored, so that any language can be made of it. */
export interface Message {
  readonly name: string;
  readonly values: MessageValues;
}

/** What an exception says: messages, one directly after the other. */
export type Messages = readonly Message[];

/**
 * Makes messages of some texts. The compiler checks the names of texts and values.
 *
 * @example messagesOf({ "row.late": "posted {posted}" })("row.late", { posted: "2026-01-31" })
 */
export function messagesOf<const Texts extends Readonly<Record<string, string>>>(
  _texts: Texts,
): <Name extends keyof Texts & string>(name: Name, ...values: ValuesOf<Texts[Name]>) => Messages {
  return (name, ...given) => [{ name, values: (given[0] ?? {}) as MessageValues }];
}
