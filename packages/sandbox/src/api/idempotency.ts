import { hash } from "node:crypto";
import type { Operation } from "@amazon-pay-kit/sdk/operations";
import type { Collection } from "../engine/collection.ts";
import type { Engine } from "../engine/engine.ts";
import type { JsonObject } from "./operation-call.ts";
import { ServiceError } from "./service-error.ts";

/** The stored first answer to an idempotency key. */
export interface StoredAnswer {
  /** SHA-256 of the body's values, whatever their order and white space. */
  readonly bodyHash: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Account registrations take a key and pay no heed to it: the official suite registers three accounts with one key. */
const HEEDLESS = new Set(["registerAmazonPayAccount", "createMerchantAccount", "merchantAccountClaim", "createStore"]);

const KEY = /^[a-zA-Z0-9_-]{1,32}$/;

/** First answers by merchant, environment, path and key; kept for ever (docs/amazon-pay/requests.md). */
export class Idempotency {
  readonly #answers: Collection<StoredAnswer>;

  constructor(engine: Engine) {
    this.#answers = engine.state.extra<StoredAnswer>("idempotency");
  }

  /**
   * Where the answer to this call is kept; undefined where keys do not count.
   *
   * In-store operations are told apart by a reference id in the body, everything else by the header.
   *
   * @throws ServiceError `MissingHeader` for a key that is required, `InvalidHeaderValue` for one that is malformed
   */
  place(
    operation: Operation,
    path: string,
    owner: { readonly merchantId: string; readonly environment: string },
    headers: Readonly<Record<string, string>>,
    body: JsonObject,
  ): string | undefined {
    const scope = `${owner.merchantId}/${owner.environment}${operationPath(path)}`;
    if (operation.reference !== undefined) return `${scope}#${String(body[operation.reference])}`;
    if (operation.method !== "POST") return undefined;
    const key = headers["x-amz-pay-idempotency-key"];
    if (key === undefined) {
      if (operation.idempotency !== "required") return undefined;
      throw new ServiceError("MissingHeader", "The header [x-amz-pay-idempotency-key] is missing.");
    }
    if (key === "") {
      throw new ServiceError("MissingHeaderValue", "The value for the header [x-amz-pay-idempotency-key] is missing.");
    }
    if (!KEY.test(key)) {
      throw new ServiceError(
        "InvalidHeaderValue",
        "The value provided for the header [x-amz-pay-idempotency-key] is invalid: it must have 1 to 32 characters out of a-z, A-Z, 0-9, - and _.",
      );
    }
    return HEEDLESS.has(operation.name) ? undefined : `${scope}#${key}`;
  }

  /**
   * The answer that was given to the same call before.
   *
   * @throws ServiceError `DuplicateIdempotencyKey` when the body was another one
   */
  recall(place: string, body: JsonObject): StoredAnswer | undefined {
    const stored = this.#answers.get(place);
    if (stored !== undefined && stored.bodyHash !== hashOf(body)) {
      throw new ServiceError(
        "DuplicateIdempotencyKey",
        "The idempotency key was already used for a request with other values. Use a new key for a new request.",
      );
    }
    return stored;
  }

  /** Keeps the first answer. */
  keep(place: string, body: JsonObject, answer: Omit<StoredAnswer, "bodyHash">): void {
    this.#answers.put(place, { bodyHash: hashOf(body), ...answer });
  }
}

/** The same operation is the same with and without environment segment and last slash. */
function operationPath(path: string): string {
  return path.replace(/^\/(?:live|sandbox)(?=\/v2)/, "").replace(/\/$/, "");
}

function hashOf(body: JsonObject): string {
  return hash("sha256", JSON.stringify(body, sortMembers), "base64");
}

function sortMembers(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const names = Object.keys(value);
  if (names.every((name, index) => index === 0 || (names[index - 1] as string) < name)) return value;
  return Object.fromEntries(names.sort().map((name) => [name, (value as JsonObject)[name]]));
}
