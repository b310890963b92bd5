import {
  buttonPayload,
  checkFields,
  checkRequest,
  nearest,
  signInFields,
  type FieldIssue,
} from "@amazon-pay-kit/sdk/operations";
import type { Engine } from "../../engine/engine.ts";
import { hasStore } from "../../engine/stores.ts";
import type { Merchant } from "../../engine/objects/index.ts";
import type { SignInRequest } from "../visit/visit.ts";
import { PageRefusal } from "../page-refusal.ts";

/** A button's payload after its checks. */
export type Payload = Readonly<Record<string, unknown>>;

/**
 * Reads and checks the payload of a payment button: the members of Create Checkout Session. A page that handles the
 * checkout itself (Buy Now) may leave out `webCheckoutDetails`.
 *
 * @throws PageRefusal with the first issue's code and all issues as details
 */
export function checkSessionPayload(
  engine: Engine,
  text: string,
  merchant: Merchant,
  environment: "sandbox" | "live",
  embedded: boolean,
): Payload {
  const payload = readPayload(text);
  refuseIssues(checkRequest(buttonPayload, payload, {}, { environment, suggest: nearest }));
  if (!embedded && (payload["webCheckoutDetails"] ?? null) === null) {
    throw new PageRefusal("MissingParameterValue", "The payload is wrong: webCheckoutDetails is required.", {
      causes: [
        "Only a page that handles the checkout itself (Buy Now: the button's configuration has onCompleteCheckout) can leave it out.",
      ],
    });
  }
  refuseForeignStore(engine, payload, merchant);
  return payload;
}

/** Reads and checks the payload of a sign-in button. @throws PageRefusal */
export function checkSignInPayload(
  engine: Engine,
  text: string,
  merchant: Merchant,
  environment: "sandbox" | "live",
): SignInRequest {
  const payload = readPayload(text);
  refuseIssues(checkFields(signInFields(), payload, { environment, suggest: nearest }));
  refuseForeignStore(engine, payload, merchant);
  return {
    returnUrl: payload["signInReturnUrl"] as string,
    cancelUrl: (payload["signInCancelUrl"] ?? null) as string | null,
    scopes: (payload["signInScopes"] ?? []) as readonly string[],
  };
}

/** @throws PageRefusal for what is no JSON object */
export function readPayload(text: string): Payload {
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch {
    throw new PageRefusal("InvalidRequestFormat", "payloadJSON is not JSON.");
  }
  if (typeof payload !== "object" || payload === null || Array.isArray(payload)) {
    throw new PageRefusal("InvalidRequestFormat", "payloadJSON is not a JSON object.");
  }
  return payload as Payload;
}

function refuseIssues(issues: readonly FieldIssue[]): void {
  const first = issues[0];
  if (first === undefined) return;
  // An unknown member is named first: it is what the live page shows, and often the misspelt one of those missing.
  const unknown = issues.find((issue) => issue.reasonCode === "UnrecognizedField") ?? first;
  throw new PageRefusal(unknown.reasonCode, `The payload is wrong: ${unknown.message}.`, {
    details: issues.length < 2 ? [] : issues.map((issue) => ({ name: issue.reasonCode, text: issue.message })),
  });
}

function refuseForeignStore(engine: Engine, payload: Payload, merchant: Merchant): void {
  if (hasStore(engine, merchant, String(payload["storeId"]))) return;
  throw new PageRefusal("InvalidParameterValue", "storeId is not a store of this merchant.", {
    causes: ["The store id is that of another merchant or region; GET /_sandbox/merchants lists them."],
    details: [{ name: "storeId of the merchant", text: merchant.storeId }],
  });
}
