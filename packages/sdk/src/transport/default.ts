import { ConfigurationError } from "../errors/configuration-error.ts";
import { fetchTransport, type FetchFunction } from "./fetch.ts";
import { nodeTransport } from "./node-https.ts";
import { isNode, nodeModule } from "./node-modules.ts";
import type { Transport } from "./transport.ts";

/** What decides about the transport. */
export interface TransportOptions {
  readonly ca?: string | readonly string[] | undefined;
  readonly fetch?: FetchFunction | undefined;
  readonly proxy?: string | false | undefined;
}

/**
 * The transport for this runtime: `node:https` on Node, `fetch` elsewhere. With `ca` it is `node:https` wherever that
 * exists, because `fetch` cannot be told about certificates.
 *
 * @throws ConfigurationError `config.ca` where `ca` cannot be honoured: trust is never widened silently, nor ignored;
 * `config.proxy` likewise
 */
export function defaultTransport(options: TransportOptions = {}): Transport {
  if (options.proxy && (options.fetch !== undefined || (!isNode() && options.ca === undefined))) {
    throw new ConfigurationError(
      "config.proxy",
      "`proxy` works with the client's own connections on Node: a `fetch`, yours or this runtime's, has its own setting",
    );
  }
  if (options.fetch !== undefined) {
    if (options.ca !== undefined) {
      throw new ConfigurationError(
        "config.ca",
        "`ca` and `fetch` cannot be used together: let your own fetch trust the certificate",
      );
    }
    return fetchTransport(options.fetch);
  }
  if (isNode()) return nodeTransport(options);
  if (options.ca === undefined) return fetchTransport();
  if (nodeModule("node:https") === undefined) {
    throw new ConfigurationError(
      "config.ca",
      "this runtime's fetch takes no certificate: pass a `fetch` that trusts it",
    );
  }
  return nodeTransport(options);
}
