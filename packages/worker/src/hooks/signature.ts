import { createHmac, timingSafeEqual } from "node:crypto";
import { HookError } from "./errors.ts";

/** Header that carries the signature of a webhook. */
export const SIGNATURE_HEADER = "x-apay-signature";

function digest(secret: string, seconds: number, body: string): Buffer {
  return createHmac("sha256", secret).update(`${seconds}.${body}`).digest();
}

/**
 * The signature of a webhook's body: `t=<seconds since 1970>,v1=<hex of HMAC-SHA256 over "<t>.<body>">`.
 *
 * @param at milliseconds since the epoch
 */
export function hookSignature(secret: string, at: number, body: string): string {
  const seconds = Math.floor(at / 1000);
  return `t=${seconds},v1=${digest(secret, seconds, body).toString("hex")}`;
}

/** What the receiver of a webhook checks. */
export interface HookDelivery {
  readonly secret: string;
  /** Value of the header `x-apay-signature`. */
  readonly signature: string;
  /** The body, byte for byte as it came. */
  readonly body: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How old a delivery may be, in milliseconds. Default five minutes. */
  readonly toleranceMillis?: number;
}

/**
 * For the receiver of a webhook: verifies that it was sent recently by the holder of the secret.
 *
 * @throws HookError `hook.bad-signature`
 *
 * @example
 * verifyHookSignature({ secret, signature: String(request.headers["x-apay-signature"]), body, now: Date.now() });
 */
export function verifyHookSignature(delivery: HookDelivery): void {
  const { secret, signature, body, now, toleranceMillis = 300_000 } = delivery;
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature);
  const [, seconds = "", hex = ""] = match ?? [];
  if (match === null || !timingSafeEqual(digest(secret, Number(seconds), body), Buffer.from(hex, "hex"))) {
    throw new HookError("hook.bad-signature", "the signature does not belong to this body: take nothing from it");
  }
  if (Math.abs(now - Number(seconds) * 1000) > toleranceMillis) {
    throw new HookError("hook.bad-signature", "the delivery is too old: somebody may have kept it and sent it again");
  }
}
