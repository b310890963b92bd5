import { readSharedKeys, type SharedKeys, type SharedKeysOptions } from "./shared-keys.ts";
import { KeyExchangeError } from "./key-exchange-error.ts";

/** What is done with shared keys. */
export interface KeyShareOptions extends SharedKeysOptions {
  /** Stores the keys. When it throws, Amazon's page tells the merchant that the exchange failed. */
  readonly onKeys: (keys: SharedKeys) => void | Promise<void>;
  /** Told of payloads that were refused, and of failures of `onKeys`. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Origin of Amazon's page, which the browser posts from. Default `https://payments.amazon.com`. */
  readonly origin?: string | undefined;
}

/** Longest payload that is read. */
const LONGEST = 65_536;

/**
 * A handler for `keyShareURL`: answers the browser's preflight, reads the keys and says how it went, as Amazon's page expects.
 *
 * @example export const POST = keyShareHandler({ privateKey, onKeys: (keys) => settings.save(keys) });
 * @see https://developer.amazon.com/docs/amazon-pay-registration/automatickeyexchange.html
 */
export function keyShareHandler(options: KeyShareOptions): (request: Request) => Promise<Response> {
  const headers = {
    "access-control-allow-origin": options.origin ?? "https://payments.amazon.com",
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "Content-Type",
    vary: "origin",
  };
  const answer = (status: number, body: object): Response => Response.json(body, { status, headers });
  return async (request) => {
    if (request.method === "OPTIONS") return new Response(null, { status: 204, headers });
    if (request.method !== "POST") return answer(405, { result: "error", message: "POST the payload" });
    try {
      const text = await request.text();
      if (text.length > LONGEST) throw new KeyExchangeError("key-exchange.payload", "the payload is too long");
      await options.onKeys(readSharedKeys(text, options));
      return answer(200, { result: "success" });
    } catch (error) {
      options.onError?.(error);
      // What failed inside of the shop is nobody else's business.
      const message = error instanceof KeyExchangeError ? error.message : "the keys could not be stored";
      return answer(400, { result: "error", message });
    }
  };
}
