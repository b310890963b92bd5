import { type MessageValues, readTexts, type Texts, translator } from "@amazon-pay-kit/messages";
import { MESSAGES, RULES, ruleOf } from "./index.ts";
import type { Messages } from "./message.ts";

/** Languages other than English in which rules and their messages can be had, where their file has the text. */
export const RULE_LANGUAGES = ["de", "ja"] as const;

/** Everything that rules say in English: messages by name, and each rule's demand and remedy as `code#rule`, `code#remedy`. */
export const RULE_TEXTS: Texts = {
  ...Object.fromEntries(
    RULES.flatMap(({ code, rule, remedy }) => [
      [`${code}#rule`, rule],
      [`${code}#remedy`, remedy],
    ]),
  ),
  ...MESSAGES,
};

/** The texts of a language, as its file has them. */
export function ruleTextsIn(language: string): Texts {
  return readTexts("@amazon-pay-kit/ledger", `rules/locales/${language}.json`, import.meta.url);
}

/** By names that are only known at run time. */
const translate: (language: string) => (name: string, values?: MessageValues) => string = translator(
  RULE_TEXTS,
  Object.fromEntries(RULE_LANGUAGES.map((language) => [language, () => ruleTextsIn(language)])),
);

/**
 * What an exception says, in a language; in English where the language lacks a message.
 *
 * @returns undefined for a message that this version does not know: the exception has its English text
 */
export function textOf(messages: Messages, language = "en"): string | undefined {
  const text = translate(language);
  if (!messages.every(({ name }) => Object.hasOwn(RULE_TEXTS, name))) return undefined;
  return messages.map(({ name, values }) => text(name, values)).join("");
}

/** What a rule demands and what to do about its exceptions, in a language; undefined for a code that no rule has. */
export function ruleTextOf(
  code: string,
  language = "en",
): { readonly rule: string; readonly remedy: string } | undefined {
  if (ruleOf(code) === undefined) return undefined;
  const text = translate(language);
  return { rule: text(`${code}#rule`), remedy: text(`${code}#remedy`) };
}
