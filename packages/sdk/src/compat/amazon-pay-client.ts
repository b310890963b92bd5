import { toBase64 } from "../base64.ts";
import type { Settings } from "../client/settings.ts";
import { USER_AGENT } from "../client/user-agent.ts";
import { wrongOption } from "../errors/configuration-error.ts";
import { KeyError } from "../errors/key-error.ts";
import { formatAuthorization } from "../signing/authorization.ts";
import { canonicalRequest, signedHeaderNames } from "../signing/canonical-request.ts";
import { encodeComponent } from "../signing/encode.ts";
import { requiredHeaders } from "../signing/required-headers.ts";
import { stringToSign } from "../signing/string-to-sign.ts";
import type { AuthorizationToken } from "../types/authorization-token.ts";
import type { DeliveryTracker } from "../types/delivery-tracker.ts";
import type { ClientAnswer } from "./answer.ts";
import { bodyOf, callerHeaders, type CallHeaders, type CallOptions, callService, targetOf } from "./call.ts";
import { ClientError } from "./client-error.ts";
import { type ClientConfig, hostOf, settingsFrom } from "./config.ts";
import { isText } from "../kind.ts";

/** Signs a text at once, as the official methods promise. */
function signNow(text: string, { signer, algorithm }: Settings): string {
  const signature = signer.sign(new TextEncoder().encode(stringToSign(text, algorithm)), algorithm);
  if (signature instanceof Uint8Array) return toBase64(signature);
  throw new KeyError(
    "key.unsupported",
    "this runtime signs only with promises, and this method must answer at once: use `signRequest` of " +
      "@amazon-pay-kit/sdk/signing, or `button` of the client",
  );
}

/** Signature of a button's payload, in base64. */
function buttonSignature(payload: object | string, settings: Settings): string {
  return signNow(isText(payload) ? payload : JSON.stringify(payload), settings);
}

/**
 * The headers of a signed request, for applications that send it themselves. All are signed save `user-agent` and the
 * simulation code, which a proxy may change and the service wants unsigned.
 */
function signedHeaders(options: CallOptions, host: string, settings: Settings): Record<string, string> {
  const { path, query } = targetOf(options, settings.root);
  const { "x-amz-pay-simulation-code": simulation, ...others } = callerHeaders(options.headers);
  const required = requiredHeaders({ region: settings.region.region, host, now: settings.clock.now() });
  const headers = { ...others, ...required };
  const request = { method: options.method, path, query, headers, body: bodyOf(options.payload) };
  const authorization = formatAuthorization({
    algorithm: settings.algorithm,
    publicKeyId: settings.publicKeyId,
    signedHeaders: signedHeaderNames(headers),
    signature: signNow(canonicalRequest(request), settings),
  });
  return {
    ...headers,
    ...(simulation === undefined ? {} : { "x-amz-pay-simulation-code": simulation }),
    "user-agent": USER_AGENT,
    authorization,
  };
}

/** What a payload may be: an object, or JSON text that is sent byte for byte. */
export type Payload = object | string;

const FOLLOWS_NO_REDIRECT = 0;
const DEFAULT_REDIRECTS = 5;

/** An id as one segment of a path. */
export function segment(id: string, name: string): string {
  if (isText(id) && id !== "" && id !== "." && id !== "..") return encodeComponent(id);
  throw wrongOption(`\`${name}\` must be an id: a text that is not empty`);
}

/**
 * The official Node SDK's `AmazonPayClient`, with the same methods, arguments and answers.
 *
 * The configuration is read at the first call and never changed.
 *
 * @example
 * import { WebStoreClient } from "@amazon-pay-kit/sdk/compat"; // instead of @amazonpay/amazon-pay-api-sdk-nodejs
 */
export class AmazonPayClient {
  /** The configuration as it was given; a frozen copy of it. */
  readonly configArgs: Readonly<ClientConfig>;
  #settings: Settings | undefined;

  constructor(configArgs: ClientConfig) {
    this.configArgs = Object.freeze({ ...configArgs });
  }

  get #ready(): Settings {
    return (this.#settings ??= settingsFrom(this.configArgs));
  }

  /**
   * Calls any operation.
   *
   * @param maxRedirects `0` makes 303 a success. Redirects are never followed: a signed request goes to one host only.
   */
  apiCall<T = unknown>(options: CallOptions, maxRedirects: number = DEFAULT_REDIRECTS): Promise<ClientAnswer<T>> {
    return this.#call<T>(() => options, maxRedirects);
  }

  /** Signs a request that the application sends itself. */
  getSignedHeaders(options: CallOptions): Record<string, string> {
    return signedHeaders(options, hostOf(this.configArgs, this.#ready), this.#ready);
  }

  /** Token by which a solution provider acts for a merchant; live only. */
  getAuthorizationToken(
    mwsAuthToken: string,
    merchantId: string,
    headers: CallHeaders = null,
  ): Promise<ClientAnswer<AuthorizationToken>> {
    return this.send("GET", () => `authorizationTokens/${segment(mwsAuthToken, "mwsAuthToken")}`, {
      headers,
      queryParams: { merchantId },
    });
  }

  /** Signature of a button's payload, for `createCheckoutSessionConfig.signature`. Hand the page exactly this payload. */
  generateButtonSignature(payload: Payload): string {
    return buttonSignature(payload, this.#ready);
  }

  /** Tells Alexa about parcels: `{ chargePermissionId, deliveryDetails: [{ trackingNumber, carrierCode }] }`. */
  deliveryTrackers(payload: Payload, headers: CallHeaders = null): Promise<ClientAnswer<DeliveryTracker>> {
    return this.send("POST", "deliveryTrackers", { payload, headers });
  }

  /** Calls one operation. A path that cannot be made rejects the promise, as every other failure does. */
  protected send<T>(
    method: string,
    path: string | (() => string),
    rest: Omit<CallOptions, "method" | "urlFragment">,
    maxRedirects: number = DEFAULT_REDIRECTS,
  ): Promise<ClientAnswer<T>> {
    const options = () => ({ ...rest, method, urlFragment: isText(path) ? path : path() });
    return this.#call<T>(options, maxRedirects);
  }

  async #call<T>(options: () => CallOptions, maxRedirects: number): Promise<ClientAnswer<T>> {
    let settings: Settings;
    let made: CallOptions;
    try {
      settings = this.#ready;
      made = options();
    } catch (cause) {
      throw new ClientError({ config: { method: "", url: "" }, response: undefined, cause });
    }
    return callService<T>(made, settings, maxRedirects === FOLLOWS_NO_REDIRECT);
  }
}
