import { PRODUCT_TYPES } from "@amazon-pay-kit/sdk/operations";
import { ALGORITHMS, type AlgorithmName } from "@amazon-pay-kit/sdk/signing";
import { PAGE_DEFAULT_ALGORITHM } from "./button-signature.ts";
import { PageRefusal } from "../page-refusal.ts";

/** What `checkout.js` posts when a checkout starts. */
export interface StartForm {
  readonly merchantId: string;
  readonly ledgerCurrency: string | null;
  readonly productType: ProductType;
  readonly checkoutLanguage: string | null;
  /** `sandbox` of the button's configuration. */
  readonly sandbox: boolean;
  readonly embedded: boolean;
  /** Not part of what is signed: see `pageWithButton`. */
  readonly pageUrl: string | null;
  /** The `Origin` header that the browser sent with the form. */
  readonly origin: string | undefined;
  /** A session that the merchant's server made; null when the button brings a payload. */
  readonly checkoutSessionId: string | null;
  readonly payloadJSON: string | null;
  readonly signature: string | null;
  readonly algorithm: AlgorithmName;
  readonly algorithmGiven: boolean;
  readonly publicKeyId: string | null;
}

/** What a button is for (docs/amazon-pay/checkout.md). */
export type ProductType = (typeof PRODUCT_TYPES)[number];

/**
 * Reads the posted form.
 *
 * @throws PageRefusal `MissingParameterValue` or `InvalidParameterValue` with the member's name
 */
export function readStartForm(form: URLSearchParams, origin: string | undefined): StartForm {
  const text = (name: string): string | null => {
    const value = form.get(name);
    return value === null || value === "" ? null : value;
  };
  const merchantId = text("merchantId");
  if (merchantId === null) throw missing("merchantId");
  const productType = text("productType") ?? "PayAndShip";
  const algorithm = text("algorithm");
  return {
    merchantId,
    ledgerCurrency: text("ledgerCurrency"),
    productType: oneOf("productType", productType, PRODUCT_TYPES),
    checkoutLanguage: text("checkoutLanguage"),
    sandbox: text("sandbox") === "true",
    embedded: text("embedded") === "true",
    pageUrl: webAddress(text("pageUrl")),
    origin,
    checkoutSessionId: text("checkoutSessionId"),
    payloadJSON: decoded(text("encodedPayload")),
    signature: text("signature"),
    algorithm:
      algorithm === null
        ? PAGE_DEFAULT_ALGORITHM
        : oneOf(
            "algorithm",
            algorithm,
            ALGORITHMS.map((row) => row.name),
          ),
    algorithmGiven: algorithm !== null,
    publicKeyId: text("publicKeyId"),
  };
}

/** Forms turn every line break into CR LF, which would break the signature, so the payload travels percent-encoded. */
function decoded(payload: string | null): string | null {
  if (payload === null) return null;
  try {
    return decodeURIComponent(payload);
  } catch {
    throw new PageRefusal("InvalidRequestFormat", "encodedPayload is not percent-encoded UTF-8.");
  }
}

/** A refusal for a member that is not there. */
export function missing(name: string): PageRefusal {
  return new PageRefusal("MissingParameterValue", `${name} is missing in the button's configuration.`);
}

function oneOf<Value extends string>(name: string, value: string, values: readonly Value[]): Value {
  const known = values.find((candidate) => candidate === value);
  if (known !== undefined) return known;
  throw new PageRefusal("InvalidParameterValue", `${name} must be one of ${values.join(", ")}.`);
}

/** The address of a page in the web; null for anything that a link must not lead to. */
export function webAddress(text: string | null): string | null {
  return text !== null && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : null;
}
