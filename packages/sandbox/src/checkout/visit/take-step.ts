import type { Engine } from "../../engine/engine.ts";
import type { CheckoutSession, Merchant } from "../../engine/objects/index.ts";
import { findAddress } from "../../test-data/address-book.ts";
import { deliveryOf, deliverySpecificationsOf } from "../buyer/choices.ts";
import { deliveryRefusal } from "../delivery-restrictions.ts";
import { buyersOf, findBuyer, findInstrument } from "../../test-data/index.ts";
import type { Phrase } from "../locales/page-texts.ts";
import type { Step } from "./steps.ts";
import type { Visit } from "./visit.ts";

/** What a step changes, or what the buyer must put right. */
export type StepOutcome =
  | Partial<Pick<Visit, "buyerId" | "addressIds" | "instrumentId" | "consented" | "ordered">>
  | { readonly alert: Phrase };

/** A visit with what belongs to it. */
export interface StepContext {
  readonly engine: Engine;
  readonly merchant: Merchant;
  readonly visit: Visit;
  /** Null for a sign-in. */
  readonly session: CheckoutSession | null;
}

/** Reads what a step's form chose; changes nothing. */
export const TAKE_STEP: Readonly<Record<Step, (context: StepContext, form: URLSearchParams) => StepOutcome>> = {
  "sign-in": ({ merchant, visit }, form) => {
    const buyer = buyersOf(merchant.region).find((row) => row.buyerId === form.get("buyer"));
    if (buyer === undefined) return { alert: "signInLead" };
    // Another buyer has other addresses.
    return buyer.buyerId === visit.buyerId ? {} : { buyerId: buyer.buyerId, addressIds: [] };
  },
  address: (context, form) => {
    const wanted = [...new Set(form.getAll("address"))];
    const several = context.session !== null && deliveryOf(context.session) === "several-addresses";
    const allowed =
      wanted.length > 0 && (several || wanted.length === 1) && wanted.every((id) => delivers(context, id));
    return allowed ? { addressIds: wanted } : { alert: "chooseAnAddress" };
  },
  payment: ({ merchant }, form) => {
    const instrument = findInstrument(form.get("instrument") ?? "", merchant.region);
    return instrument === undefined ? { alert: "chooseACard" } : { instrumentId: instrument.instrumentId };
  },
  consent: ({ session }, form) => {
    const needed = session !== null && session.details.chargePermissionType !== "OneTime";
    return needed && form.get("agree") !== "yes" ? { alert: "consentNeeded" } : { consented: true };
  },
  order: () => ({ ordered: true }),
};

/** Whether an address is in the buyer's book and the merchant delivers to it. */
function delivers({ engine, visit, session }: StepContext, addressId: string): boolean {
  const entry = findAddress(engine, addressId);
  const own = findBuyer(visit.buyerId ?? "")?.addressIds.includes(addressId) === true;
  return (
    own &&
    entry !== undefined &&
    session !== null &&
    deliveryRefusal(deliverySpecificationsOf(session), entry) === undefined
  );
}
