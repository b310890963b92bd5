import type { CheckoutSession } from "../../engine/objects/index.ts";
import { readPrice } from "../../engine/amounts.ts";
import type { Wording } from "../wording/wording.ts";
import { moneyText } from "./money-text.ts";

/** Names of Intl for the units of `recurringMetadata.frequency`. */
const UNITS: Readonly<Record<string, string>> = { Day: "day", Week: "week", Month: "month", Year: "year" };

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
  const unit = UNITS[metadata.frequency?.unit ?? ""];
  const schedule =
    unit === undefined
      ? wording.say("scheduleVariable")
      : wording.say("scheduleEvery", { span: spanText(Number(metadata.frequency?.value ?? 1), unit, wording) });
  const amount = readPrice(metadata.amount, "recurringMetadata.amount");
  return amount === null
    ? schedule
    : wording.say("scheduleAmount", { amount: moneyText(amount, wording.htmlLanguage), schedule });
}

/** `1 month`, `2 Wochen`. */
function spanText(count: number, unit: string, wording: Wording): string {
  return new Intl.NumberFormat(wording.htmlLanguage, { style: "unit", unit, unitDisplay: "long" }).format(count);
}
