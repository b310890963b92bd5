/** A state of an old object with its reason, as transaction reports write them. */
export interface LegacyState {
  readonly state: string;
  readonly reasonCode: string | null;
}

/** Reasons that are called otherwise in the old objects; all others keep their name. */
const REASONS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  MerchantCanceled: "SellerCanceled",
  MerchantClosed: "SellerClosed",
  ChargePermissionCanceled: "SellerCanceled",
};

const reason = (code: string | null): string | null => (code === null ? null : (REASONS[code] ?? code));

/** The state of an order reference or billing agreement. Source: v1 to v2 state mapping. */
export function orderState(state: string, reasonCode: string | null): LegacyState {
  switch (state) {
    case "Chargeable":
      return { state: "Open", reasonCode: null };
    case "NonChargeable":
      return { state: "Suspended", reasonCode: reason(reasonCode) };
    default:
      return {
        state: reasonCode?.endsWith("Canceled") === true ? "Canceled" : "Closed",
        reasonCode: reason(reasonCode),
      };
  }
}

/** The state of an authorization; null while nothing changes for it, as when a capture is under way. */
export function authorizationState(state: string, reasonCode: string | null): LegacyState | null {
  switch (state) {
    case "AuthorizationInitiated":
      return { state: "Pending", reasonCode: null };
    case "Authorized":
      return { state: "Open", reasonCode: null };
    case "Captured":
      return { state: "Closed", reasonCode: "MaxAmountCaptured" };
    case "Canceled":
      return { state: "Closed", reasonCode: reason(reasonCode) };
    case "Declined":
      return { state: "Declined", reasonCode: reason(reasonCode) };
    default:
      return null;
  }
}

/** The state of a capture; null where the charge has none. */
export function captureState(from: string | null, to: string, reasonCode: string | null): LegacyState | null {
  switch (to) {
    case "CaptureInitiated":
      return { state: "Pending", reasonCode: null };
    case "Captured":
      return { state: "Completed", reasonCode: null };
    case "Declined":
      return from === "CaptureInitiated" ? { state: "Declined", reasonCode: reason(reasonCode) } : null;
    default:
      return null;
  }
}

/** The state of a refund. */
export function refundState(state: string, reasonCode: string | null): LegacyState {
  switch (state) {
    case "Refunded":
      return { state: "Completed", reasonCode: null };
    case "Declined":
      return { state: "Declined", reasonCode: reason(reasonCode) };
    default:
      return { state: "Pending", reasonCode: null };
  }
}
