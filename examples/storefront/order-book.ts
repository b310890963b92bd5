import { randomInt } from "node:crypto";
import type { Product } from "./catalogue.ts";

/** Currencies of Amazon Pay. */
export type Currency = "USD" | "EUR" | "GBP" | "JPY";

/** Money that came in or went out for an order. */
export interface OrderEntry {
  readonly kind: "charge" | "refund";
  readonly transactionId: string;
  readonly amount: string;
  /** When, in the service's time: the shop's own clock may differ. */
  readonly at: string;
}

/** An order from the first click to the last refund. */
export interface Order {
  readonly orderId: string;
  readonly product: Product;
  readonly createdAt: Date;
  checkoutSessionId: string | null;
  chargePermissionId: string | null;
  /** Charge that is authorized and not captured yet. */
  openChargeId: string | null;
  state: "started" | "pending" | "authorized" | "paid" | "refunded" | "failed";
  /** Why it failed, in the service's word. */
  reason: string | null;
  readonly entries: OrderEntry[];
  /** How often a further charge was declined. */
  declines: number;
}

/** The shop's own record of what was sold: what reconciliation compares the settlements with. */
export class OrderBook {
  readonly currency: Currency;
  readonly #orders = new Map<string, Order>();

  constructor(currency: Currency) {
    this.currency = currency;
  }

  start(product: Product): Order {
    const order: Order = {
      orderId: `SHOP-${randomInt(100_000, 999_999)}`,
      product,
      createdAt: new Date(),
      checkoutSessionId: null,
      chargePermissionId: null,
      openChargeId: null,
      state: "started",
      reason: null,
      entries: [],
      declines: 0,
    };
    this.#orders.set(order.orderId, order);
    return order;
  }

  get(orderId: string): Order | undefined {
    return this.#orders.get(orderId);
  }

  /** The order of a checkout session. */
  ofSession(checkoutSessionId: string): Order | undefined {
    return this.all().find((order) => order.checkoutSessionId === checkoutSessionId);
  }

  /** Every order, newest first. */
  all(): Order[] {
    return [...this.#orders.values()].reverse();
  }

  /** What `apay records import` reads: one line a charge or refund. */
  csv(): string {
    const lines = this.all().flatMap((order) =>
      order.entries.map((entry) => {
        const parent =
          entry.kind === "refund" ? (order.entries.find((other) => other.kind === "charge")?.transactionId ?? "") : "";
        return [
          entry.kind,
          entry.transactionId,
          parent,
          order.orderId,
          order.chargePermissionId ?? "",
          entry.amount,
          this.currency,
          entry.at,
        ].join(",");
      }),
    );
    return `${["kind,transactionId,parentTransactionId,orderId,chargePermissionId,amount,currency,occurredAt", ...lines].join("\r\n")}\r\n`;
  }
}
