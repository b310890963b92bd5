import { findAddress } from "../../test-data/address-book.ts";
import { readBuyerToken } from "../../test-data/buyer-tokens.ts";
import { findBuyer } from "../../test-data/index.ts";
import { notFound } from "../own-objects.ts";
import type { Handlers } from "./handlers.ts";

/** docs/amazon-pay/operations.md. A token that is too old is answered as one that never was. */
export const buyerHandlers = {
  getBuyer: ({ engine, merchant, environment, params }) => {
    const token = readBuyerToken(engine, params["buyerToken"] ?? "");
    const buyer = token === undefined ? undefined : findBuyer(token.buyerId);
    if (token === undefined || buyer === undefined) throw notFound();
    if (token.merchantId !== merchant.merchantId || token.environment !== environment) throw notFound();
    const shared = <T>(scope: string, value: T): T | null => (token.scopes.includes(scope) ? value : null);
    const home = findAddress(engine, buyer.addressIds[0] ?? "")?.address ?? null;
    const billing = findAddress(engine, buyer.billingAddressId)?.address ?? null;
    return {
      body: {
        name: shared("name", buyer.name),
        email: shared("email", buyer.email),
        postalCode: shared("postalCode", home?.postalCode ?? null),
        countryCode: shared("postalCode", home?.countryCode ?? null),
        buyerId: buyer.buyerId,
        phoneNumber: shared("phoneNumber", buyer.phoneNumber),
        shippingAddress: shared("shippingAddress", home),
        billingAddress: shared("billingAddress", billing),
        primeMembershipTypes: shared("primeStatus", buyer.primeMembershipTypes),
      },
    };
  },
} satisfies Handlers;
