import { nodeCrypto } from "../keys/node-crypto.ts";
import { KeyExchangeError } from "./key-exchange-error.ts";
import { isText } from "../kind.ts";

/** A key pair for one merchant's registration. Afterwards its private key signs the merchant's calls. */
export interface ExchangeKeys {
  /** For the registration form: base64 without the lines of a PEM file around it. */
  readonly publicKey: string;
  /** PKCS#8 PEM. Keep it: it reads the answer, and is the merchant's API key from then on. */
  readonly privateKey: string;
}

/** What the registration of a merchant begins with. */
export interface Registration {
  /** Decides about the address. Japan's is not documented: give `url`. */
  readonly region: "na" | "eu" | "jp";
  /** The solution provider's id, from Amazon. */
  readonly spId: string;
  /** Of `createExchangeKeys`. */
  readonly publicKey: string;
  /** Https address that the keys are posted to. Left out where the merchant copies them by hand. */
  readonly keyShareURL?: string | undefined;
  /** Further fields of Amazon's form, such as `merchantLoginDomains`; a list becomes a field for each value. */
  readonly fields?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** Address of the form. Default: the region's; a sandbox has `/register`. */
  readonly url?: string | undefined;
}

/** A form that takes a merchant to Amazon's registration. */
export interface RegistrationForm {
  readonly url: string;
  /** In order; a name may come more than once. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** The form as HTML with a button, every value escaped. */
  html(button?: string): string;
}

const ADDRESSES: Readonly<Record<string, string>> = {
  __proto__: null as never,
  na: "https://payments.amazon.com/register",
  eu: "https://payments-eu.amazon.com/register",
};

/**
 * Makes the key pair for a merchant's registration: RSA of 2048 bits. Needs Node's cryptography.
 *
 * @example const keys = createExchangeKeys(); // one pair for each merchant, kept until the answer comes
 * @throws KeyExchangeError on a runtime without it
 */
export function createExchangeKeys(): ExchangeKeys {
  const crypto = nodeCrypto();
  if (crypto === undefined)
    throw new KeyExchangeError("key-exchange.option", "this runtime has no node:crypto, which key exchange needs");
  const pair = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 });
  const publicKey = pair.publicKey.export({ type: "spki", format: "der" }).toString("base64");
  return { publicKey, privateKey: pair.privateKey.export({ type: "pkcs8", format: "pem" }) as string };
}

/**
 * The form that takes a merchant to the registration with Amazon Pay, for makers of plug-ins and platforms.
 *
 * @example
 * const form = registrationForm({ region: "na", spId: "A1B2C3", publicKey: keys.publicKey, keyShareURL: "https://shop.example/keys" });
 * page.write(form.html("Connect to Amazon Pay"));
 * @see https://developer.amazon.com/docs/amazon-pay-registration/unhostedregistration.html
 * @throws KeyExchangeError that names the option
 */
export function registrationForm(registration: Registration): RegistrationForm {
  const { region, spId, publicKey, keyShareURL, fields: more = {} } = registration;
  const url = registration.url ?? ADDRESSES[region];
  const wrong = (option: string, why: string) => new KeyExchangeError("key-exchange.option", `\`${option}\` ${why}`);
  if (url === undefined) throw wrong("url", "is needed in this region: Amazon documents addresses for na and eu only");
  if (!isText(spId) || spId.trim() === "")
    throw wrong("spId", "is required: the solution provider's id that Amazon gave you");
  if (!/^[A-Za-z0-9+/]{300,}={0,2}$/.test(publicKey))
    throw wrong("publicKey", "must be what createExchangeKeys gives: base64 without line breaks and PEM lines");
  if (keyShareURL !== undefined && !isShareAddress(keyShareURL))
    throw wrong("keyShareURL", "must be an https address, or http://localhost for a sandbox");
  const own = { spId, onboardingVersion: "2", publicKey, ...(keyShareURL === undefined ? {} : { keyShareURL }) };
  const taken = Object.keys(more).find((name) => Object.hasOwn(own, name));
  if (taken !== undefined) throw wrong("fields", `must not hold ${taken}, which has an option of its own`);
  const fields = Object.entries({ ...own, ...more }).flatMap(([name, value]) =>
    (isText(value) ? [value] : value).map((each) => [name, each] as const),
  );
  const html = (button = "Connect to Amazon Pay"): string =>
    [
      `<form method="post" action="${escaped(url)}" target="_blank" rel="noopener">`,
      ...fields.map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`),
      `<button type="submit">${escaped(button)}</button>`,
      "</form>",
    ].join("\n");
  return { url, fields, html };
}

function isShareAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
}

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
