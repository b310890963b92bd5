import type { Region } from "@amazon-pay-kit/sdk/operations";
import type { Call } from "../../http/call.ts";
import { buyersOf } from "../../test-data/index.ts";
import { readCookie } from "./form-guard.ts";

const COOKIE = "apay-sandbox-buyer";

/** The test buyer who last signed in with this browser, if the region has such a one; null for none. */
export function rememberedBuyer(call: Call, region: Region): string | null {
  const known = readCookie(call, COOKIE);
  return buyersOf(region).find((buyer) => buyer.buyerId === known)?.buyerId ?? null;
}

/** Header that makes the browser remember the buyer. */
export function rememberBuyer(buyerId: string): Readonly<Record<string, string>> {
  return { "set-cookie": `${COOKIE}=${buyerId}; Path=/checkout; HttpOnly; SameSite=Lax` };
}

/** Header that makes the browser forget: `amazon.Pay.signout()`. */
export function forgetBuyer(): Readonly<Record<string, string>> {
  return { "set-cookie": `${COOKIE}=; Path=/checkout; HttpOnly; SameSite=Lax; Max-Age=0` };
}
