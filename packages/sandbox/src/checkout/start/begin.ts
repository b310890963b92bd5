import { environmentOfKey } from "@amazon-pay-kit/sdk/operations";
import type { Engine } from "../../engine/engine.ts";
import type { CheckoutSession, Merchant, MerchantKey } from "../../engine/objects/index.ts";
import { DomainError } from "../../engine/domain-error.ts";
import { createSession } from "../../engine/sessions/create-session.ts";
import { beginVisit, type Visit } from "../visit/visit.ts";
import { verifyButton } from "./button-signature.ts";
import { checkSessionPayload, checkSignInPayload } from "./check-payload.ts";
import { PageRefusal } from "../page-refusal.ts";
import { missing, type StartForm } from "./start-form.ts";

/**
 * Begins a visit from what a button posted: verifies the signature, checks the payload, makes the session.
 *
 * @throws PageRefusal with the code of the error page
 */
export function begin(engine: Engine, form: StartForm): Visit {
  const merchant = engine.state.merchants.get(form.merchantId);
  if (merchant === undefined) {
    const known = [...engine.state.merchants.values()].map((row) => `${row.merchantId} (${row.region})`);
    throw new PageRefusal("InvalidParameterValue", "merchantId is not known to this sandbox.", {
      details: [{ name: "Merchants", text: known.join("\n") }],
    });
  }
  if (merchant.status !== "active")
    throw new PageRefusal("InvalidAccountStatus", "The merchant's account is suspended.", { status: 403 });
  if (form.ledgerCurrency !== null && form.ledgerCurrency !== merchant.currency) {
    throw new PageRefusal(
      "InvalidParameterValue",
      `ledgerCurrency is ${form.ledgerCurrency}, but the merchant's ledger is in ${merchant.currency}.`,
    );
  }
  const common = {
    merchantId: merchant.merchantId,
    language: form.checkoutLanguage,
    pageUrl: form.pageUrl,
    origin: form.origin,
    embedded: form.embedded,
  };
  if (form.checkoutSessionId !== null) {
    const session = adoptSession(engine, merchant, form, form.checkoutSessionId);
    return beginVisit(engine, { ...common, ...ofSession(session) });
  }
  const { environment, payloadJSON } = verified(engine, merchant, form);
  if (form.productType === "SignIn") {
    const signIn = checkSignInPayload(engine, payloadJSON, merchant, environment);
    return beginVisit(engine, { ...common, purpose: "sign-in", environment, checkoutSessionId: null, signIn });
  }
  const body = checkSessionPayload(engine, payloadJSON, merchant, environment, form.embedded);
  const session = makeSession(engine, { merchant, environment, body, productType: form.productType });
  return beginVisit(engine, { ...common, ...ofSession(session) });
}

/** Makes a session. @throws PageRefusal for what the engine refuses */
export function makeSession(engine: Engine, wanted: Parameters<typeof createSession>[1]): CheckoutSession {
  try {
    return createSession(engine, wanted);
  } catch (error) {
    if (error instanceof DomainError) throw new PageRefusal(error.reason, error.message);
    throw error;
  }
}

function ofSession(session: CheckoutSession) {
  const { checkoutSessionId, environment } = session;
  return { purpose: "checkout" as const, environment, checkoutSessionId, signIn: null };
}

/** Verifies the signature by the key that the page names. */
export function verified(
  engine: Engine,
  merchant: Merchant,
  form: StartForm,
): { readonly environment: "sandbox" | "live"; readonly payloadJSON: string } {
  const { payloadJSON, signature, publicKeyId } = form;
  if (payloadJSON === null) throw missing("payloadJSON");
  if (signature === null) throw missing("signature");
  if (publicKeyId === null) throw missing("publicKeyId");
  const key = merchant.keys.find((candidate) => candidate.publicKeyId === publicKeyId);
  const everyKey: readonly MerchantKey[] = [...engine.state.merchants.values()].flatMap((row) => row.keys);
  if (key === undefined) {
    const foreign = everyKey.some((candidate) => candidate.publicKeyId === publicKeyId);
    throw new PageRefusal("InvalidParameterValue", "publicKeyId is not a key of this merchant.", {
      causes: [foreign ? "It is a key of another merchant of this sandbox." : "The key is not known to this sandbox."],
      details: [{ name: "Keys of the merchant", text: merchant.keys.map((row) => row.publicKeyId).join("\n") }],
    });
  }
  const outcome = verifyButton({ ...form, payloadJSON, signature, publicKeyId }, key, everyKey);
  if (!outcome.valid) {
    throw new PageRefusal("InvalidSignatureError", "The signature does not belong to the payload.", {
      causes: outcome.causes,
      details: [
        { name: "String to sign", text: outcome.stringToSign },
        { name: "payloadJSON", text: payloadJSON },
      ],
    });
  }
  return { environment: environmentOfKey(publicKeyId) ?? (form.sandbox ? "sandbox" : "live"), payloadJSON };
}

/** A session that the merchant's server made; the button decides its product type. */
function adoptSession(engine: Engine, merchant: Merchant, form: StartForm, sessionId: string): CheckoutSession {
  const session = engine.state.checkoutSessions.get(sessionId);
  if (session === undefined || session.merchantId !== merchant.merchantId) {
    throw new PageRefusal("ResourceNotFound", "The merchant has no checkout session of this id.", { status: 404 });
  }
  session.details.productType ??= form.productType;
  return engine.state.checkoutSessions.put(sessionId, session);
}
