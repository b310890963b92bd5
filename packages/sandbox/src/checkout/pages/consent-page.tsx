/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Phrase } from "../locales/page-texts.ts";
import { HostedPage } from "./hosted-page.tsx";
import type { StepPageProps } from "./sign-in-page.tsx";
import { VisitForm } from "./visit-form.tsx";

/** Buyer data by the scope that asks for it. */
const SCOPES: Readonly<Record<string, Phrase>> = {
  name: "scopeName",
  email: "scopeEmail",
  phoneNumber: "scopePhoneNumber",
  billingAddress: "scopeBillingAddress",
  shippingAddress: "scopeShippingAddress",
  postalCode: "scopePostalCode",
  primeStatus: "scopePrimeStatus",
};

/** What the merchant receives, and what the buyer agrees to for later payments. */
export function ConsentPage(
  props: StepPageProps & {
    readonly scopes: readonly string[];
    /** Words that must be agreed to; null for a one-time payment. */
    readonly agreement: string | null;
    /** Words of the main button, where it pays at once. */
    readonly submit: string | undefined;
    /** Heading of a page that asks for another agreement than a checkout does. Default: that of a checkout. */
    readonly heading?: string | undefined;
  },
) {
  const { texts, store } = props;
  const shared: readonly Phrase[] = ["scopeBuyerId", ...props.scopes.flatMap((scope) => SCOPES[scope] ?? [])];
  return (
    <HostedPage
      {...props}
      title={props.heading ?? texts.fill("consentTitle")}
      lead={texts.fill("consentLead", { store })}
    >
      <VisitForm {...props.form} texts={texts} store={store} step="consent" submit={props.submit}>
        <ul class="shared">
          {shared.map((phrase) => (
            <li>{texts.fill(phrase)}</li>
          ))}
        </ul>
        {props.agreement === null ? null : (
          <p class="agreement">
            <input type="checkbox" id="agree" name="agree" value="yes" required />
            <label for="agree">{props.agreement}</label>
          </p>
        )}
      </VisitForm>
    </HostedPage>
  );
}
