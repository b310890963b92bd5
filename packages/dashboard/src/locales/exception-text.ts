import { type ExceptionView, textOf } from "@amazon-pay-kit/ledger";
import type { LocaleName } from "../locale/locale.ts";
import { term } from "./texts.ts";

/** What an exception says, and in which language: English where an earlier version of the kit found it. */
export function messageOf(
  { message, messages }: Pick<ExceptionView, "message" | "messages">,
  locale: LocaleName,
): { readonly text: string; readonly lang: LocaleName } {
  if (locale === "en" || messages.length === 0) return { text: message, lang: "en" };
  const named = messages.map(({ name, values }) => {
    const { report } = values;
    // Kinds of reports are terms of the pages.
    return typeof report === "string"
      ? { name, values: { ...values, report: term("report type", report.replace("-", " "), locale) } }
      : { name, values };
  });
  const text = textOf(named, locale);
  return text === undefined ? { text: message, lang: "en" } : { text, lang: locale };
}
