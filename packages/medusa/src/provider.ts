import {
  cancelPayment,
  capturedOf,
  capturePayment,
  chargeSaved,
  checkCustomer,
  checkoutButton,
  checkShopOptions,
  connectShop,
  finishPayment,
  prepareCheckout,
  refreshPayment,
  refundPayment,
  type PaymentRecord,
  type Shop,
  type ShopOptions,
  undoPayment,
} from "@amazon-pay-kit/payments";
import { type CheckoutOutcome, DeclinedError } from "@amazon-pay-kit/sdk";
import type {
  AuthorizePaymentInput,
  AuthorizePaymentOutput,
  CancelPaymentInput,
  CancelPaymentOutput,
  CapturePaymentInput,
  CapturePaymentOutput,
  DeletePaymentInput,
  DeletePaymentOutput,
  GetPaymentStatusInput,
  GetPaymentStatusOutput,
  InitiatePaymentInput,
  InitiatePaymentOutput,
  IPaymentProvider,
  PaymentSessionStatus,
  ProviderWebhookPayload,
  RefundPaymentInput,
  RefundPaymentOutput,
  RetrievePaymentInput,
  RetrievePaymentOutput,
  UpdatePaymentInput,
  UpdatePaymentOutput,
  WebhookActionResult,
} from "@medusajs/framework/types";
import { amountOf } from "./amounts.ts";
import { captureAmount } from "./capture-amount.ts";
import { shown } from "./errors.ts";
import { dataOf, type Kept, keptOf, wantedOf, wrong } from "./kept.ts";
import { statusOf } from "./status.ts";
import { webhookAction } from "./webhook.ts";

/** Options in `medusa-config`. */
export interface AmazonPayProviderOptions extends ShopOptions {
  /** Topics whose requests to confirm a subscription are answered, and from which notifications are taken. Default: any topic, none confirmed. */
  readonly topics?: readonly string[] | undefined;
}

/**
 * Amazon Pay for Medusa's payment module.
 *
 * @example
 * const provider = { resolve: "@amazon-pay-kit/medusa", id: "eu", options: { sandbox: "sandbox.json", region: "eu", reviewUrl, resultUrl } };
 */
export class AmazonPayProvider implements IPaymentProvider {
  /** Medusa calls the provider `pp_amazon-pay`, with the id of its configuration behind. */
  static identifier = "amazon-pay";
  /** By it `AbstractPaymentProvider.isPaymentProvider` knows a provider. */
  static _isPaymentProvider = true;
  readonly #shop: Shop;
  readonly #container: object;
  readonly #topics: readonly string[] | undefined;

  /** @throws ConfigurationError that names the option */
  static validateOptions(options: AmazonPayProviderOptions): void {
    const { topics, ...shop } = options ?? {};
    checkShopOptions(shop as ShopOptions);
    if (topics !== undefined && !(Array.isArray(topics) && topics.every((topic) => typeof topic === "string")))
      throw wrong("`topics` must be a list of ARNs or account numbers");
  }

  /** @param container Medusa's, of the payment module */
  constructor(container: object, options: AmazonPayProviderOptions) {
    AmazonPayProvider.validateOptions(options);
    const { topics, ...shop } = options;
    this.#container = container;
    this.#topics = topics;
    this.#shop = connectShop(shop);
  }

  getIdentifier(): string {
    return AmazonPayProvider.identifier;
  }

  /**
   * Begins a payment: without a `checkout_session_id` it gives the button; with one, of the review page, it tells Amazon amount and order and
   * gives the address where the buyer confirms; with a `charge_permission_id` of the signed-in customer there is nothing to confirm.
   */
  initiatePayment(input: InitiatePaymentInput): Promise<InitiatePaymentOutput> {
    return shown(async () => {
      const kept = await this.#begin(input);
      return { id: kept.session_id, data: dataOf(kept), status: "pending" };
    });
  }

