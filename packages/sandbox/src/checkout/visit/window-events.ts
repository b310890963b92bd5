import { findAddress } from "../../test-data/address-book.ts";
import { findBuyer } from "../../test-data/index.ts";
import { addressesOf } from "../buyer/choices.ts";
import type { WindowEvent } from "../pages/order-page.tsx";
import type { StepContext } from "./take-step.ts";

/** What the shop's page is asked when the page with the order is shown: the start, or another address. */
export function orderEvent({ engine, visit, session }: StepContext): WindowEvent {
  const [addressId] = addressesOf(session);
  const told = visit.toldAddressIds;
  const changed = told !== undefined && told.join() !== visit.addressIds.join();
  const scopes = (session?.details.other["scopes"] ?? []) as readonly string[];
  const buyer = findBuyer(visit.buyerId ?? "");
  const shared: Record<string, unknown> = {};
  if (scopes.includes("name")) shared["name"] = buyer?.name;
  if (scopes.includes("email")) shared["email"] = buyer?.email;
  if (scopes.includes("phoneNumber")) shared["phoneNumber"] = buyer?.phoneNumber;
  return {
    happened: changed ? "shippingAddressSelection" : "initCheckout",
    shop: shopOf(visit.pageUrl),
    detail: {
      amazonCheckoutSessionId: visit.checkoutSessionId,
      shippingAddress: findAddress(engine, addressId ?? "")?.address ?? null,
      scopes: shared,
      checkoutLanguage: visit.language,
    },
  };
}

/** How a window of the shop's ends; null for a visit that has none. */
export function closingEvent({ visit }: StepContext): WindowEvent | null {
  if (!visit.embedded || visit.pageUrl === null) return null;
  return {
    happened: visit.ordered === true ? "completeCheckout" : "cancel",
    shop: shopOf(visit.pageUrl),
    detail: { amazonCheckoutSessionId: visit.checkoutSessionId },
  };
}

const shopOf = (pageUrl: string | null): string => (pageUrl === null ? "" : new URL(pageUrl).origin);
