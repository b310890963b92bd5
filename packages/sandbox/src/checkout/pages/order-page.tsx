/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Phrase } from "../locales/page-texts.ts";
import { HostedPage, type HostedPageProps } from "./hosted-page.tsx";
import type { StepPageProps } from "./sign-in-page.tsx";
import { VisitForm } from "./visit-form.tsx";

/** What the window tells the shop's page that opened it. */
export interface WindowEvent {
  /** Name of what happened: decides which callback of the page is asked. */
  readonly happened: "initCheckout" | "shippingAddressSelection" | "completeCheckout" | "cancel";
  /** Origin of the shop's page. */
  readonly shop: string;
  /** Members of the event. */
  readonly detail: Readonly<Record<string, unknown>>;
}

const TOTALS: Readonly<Record<string, Phrase>> = {
  totalBaseAmount: "orderItems",
  totalShippingAmount: "orderShipping",
  totalTaxAmount: "orderTax",
  totalDiscountAmount: "orderDiscount",
  totalChargeAmount: "orderTotal",
};

/** Script of the pages in a window of the shop's. */
export const ORDER_SCRIPT = "/checkout/order-page.js";

const dataOf = ({ happened, shop, detail }: WindowEvent) => ({
  "data-happened": happened,
  "data-shop": shop,
  "data-detail": JSON.stringify(detail),
});

/** Where the buyer places the order; the shop's page answers with amounts and ways of delivery ("Buy Now"). */
export function OrderPage(props: StepPageProps & { readonly event: WindowEvent }) {
  const { texts, store } = props;
  return (
    <HostedPage
      {...props}
      title={texts.fill("orderTitle")}
      lead={texts.fill("orderLead", { store })}
      script={ORDER_SCRIPT}
    >
      <p class="alert" role="alert" id="order-alert" hidden></p>
      <div {...dataOf(props.event)}>
        <VisitForm
          {...props.form}
          texts={texts}
          store={store}
          step="order"
          submit={texts.fill("orderWaiting")}
          pay={texts.fill("payNow")}
        >
          {(["deliveryOptions", "giftWrapOptions"] as const).map((name) => (
            <fieldset class="choices" id={name} hidden>
              <legend>{texts.fill(name === "deliveryOptions" ? "orderDelivery" : "orderGiftWrap")}</legend>
            </fieldset>
          ))}
          <p class="field beside">
            <label for="order-code">{texts.fill("orderCode")}</label>
            <input id="order-code" autocomplete="off" maxlength={64} />
            <button class="quiet" type="button" id="order-code-apply">
              {texts.fill("orderApply")}
            </button>
          </p>
          <dl class="summary" aria-live="polite">
            {Object.entries(TOTALS).map(([id, phrase]) => (
              <div id={id} hidden>
                <dt>{texts.fill(phrase)}</dt>
                <dd></dd>
              </div>
            ))}
          </dl>
        </VisitForm>
      </div>
    </HostedPage>
  );
}

/** Tells the shop's page how it ended, and closes the window. */
export function ClosingPage(props: Pick<HostedPageProps, "texts" | "store"> & { readonly event: WindowEvent }) {
  const { texts } = props;
  return (
    <HostedPage {...props} title={texts.fill("doneTitle")} lead={texts.fill("doneLead")} script={ORDER_SCRIPT}>
      <div {...dataOf(props.event)}></div>
    </HostedPage>
  );
}
