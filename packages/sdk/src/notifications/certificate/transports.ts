import { defaultTransport } from "../../transport/default.ts";
import { type FetchFunction, fetchTransport } from "../../transport/fetch.ts";
import type { Transport } from "../../transport/transport.ts";
import { isSnsHost } from "./url.ts";

/** What decides how addresses of notifications are called. */
export interface TransportChoice {
  /** Default: Node's own HTTPS on Node, the global `fetch` elsewhere. */
  readonly fetch?: FetchFunction;
  /** Certificate authorities (PEM) for the TLS of trusted hosts; never for the hosts of SNS. */
  readonly ca?: string | readonly string[];
}

const byFetch = new WeakMap<FetchFunction, Transport>();
const byAuthority = new Map<string, Transport>();
const MOST_AUTHORITIES = 8;

function remembered<Key>(
  known: { get(key: Key): Transport | undefined; set(key: Key, value: Transport): unknown },
  key: Key,
  make: () => Transport,
): Transport {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

/** The transport for that address; the same one for the same options, so that connections are kept. */
export function transportFor(url: URL, { fetch, ca }: TransportChoice): Transport {
  if (fetch !== undefined) return remembered(byFetch, fetch, () => fetchTransport(fetch));
  const authorities = isSnsHost(url) || ca === undefined ? [] : [ca].flat();
  const [oldest] = byAuthority.keys();
  if (byAuthority.size > MOST_AUTHORITIES && oldest !== undefined) byAuthority.delete(oldest);
  return remembered(byAuthority, authorities.join("\n"), () =>
    defaultTransport(authorities.length === 0 ? {} : { ca: authorities }),
  );
}