  /** Begins anew with another amount, or with what the storefront has learnt since. */
  updatePayment(input: UpdatePaymentInput): Promise<UpdatePaymentOutput> {
    return shown(async () => ({ data: dataOf(await this.#begin(input)) }));
  }

  async #begin({ amount, currency_code, data, context }: InitiatePaymentInput | UpdatePaymentInput): Promise<Kept> {
    const wanted = wantedOf(data);
    const session_id = data?.["session_id"] ?? context?.idempotency_key;
    if (typeof session_id !== "string" || session_id === "") throw wrong("the payment session's id is missing");
    const price = amountOf(amount, currency_code);
    const customer = context?.customer?.id;
    const order = {
      reference: session_id,
      customer,
      amount: price,
      kind: wanted.permission_type,
      recurring: wanted.recurring,
    };
    const kept: Kept = {
      session_id,
      customer_id: customer ?? null,
      amount: price,
      permission_type: wanted.permission_type ?? "OneTime",
      button: null,
      checkout_session_id: wanted.checkout_session_id ?? null,
      charge_permission_id: wanted.charge_permission_id ?? null,
      redirect_url: null,
      constraints: [],
      payment: null,
      declined: null,
    };
    if (wanted.charge_permission_id !== undefined) {
      const permission = await this.#shop.pay.chargePermissions.retrieve(wanted.charge_permission_id);
      checkCustomer(permission.merchantMetadata, customer);
      return kept;
    }
    if (wanted.checkout_session_id === undefined) return { ...kept, button: await checkoutButton(this.#shop, order) };
    const { redirectUrl, constraints } = await prepareCheckout(this.#shop, wanted.checkout_session_id, order);
    return { ...kept, redirect_url: redirectUrl, constraints };
  }

  /** Finishes the checkout, or charges the saved permission. The same call again says what has become of it. */
  authorizePayment({ data }: AuthorizePaymentInput): Promise<AuthorizePaymentOutput> {
    return shown(async () => {
      const kept = keptOf(data);
      if (kept.payment !== null) return this.#refreshed(kept);
      if (kept.charge_permission_id !== null) return this.#chargeSaved(kept, kept.charge_permission_id);
      if (kept.checkout_session_id === null) return { status: "requires_more", data: dataOf(kept) };
      const { outcome, record } = await finishPayment(this.#shop.pay, {
        checkoutSessionId: kept.checkout_session_id,
        amount: kept.amount,
        reference: kept.session_id,
      });
      if (outcome.outcome === "open")
        return { status: "requires_more", data: dataOf({ ...kept, redirect_url: outcome.redirectUrl }) };
      const ended: Kept = { ...kept, button: null, redirect_url: null, constraints: [], ...declineOf(outcome) };
      if (record === null)
        return { status: outcome.outcome === "canceled" ? "canceled" : "error", data: dataOf(ended) };
      return { status: statusOf(record), data: dataOf({ ...ended, payment: record }) };
    });
  }

  async #chargeSaved(kept: Kept, chargePermissionId: string): Promise<AuthorizePaymentOutput> {
    const { captureAtCheckout, allowPending } = this.#shop.options;
    try {
      const payment = await chargeSaved(this.#shop.pay, {
        chargePermissionId,
        customer: kept.customer_id ?? undefined,
        amount: kept.amount,
        reference: kept.session_id,
        captureNow: captureAtCheckout,
        pending: allowPending,
      });
      return { status: statusOf(payment), data: dataOf({ ...kept, payment }) };
    } catch (error) {
      if (!(error instanceof DeclinedError)) throw error;
      const declined = { reason_code: error.reasonCode, advice: error.advice };
      return { status: "error", data: dataOf({ ...kept, declined }) };
    }
  }

  async #refreshed(kept: Kept): Promise<{ status: PaymentSessionStatus; data: Record<string, unknown> }> {
    if (kept.payment === null) return { status: "pending", data: dataOf(kept) };
    const payment = await refreshPayment(this.#shop.pay, kept.payment);
    return { status: statusOf(payment), data: dataOf({ ...kept, payment }) };
  }

  /** Captures as much as Medusa's capture is for: all, or a part. */
  capturePayment({ data, context }: CapturePaymentInput): Promise<CapturePaymentOutput> {
    return this.#move(data, async (payment) => {
      const key = keyOf(context?.idempotency_key, "capture");
      const { amount } = amountOf(await captureAmount(this.#container, key), payment.currency);
      return capturePayment(this.#shop.pay, payment, { amount, key });
    });
  }

  /** Gives back a part or all of what was captured. */
  refundPayment({ amount, data, context }: RefundPaymentInput): Promise<RefundPaymentOutput> {
    return this.#move(data, (payment) =>
      refundPayment(this.#shop.pay, payment, {
        amount: amountOf(amount, payment.currency).amount,
        key: keyOf(context?.idempotency_key, "refund"),
      }),
    );
  }

  /**
   * Lets go of what is authorized. What was captured at checkout is given back when nothing else has happened to it since: Medusa
   * cancels such a payment only where it could not make the order.
   */
  cancelPayment({ data }: CancelPaymentInput): Promise<CancelPaymentOutput> {
    return this.#release(data);
  }

  /** As `cancelPayment`. A session that nothing was paid in leaves nothing behind at Amazon. */
  deletePayment({ data }: DeletePaymentInput): Promise<DeletePaymentOutput> {
    return this.#release(data);
  }

  async #release(data: Record<string, unknown> | undefined): Promise<{ data?: Record<string, unknown> }> {
    // Medusa also calls this for sessions that were never begun, and then with the storefront's data alone.
    if (data?.["payment"] === undefined || data["payment"] === null) return { ...(data !== undefined && { data }) };
    return this.#move(data, (payment) => {
      const atCheckout = payment.charges.every(({ state, capture }) => state !== "captured" || capture === "checkout");
      return capturedOf(payment) > 0n && atCheckout && payment.refunds.length === 0
        ? undoPayment(this.#shop.pay, payment)
        : cancelPayment(this.#shop.pay, payment, { reason: "cancelled in Medusa" });
    });
  }

  #move(
    data: Record<string, unknown> | undefined,
    work: (payment: PaymentRecord) => Promise<PaymentRecord>,
  ): Promise<{ data: Record<string, unknown> }> {
    return shown(async () => {
      const kept = keptOf(data);
      if (kept.payment === null) throw wrong("nothing was paid in this session yet");
      return { data: dataOf({ ...kept, payment: await work(kept.payment) }) };
    });
  }

