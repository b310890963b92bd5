import { formatMillis } from "@amazon-pay-kit/money";
import type { Engine } from "../../engine/engine.ts";
import { ControlError } from "../../control/control-error.ts";
import { requiredText } from "../../control/read-members.ts";
import type { ControlRoute } from "../../module.ts";
import { BUYER_TOKEN_MILLIS, issueBuyerToken } from "../../test-data/buyer-tokens.ts";
import { buyersOf } from "../../test-data/index.ts";

const ALL_SCOPES = ["name", "email", "postalCode", "shippingAddress", "phoneNumber", "primeStatus", "billingAddress"];

/** `POST /_sandbox/buyer-tokens`: what a sign-in would bring to `signInReturnUrl`. */
export function buyerTokensRoute(engine: Engine): ControlRoute {
  return {
    method: "POST",
    path: "/buyer-tokens",
    members: ["merchantId", "buyerId", "scopes", "environment"],
    handle: ({ body }) => {
      requiredText(body, "merchantId");
      const { merchantId, buyerId, scopes = ALL_SCOPES, environment = "sandbox" } = body;
      const merchant = typeof merchantId === "string" ? engine.state.merchants.get(merchantId) : undefined;
      if (merchant === undefined) {
        throw new ControlError(
          "control.not-found",
          `there is no merchant ${JSON.stringify(merchantId)}; GET /_sandbox/merchants lists them`,
        );
      }
      const buyers = buyersOf(merchant.region);
      const buyer = buyerId === undefined ? buyers[0] : buyers.find((row) => row.buyerId === buyerId);
      if (buyer === undefined) {
        throw new ControlError(
          "control.invalid",
          `buyerId must be one of ${buyers.map((row) => row.buyerId).join(", ")}`,
        );
      }
      if (!isScopes(scopes))
        throw new ControlError("control.invalid", `scopes must be a list of ${ALL_SCOPES.join(", ")}`);
      if (environment !== "sandbox" && environment !== "live") {
        throw new ControlError("control.invalid", "environment must be sandbox or live");
      }
      const grant = { merchantId: merchant.merchantId, environment, buyerId: buyer.buyerId, scopes } as const;
      return {
        buyerToken: issueBuyerToken(engine, grant),
        expirationTimestamp: formatMillis(engine.now() + BUYER_TOKEN_MILLIS),
      };
    },
  };
}

function isScopes(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((scope) => typeof scope === "string" && ALL_SCOPES.includes(scope));
}
