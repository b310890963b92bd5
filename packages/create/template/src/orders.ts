/** An order, from the button to the money. */
export interface Order {
  readonly id: string;
  /** Decimal text: money never becomes a floating-point number. */
  readonly amount: string;
  state: "started" | "pending" | "authorized" | "paid" | "failed";
  sessionId?: string;
  chargeId?: string;
  chargePermissionId?: string;
  /** Why it failed, in Amazon Pay's word. */
  reason?: string;
}

/** Orders in memory, gone when the process ends: replace it by your database. */
export class Orders {
  readonly #orders = new Map<string, Order>();

  start(amount: string): Order {
    const order: Order = { id: `order-${crypto.randomUUID().slice(0, 8)}`, amount, state: "started" };
    this.#orders.set(order.id, order);
    return order;
  }

  get(id: string): Order | undefined {
    return this.#orders.get(id);
  }

  find(test: (order: Order) => boolean): Order | undefined {
    return [...this.#orders.values()].find(test);
  }
}
