/** A leaky bucket: how many calls at once, and how many a second afterwards (docs/amazon-pay/operations.md). */
export interface Throttle {
  /** Calls that may come at once. */
  readonly burst: number;
  /** Calls a second that may follow. */
  readonly perSecond: number;
}

/** Published figures by operation: live burst, live refill a second, sandbox burst, sandbox refill a second. */
const FIGURES: Readonly<Record<string, readonly number[]>> = {
  __proto__: null as never,
  createCheckoutSession: [40, 16, 5, 1],
  getCheckoutSession: [40, 8, 10, 1],
  updateCheckoutSession: [20, 8, 5, 1],
  completeCheckoutSession: [20, 4, 2, 1],
  getChargePermission: [20, 4, 10, 1],
  updateChargePermission: [10, 2, 5, 1],
  closeChargePermission: [10, 2, 2, 1],
  createCharge: [10, 4, 2, 1],
  getCharge: [20, 4, 5, 1],
  captureCharge: [20, 4, 2, 1],
  cancelCharge: [10, 2, 2, 1],
  createRefund: [10, 4, 2, 1],
  getRefund: [20, 4, 5, 1],
  deliveryTrackers: [10, 1, 1, 1],
  getAuthorizationToken: [5, 1],
  createMerchantAccount: [10, 1, 1, 1],
};

/**
 * The published figures of an operation. They do not stand in its row, because the client has no use for them.
 *
 * @param name of the operation, for example `createCharge`
 * @returns undefined where none are published; without `sandbox` where there are none for it
 * @example throttleOf("createCharge")?.live; // { burst: 10, perSecond: 4 }
 */
export function throttleOf(name: string): { readonly live?: Throttle; readonly sandbox?: Throttle } | undefined {
  const figures = FIGURES[name];
  if (figures === undefined) return undefined;
  const [burst = 0, perSecond = 0, sandboxBurst, sandboxPerSecond = 0] = figures;
  return {
    live: { burst, perSecond },
    ...(sandboxBurst !== undefined && { sandbox: { burst: sandboxBurst, perSecond: sandboxPerSecond } }),
  };
}
