import { DAY } from "@amazon-pay-kit/money";
import { hex } from "@amazon-pay-kit/sdk/random";
import type { Engine } from "../engine/engine.ts";

/** What a token of the sign-in flow stands for. */
export interface BuyerToken {
  readonly merchantId: string;
  readonly environment: "sandbox" | "live";
  readonly buyerId: string;
  /** Buyer data that the button asked for; none gives the buyer id alone. */
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/** How long a token is good for (docs/amazon-pay/checkout.md): 24 hours, in milliseconds. */
export const BUYER_TOKEN_MILLIS = DAY;

const COLLECTION = "checkout.buyerTokens";
const EXPIRY = "checkout.expireBuyerToken";

/** Lets expired tokens go; once per engine, before the first token is made. */
export function installBuyerTokens(engine: Engine): void {
  engine.handle(EXPIRY, (item) => {
    engine.state.extra<BuyerToken>(COLLECTION).delete(item.subject);
  });
}

/**
 * A fresh token for `GET /buyers/{buyerToken}`.
 *
 * Like the live ones it holds characters that must be encoded in a path.
 */
export function issueBuyerToken(
  engine: Engine,
  grant: Pick<BuyerToken, "merchantId" | "environment" | "buyerId" | "scopes">,
): string {
  const token = `Atza|${hex(engine.random, 32)}`;
  const expiresAt = engine.now() + BUYER_TOKEN_MILLIS;
  engine.state.extra<BuyerToken>(COLLECTION).put(token, { ...grant, expiresAt });
  engine.schedule(expiresAt, EXPIRY, token);
  return token;
}

/** What a token stands for; undefined for one that never was or whose time is over. */
export function readBuyerToken(engine: Engine, token: string): BuyerToken | undefined {
  const found = engine.state.extra<BuyerToken>(COLLECTION).get(token);
  return found !== undefined && found.expiresAt > engine.now() ? found : undefined;
}
