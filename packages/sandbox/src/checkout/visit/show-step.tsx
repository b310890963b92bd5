/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Answer, Call } from "../../http/call.ts";
import { findAddress } from "../../test-data/address-book.ts";
import { addressesOf, deliveryOf, deliverySpecificationsOf } from "../buyer/choices.ts";
import { deliveryRefusal } from "../delivery-restrictions.ts";
import { AddressPage } from "../pages/address-page.tsx";
import { ConsentPage } from "../pages/consent-page.tsx";
import { page } from "../pages/document.tsx";
import { OrderPage, ORDER_SCRIPT } from "../pages/order-page.tsx";
import { PaymentPage } from "../pages/payment-page.tsx";
import { SignInPage, type StepPageProps } from "../pages/sign-in-page.tsx";
import { buyersOf, findBuyer, instrumentsOf } from "../../test-data/index.ts";
import { textsFor, type Phrase, type PageTexts } from "../locales/page-texts.ts";
import { agreementOf } from "./agreement.ts";
import { formMark, guardCookie } from "./form-guard.ts";
import { moneyText } from "./money-text.ts";
import { rememberedBuyer } from "./remembered-buyer.ts";
import { goesStraightToResult, stepBefore, stepsOf, type Step } from "./steps.ts";
import type { StepContext } from "./take-step.ts";
import { keepVisit } from "./visit.ts";
import { orderEvent } from "./window-events.ts";

/** Path of a visit's pages. */
export const visitPath = (visitId: string): string => `/checkout/visits/${visitId}`;

/** The page of a step. */
export function showStep(context: StepContext, call: Call, step: Step, alert?: Phrase): Answer {
  const { engine, merchant, visit, session } = context;
  const texts = textsFor(visit.language, merchant.region);
  const cookie = guardCookie(call);
  const steps = stepsOf(visit, session);
  const props: StepPageProps = {
    texts,
    store: merchant.storeName,
    step: steps.length > 1 ? { number: steps.indexOf(step) + 1, total: steps.length } : undefined,
    alert: alert === undefined ? undefined : texts.fill(alert, { store: merchant.storeName }),
    form: {
      visitPath: visitPath(visit.visitId),
      mark: formMark(cookie.value, visit.visitId),
      back: stepBefore(visit, session, step),
    },
  };
  const content = stepPage(context, call, step, props, texts);
  if (step === "order") keepVisit(engine, { ...visit, toldAddressIds: visit.addressIds });
  return page(content, {
    status: alert === undefined ? 200 : 422,
    headers: cookie.header,
    ...(step === "order" ? { script: ORDER_SCRIPT } : {}),
  });
}

function stepPage(context: StepContext, call: Call, step: Step, props: StepPageProps, texts: PageTexts) {
  const { engine, merchant, visit, session } = context;
  switch (step) {
    case "sign-in":
      return (
        <SignInPage
          {...props}
          buyers={buyersOf(merchant.region)}
          chosen={visit.buyerId ?? rememberedBuyer(call, merchant.region)}
        />
      );
    case "address":
      return (
        <AddressPage
          {...props}
          several={session !== null && deliveryOf(session) === "several-addresses"}
          chosen={visit.addressIds.length > 0 ? visit.addressIds : addressesOf(session)}
          offered={(findBuyer(visit.buyerId ?? "")?.addressIds ?? []).flatMap((addressId) => {
            const entry = findAddress(engine, addressId);
            if (entry === undefined || session === null) return [];
            return [{ entry, refusal: deliveryRefusal(deliverySpecificationsOf(session), entry) }];
          })}
        />
      );
    case "payment":
      return (
        <PaymentPage
          {...props}
          instruments={instrumentsOf(merchant.region)}
          chosen={visit.instrumentId ?? session?.buyer?.instrumentId ?? null}
        />
      );
    case "order":
      return <OrderPage {...props} event={orderEvent(context)} />;
    case "consent":
      return (
        <ConsentPage
          {...props}
          scopes={scopesOf(context)}
          agreement={session === null ? null : agreementOf(session, merchant.storeName, texts)}
          submit={payNowText(context, texts)}
          heading={visit.purpose === "upgrade" ? texts.fill("upgradeTitle") : undefined}
        />
      );
  }
}

/** Without scopes a sign-in shares the buyer id alone, and a checkout everything but the billing address (docs/amazon-pay/operations.md). */
function scopesOf({ visit, session }: StepContext): readonly string[] {
  if (session === null) return visit.signIn?.scopes ?? [];
  const given = session.details.other["scopes"];
  if (Array.isArray(given) && given.length > 0) return given.map(String);
  const usual = ["name", "email", "phoneNumber"];
  return deliveryOf(session) === "none" ? usual : [...usual, "shippingAddress"];
}

function payNowText({ session }: StepContext, texts: PageTexts): string | undefined {
  const amount = session?.details.paymentDetails.chargeAmount;
  if (session === null || !goesStraightToResult(session) || amount === null || amount === undefined) return undefined;
  return texts.fill("payNow", { amount: moneyText(amount, texts.htmlLanguage) });
}
