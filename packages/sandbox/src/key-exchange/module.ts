import { constants, createPublicKey, publicEncrypt, type KeyObject } from "node:crypto";
import { ControlError } from "../control/control-error.ts";
import { optionalText, requiredText } from "../control/read-members.ts";
import type { Engine } from "../engine/engine.ts";
import type { Merchant } from "../engine/objects/index.ts";
import { textOf, type Answer } from "../http/call.ts";
import { makeKeyIds, merchantKey } from "../merchants/make-merchant.ts";
import type { Module } from "../module.ts";

/** What the merchant shares, as JSON: posted to `keyShareURL`, or copied by hand. */
interface Shared {
  readonly payload: string;
  readonly publicKeyId: string;
  /** Status and body of the answer of `keyShareURL`; null where there is none. */
  readonly answer: { readonly status: number; readonly body: string } | null;
}

/**
 * Registers a public key with a merchant and hands its id over, encrypted: the end of a registration with Amazon Pay
 * (https://developer.amazon.com/docs/amazon-pay-registration/automatickeyexchange.html).
 *
 * @throws ControlError for what is wrong with the form
 */
async function share(
  engine: Engine,
  merchant: Merchant,
  publicKeyText: string,
  keyShareURL: string | undefined,
  post: (request: Request) => Promise<Response>,
): Promise<Shared> {
  const publicKey = keyOf(publicKeyText);
  const [publicKeyId] = makeKeyIds(engine.random);
  const pem = publicKey.export({ type: "spki", format: "pem" }) as string;
  merchant.keys = [...merchant.keys, merchantKey(publicKeyId, pem)];
  engine.state.merchants.put(merchant.merchantId, merchant);
  const encrypted = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(publicKeyId));
  const payload = JSON.stringify({
    merchantId: merchant.merchantId,
    storeId: merchant.storeId,
    publicKeyId: encodeURIComponent(encrypted.toString("base64")),
  });
  if (keyShareURL === undefined) return { payload, publicKeyId, answer: null };
  if (!URL.canParse(keyShareURL) || !/^https?:$/.test(new URL(keyShareURL).protocol))
    throw new ControlError("control.invalid", "keyShareURL must be an http or https address");
  try {
    const response = await post(new Request(keyShareURL, { method: "POST", body: new URLSearchParams({ payload }) }));
    return { payload, publicKeyId, answer: { status: response.status, body: (await response.text()).slice(0, 1000) } };
  } catch (cause) {
    throw new ControlError("control.invalid", `keyShareURL ${keyShareURL} cannot be reached`, { cause });
  }
}

function keyOf(text: string): KeyObject {
  try {
    const der = Buffer.from(text.replaceAll(/-----[A-Z ]+-----|\s/g, ""), "base64");
    const key = createPublicKey({ key: der, format: "der", type: "spki" });
    if (key.asymmetricKeyType === "rsa" && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048) return key;
  } catch {
    // Named below.
  }
  throw new ControlError("control.invalid", "publicKey must be an RSA public key of 2048 bits: base64, or PEM");
}

/** `POST /register`, where a plug-in's form leads, and `POST /_sandbox/key-exchange` for tests without a browser. */
export const keyExchangeModule: Module = {
  name: "key-exchange",
  install: ({ engine, settings }) => {
    const merchantOf = (id: string | undefined): Merchant => {
      const all = [...engine.state.merchants.values()];
      const found = id === undefined ? all[0] : all.find(({ merchantId }) => merchantId === id);
      if (found === undefined)
        throw new ControlError(
          "control.not-found",
          `there is no merchant ${id}; there are ${all.map(({ merchantId }) => merchantId).join(", ")}`,
        );
      return found;
    };
    return {
      control: [
        {
          method: "POST",
          path: "/key-exchange",
          members: ["merchantId", "publicKey", "keyShareURL"],
          handle: ({ body }) => {
            const merchant = merchantOf(optionalText(body, "merchantId"));
            return share(
              engine,
              merchant,
              requiredText(body, "publicKey"),
              optionalText(body, "keyShareURL"),
              settings.transport,
            );
          },
        },
      ],
      routes: [
        {
          method: "POST",
          path: "/register",
          handle: async (call) => {
            const form = new URLSearchParams(textOf(call));
            try {
              if ((form.get("spId") ?? "") === "") throw new ControlError("control.missing", "spId is missing");
              if (form.get("onboardingVersion") !== "2")
                throw new ControlError(
                  "control.invalid",
                  "onboardingVersion must be 2: version 1 is for the older API",
                );
              const merchant = merchantOf(form.get("merchantId") ?? undefined);
              const url = form.get("keyShareURL") ?? undefined;
              return page(await share(engine, merchant, form.get("publicKey") ?? "", url, settings.transport));
            } catch (error) {
              if (!(error instanceof ControlError)) throw error;
              return html(error.status, `<h1>The registration cannot go on</h1><p>${escaped(error.message)}</p>`);
            }
          },
        },
      ],
    };
  },
};

/** What Amazon's last page shows: how the exchange went, and the payload for merchants who copy it. */
function page({ payload, answer }: Shared): Answer {
  const how =
    answer === null
      ? "<p>Copy this into the settings of your shop:</p>"
      : answer.status === 200
        ? "<p>The keys were transferred.</p>"
        : `<p>The shop answered ${answer.status}: ${escaped(answer.body)}. Copy this into its settings instead:</p>`;
  return html(200, `<h1>Sandbox: share keys</h1>${how}<pre>${escaped(payload)}</pre>`);
}

const html = (status: number, body: string): Answer => ({
  status,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
  },
  body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox: share keys</title><main>${body}</main></html>`,
});

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
