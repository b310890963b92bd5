import type { CheckoutSession } from "../../engine/objects/index.ts";
import { readPrice } from "../../engine/amounts.ts";
import type { Phrase, PageTexts } from "../locales/page-texts.ts";
import { moneyText } from "./money-text.ts";

/** The units of `recurringMetadata.frequency`: what one of them is called as a rhythm, and Intl's name for several. */
const UNITS: Readonly<Record<string, { readonly each: Phrase; readonly unit: string }>> = {
  __proto__: null as never,
  Day: { each: "scheduleDaily", unit: "day" },
  Week: { each: "scheduleWeekly", unit: "week" },
  Month: { each: "scheduleMonthly", unit: "month" },
  Year: { each: "scheduleYearly", unit: "year" },
};

/** What the buyer agrees to beyond this payment, in words; null for a one-time payment. */
export function agreementOf(session: CheckoutSession, store: string, texts: PageTexts): string | null {
  switch (session.details.chargePermissionType) {
    case "Recurring":
      return texts.fill("consentToRecurring", { store, schedule: scheduleOf(session, texts) });
    case "PaymentMethodOnFile":
      return texts.fill("consentToFile", { store });
    default:
      return null;
  }
}

/** Frequency and amount of `recurringMetadata` (docs/amazon-pay/operations.md). */
function scheduleOf(session: CheckoutSession, texts: PageTexts): string {
  const metadata = (session.details.other["recurringMetadata"] ?? {}) as {
    readonly frequency?: { readonly unit?: string; readonly value?: number | string } | null;
    readonly amount?: unknown;
  };
  const schedule = rhythmOf(metadata.frequency?.unit ?? "", Number(metadata.frequency?.value ?? 1), texts);
  const amount = readPrice(metadata.amount, "recurringMetadata.amount");
  return amount === null
    ? schedule
    : texts.fill("scheduleAmount", { amount: moneyText(amount, texts.htmlLanguage), schedule });
}

/** `every month`, `every 2 weeks`; `repeatedly` without a fixed rhythm. */
function rhythmOf(name: string, count: number, texts: PageTexts): string {
  const known = Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
  if (known === undefined) return texts.fill("scheduleVariable");
  if (count === 1) return texts.fill(known.each);
  return texts.fill("scheduleEvery", { span: spanText(count, known.unit, texts) });
}

/** `2 weeks`, `2 Wochen`. */
function spanText(count: number, unit: string, texts: PageTexts): string {
  return new Intl.NumberFormat(texts.htmlLanguage, { style: "unit", unit, unitDisplay: "long" }).format(count);
}
