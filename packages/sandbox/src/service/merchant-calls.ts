import { REGIONS, findRegion } from "@amazon-pay-kit/sdk/operations";
import { nodeVerifier } from "@amazon-pay-kit/sdk/signing";
import type { ControlRoute } from "../module.ts";
import type { MerchantBook, NewMerchant } from "./merchant-book.ts";
import { ControlError } from "../control/control-error.ts";
import { optionalChoice, optionalText } from "../control/read-members.ts";

const MEMBERS = [
  "merchantId",
  "storeId",
  "storeName",
  "region",
  "currency",
  "notificationUrl",
  "publicKey",
  "publicKeyId",
] as const;

/**
 * `GET /_sandbox/merchants` lists them; `POST /_sandbox/merchants` adds one, with keys that the sandbox makes, or with the
 * caller's own `publicKey` (PEM) under `publicKeyId`; `POST /_sandbox/merchants/{merchantId}` changes `notificationUrl` or `status`.
 */
export function merchantCalls(merchants: MerchantBook): ControlRoute[] {
  return [
    { method: "GET", path: "/merchants", handle: () => ({ merchants: merchants.list().map(merchants.show) }) },
    {
      method: "POST",
      path: "/merchants",
      members: MEMBERS,
      handle: async ({ body }) => merchants.show(await merchants.add(readMerchant(body))),
    },
    {
      method: "POST",
      path: "/merchants/:merchantId",
      members: ["notificationUrl", "status"],
      handle: ({ body, params }) => {
        return merchants.show(
          merchants.change(params["merchantId"] ?? "", {
            ...("notificationUrl" in body ? { notificationUrl: webAddress(body) } : {}),
            status: optionalChoice(body, "status", ["active", "suspended"]),
          }),
        );
      },
    },
  ];
}

function readMerchant(body: Readonly<Record<string, unknown>>): NewMerchant {
  const regionName = optionalText(body, "region") ?? "na";
  const row = findRegion(regionName);
  if (row === undefined) {
    throw new ControlError("control.invalid", `region must be one of ${REGIONS.map((one) => one.region).join(", ")}`);
  }
  const merchantId = optionalText(body, "merchantId");
  if (merchantId !== undefined && !/^[A-Z0-9]{1,20}$/.test(merchantId)) {
    throw new ControlError("control.invalid", "merchantId must be 1 to 20 capitals and digits");
  }
  const publicKeyId = optionalText(body, "publicKeyId");
  if (publicKeyId !== undefined && !/^[A-Za-z0-9-]{1,64}$/.test(publicKeyId)) {
    throw new ControlError("control.invalid", "publicKeyId must be 1 to 64 letters, digits and dashes");
  }
  const publicKeyPem = publicKey(body);
  if (publicKeyId !== undefined && publicKeyPem === undefined) {
    throw new ControlError(
      "control.missing",
      "publicKeyId names a key of your own: give its publicKey too, as PEM text, or leave publicKeyId out",
    );
  }
  return {
    region: row.region,
    currency: optionalChoice(body, "currency", row.currencies),
    merchantId,
    storeId: optionalText(body, "storeId"),
    storeName: optionalText(body, "storeName"),
    notificationUrl: webAddress(body),
    publicKeyId,
    publicKeyPem,
  };
}

function webAddress(body: Readonly<Record<string, unknown>>): string | null {
  const value = optionalText(body, "notificationUrl");
  if (value === undefined) return null;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new ControlError("control.invalid", "notificationUrl must be an http or https address");
  }
  return value;
}

function publicKey(body: Readonly<Record<string, unknown>>): string | undefined {
  const pem = optionalText(body, "publicKey");
  if (pem === undefined) return undefined;
  try {
    nodeVerifier(pem);
  } catch (error) {
    throw new ControlError(
      "control.invalid",
      "publicKey must be an RSA public key as PEM text: it begins with -----BEGIN PUBLIC KEY-----",
      { cause: error },
    );
  }
  return pem;
}
