/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { InstrumentOutcome, TestInstrument } from "../../test-data/index.ts";
import type { Phrase } from "../locales/page-texts.ts";
import { ChoiceList, type Choice } from "./choice-list.tsx";
import { HostedPage } from "./hosted-page.tsx";
import type { StepPageProps } from "./sign-in-page.tsx";
import { VisitForm } from "./visit-form.tsx";

const OUTCOMES: Readonly<Record<InstrumentOutcome, { readonly phrase: Phrase; readonly tone: Choice["tone"] }>> = {
  success: { phrase: "cardSuccess", tone: "good" },
  "buyer-canceled": { phrase: "cardBuyerCanceled", tone: "bad" },
  declined: { phrase: "cardDeclined", tone: "bad" },
  "pending-authorized": { phrase: "cardPendingAuthorized", tone: "wait" },
  "pending-declined": { phrase: "cardPendingDeclined", tone: "wait" },
};

/** Which card pays, and what each card will do. */
export function PaymentPage(
  props: StepPageProps & { readonly instruments: readonly TestInstrument[]; readonly chosen: string | null },
) {
  const { texts, store } = props;
  return (
    <HostedPage {...props} title={texts.fill("paymentTitle")} lead={texts.fill("paymentLead")}>
      <VisitForm {...props.form} texts={texts} store={store} step="payment">
        <ChoiceList
          legend={texts.fill("cards")}
          name="instrument"
          choices={props.instruments.map((instrument, index) => ({
            value: instrument.instrumentId,
            title: (
              <>
                {instrument.brand} <span class="digits">•••• {instrument.lastDigits}</span>
              </>
            ),
            details: <span>{texts.fill(OUTCOMES[instrument.outcome].phrase)}</span>,
            tone: OUTCOMES[instrument.outcome].tone,
            chosen: props.chosen === null ? index === 0 : props.chosen === instrument.instrumentId,
          }))}
        />
      </VisitForm>
    </HostedPage>
  );
}
