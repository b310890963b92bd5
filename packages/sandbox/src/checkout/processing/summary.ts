import type { Engine } from "../../engine/engine.ts";
import type { CheckoutSession, Merchant } from "../../engine/objects/index.ts";
import { findAddress } from "../../test-data/address-book.ts";
import { addressesOf } from "../buyer/choices.ts";
import { addressLines } from "../pages/address-lines.ts";
import type { SummaryLine } from "../pages/processing-page.tsx";
import { findBuyer, findInstrument, paymentDescriptor, type InstrumentOutcome } from "../../test-data/index.ts";
import { moneyText } from "../visit/money-text.ts";
import type { Phrase, PageTexts } from "../locales/page-texts.ts";

const NOTES: Readonly<Partial<Record<InstrumentOutcome, Phrase>>> = {
  "buyer-canceled": "cardBuyerCanceled",
  declined: "cardDeclined",
  "pending-authorized": "cardPendingAuthorized",
  "pending-declined": "cardPendingDeclined",
};

/** What the processing page shows of a session. */
export function processingFacts(
  engine: Engine,
  session: CheckoutSession,
  merchant: Merchant,
  texts: PageTexts,
): { readonly lead: string; readonly summary: readonly SummaryLine[]; readonly cardNote: string | null } {
  const { buyer, details } = session;
  const store = merchant.storeName;
  const amount = details.paymentDetails.chargeAmount;
  const person = findBuyer(buyer?.buyerId ?? "");
  const card = findInstrument(buyer?.instrumentId ?? "", merchant.region);
  const reference = (
    details.other["merchantMetadata"] as { readonly merchantReferenceId?: string | null } | null | undefined
  )?.merchantReferenceId;
  const addresses = addressesOf(session).flatMap((addressId) => findAddress(engine, addressId) ?? []);
  const lines: SummaryLine[] = [
    { term: texts.fill("summaryBuyer"), lines: person === undefined ? [] : [person.name, person.email] },
    { term: texts.fill("summaryPayment"), lines: card === undefined ? [] : [paymentDescriptor(card)] },
    {
      term: texts.fill("summaryDelivery"),
      lines: addresses.flatMap((entry) => [
        entry.address.name ?? "",
        ...addressLines(entry.address, texts.htmlLanguage),
      ]),
    },
    { term: texts.fill("summaryReference"), lines: reference === null || reference === undefined ? [] : [reference] },
  ];
  const { paymentIntent, canHandlePendingAuthorization } = details.paymentDetails;
  const pending = card?.outcome === "pending-authorized" || card?.outcome === "pending-declined";
  const refused = pending && !(paymentIntent === "Authorize" && canHandlePendingAuthorization);
  const note = refused ? "cardPendingRefused" : card === undefined ? undefined : NOTES[card.outcome];
  return {
    lead:
      amount === null
        ? texts.fill("processingLeadSetup", { store })
        : texts.fill("processingLead", { store, amount: moneyText(amount, texts.htmlLanguage) }),
    summary: lines.filter((line) => line.lines.length > 0),
    cardNote: note === undefined ? null : texts.fill(note),
  };
}