  /** What was kept, as it is at Amazon now. */
  retrievePayment({ data }: RetrievePaymentInput): Promise<RetrievePaymentOutput> {
    return shown(async () => ({ data: (await this.#refreshed(keptOf(data))).data }));
  }

  /** How the payment stands at Amazon now. Changes nothing. */
  getPaymentStatus({ data }: GetPaymentStatusInput): Promise<GetPaymentStatusOutput> {
    return shown(async () => {
      const kept = keptOf(data);
      if (kept.payment !== null || kept.checkout_session_id === null) return this.#refreshed(kept);
      const { statusDetails } = await this.#shop.pay.checkoutSessions.retrieve(kept.checkout_session_id);
      const canceled = statusDetails.state === "Canceled";
      const status = canceled ? (statusDetails.reasonCode === "Declined" ? "error" : "canceled") : "pending";
      return { status, data: dataOf(kept) };
    });
  }

  /** A notification that Medusa took at `/hooks/payment/amazon-pay_ID`: verified, and answered by what the charge is now. */
  getWebhookActionAndData(payload: ProviderWebhookPayload["payload"]): Promise<WebhookActionResult> {
    return webhookAction(this.#shop, payload, this.#topics === undefined ? {} : { topics: this.#topics });
  }
}

function declineOf(outcome: CheckoutOutcome): Pick<Kept, "declined"> {
  if (outcome.outcome !== "declined") return { declined: null };
  return { declined: { reason_code: outcome.reasonCode, advice: outcome.advice } };
}

function keyOf(key: string | undefined, what: string): string {
  if (typeof key === "string" && key !== "") return key;
  throw wrong(`the ${what}'s id is missing: Medusa gives it as idempotency key`);
}
