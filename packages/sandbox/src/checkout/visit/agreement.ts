import type { CheckoutSession } from "../../engine/objects/index.ts";
import { readPrice } from "../../engine/amounts.ts";
import type { Phrase, Wording } from "../locales/wording.ts";
import { moneyText } from "./money-text.ts";

/** The units of `recurringMetadata.frequency`: what one of them is called as a rhythm, and Intl's name for several. */
const UNITS: Readonly<Record<string, { readonly each: Phrase; readonly unit: string }>> = {
  Day: { each: "scheduleDaily", unit: "day" },
  Week: { each: "scheduleWeekly", unit: "week" },
  Month: { each: "scheduleMonthly", unit: "month" },
  Year: { each: "scheduleYearly", unit: "year" },
};

/** What the buyer agrees to beyond this payment, in words; null for a one-time payment. */
export function agreementOf(session: CheckoutSession, store: string, wording: Wording): string | null {
  switch (session.details.chargePermissionType) {
    case "Recurring":
      return wording.say("consentToRecurring", { store, schedule: scheduleOf(session, wording) });
    case "PaymentMethodOnFile":
      return wording.say("consentToFile", { store });
    default:
      return null;
  }
}

/** Frequency and amount of `recurringMetadata` (reference 4.5). */
function scheduleOf(session: CheckoutSession, wording: Wording): string {
  const metadata = (session.details.other["recurringMetadata"] ?? {}) as {
    readonly frequency?: { readonly unit?: string; readonly value?: number | string } | null;
    readonly amount?: unknown;
  };
  const schedule = rhythmOf(metadata.frequency?.unit ?? "", Number(metadata.frequency?.value ?? 1), wording);
  const amount = readPrice(metadata.amount, "recurringMetadata.amount");
  return amount === null
    ? schedule
    : wording.say("scheduleAmount", { amount: moneyText(amount, wording.htmlLanguage), schedule });
}

/** `every month`, `every 2 weeks`; `repeatedly` without a fixed rhythm. */
function rhythmOf(name: string, count: number, wording: Wording): string {
  const known = Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
  if (known === undefined) return wording.say("scheduleVariable");
  if (count === 1) return wording.say(known.each);
  return wording.say("scheduleEvery", { span: spanText(count, known.unit, wording) });
}

/** `2 weeks`, `2 Wochen`. */
function spanText(count: number, unit: string, wording: Wording): string {
  return new Intl.NumberFormat(wording.htmlLanguage, { style: "unit", unit, unitDisplay: "long" }).format(count);
}
