import { createHmac, timingSafeEqual } from "node:crypto";
import type { Operation } from "@amazon-pay-kit/sdk/operations";
import type { Engine } from "../engine/engine.ts";
import type { Merchant } from "../engine/objects/index.ts";
import { ServiceError } from "./service-error.ts";

/** How long a token for acting for a merchant is good; the service's figure is unknown (decisions/0030-sandbox-unknowns.md). */
const AUTH_TOKEN_LIFE = 365 * 24 * 60 * 60 * 1000;

/**
 * A token that lets one merchant act for another: a JWT signed with HS256 (docs/amazon-pay/requests.md). Its key is the secret of
 * the merchant that gave the consent.
 */
export function issueAuthToken(actor: string, owner: Merchant, now: number): string {
  const header = encode({ alg: "HS256", typ: "JWT" });
  const payload = encode({
    sub: owner.merchantId,
    aud: actor,
    iat: Math.floor(now / 1000),
    exp: Math.floor((now + AUTH_TOKEN_LIFE) / 1000),
  });
  return `${header}.${payload}.${sign(`${header}.${payload}`, owner)}`;
}

/**
 * The merchant that a call is about: the caller, or the one that the caller's token names.
 *
 * @throws ServiceError `InvalidAuthorizationToken`, also where the operation needs a token or does not take one
 */
export function resolveAuthToken(
  engine: Engine,
  operation: Operation,
  caller: Merchant,
  headers: Readonly<Record<string, string>>,
): Merchant {
  const token = headers["x-amz-pay-authtoken"];
  if (token === undefined) {
    if (operation.authToken !== "needed") return caller;
    throw new ServiceError("MissingHeader", "The header [x-amz-pay-authtoken] is missing.");
  }
  if (operation.authToken === "unsupported") {
    throw new ServiceError("RequestNotSupported", "This operation does not support an authorization token.");
  }
  const owner = ownerOf(engine, token, caller.merchantId);
  if (owner === undefined) {
    throw new ServiceError("InvalidAuthorizationToken", "The authorization token provided is invalid.");
  }
  return owner;
}

function ownerOf(engine: Engine, token: string, actor: string): Merchant | undefined {
  const [header, payload, signature, ...rest] = token.split(".");
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return undefined;
  const claims = decode(payload);
  if (claims === undefined || typeof claims["sub"] !== "string" || claims["aud"] !== actor) return undefined;
  const owner = engine.state.merchants.get(claims["sub"]);
  if (owner === undefined) return undefined;
  const expected = Buffer.from(sign(`${header}.${payload}`, owner));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
  const expires = claims["exp"];
  return typeof expires === "number" && expires * 1000 > engine.now() ? owner : undefined;
}

function sign(text: string, owner: Merchant): string {
  return createHmac("sha256", owner.mws.secretKey).update(text).digest("base64url");
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decode(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
