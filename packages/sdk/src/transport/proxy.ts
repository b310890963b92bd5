import { KitError } from "../errors/kit-error.ts";
import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import type { Duplex } from "node:stream";
import type { ConnectionOptions } from "node:tls";
import { ConfigurationError } from "../errors/configuration-error.ts";
import { nodeModule } from "./node-modules.ts";
import { isText } from "../kind.ts";

/** How long a proxy may take to open a tunnel, in milliseconds. A call's own limits end the wait earlier. */
const TUNNEL_TIMEOUT = 60_000;

/** A proxy that did not open a tunnel. Its message has neither the proxy's user nor its password. */
export class ProxyFailure extends KitError {
  override name = "ProxyFailure";
  readonly code = "connection.proxy";
  /** HTTP status of the proxy's refusal; undefined where it could not be reached. */
  declare readonly status: number | undefined;

  constructor(message: string, status: number | undefined, cause?: unknown) {
    super(message, { cause });
    this.status = status;
  }
}

/**
 * Reads a proxy's address.
 *
 * @param name where it was given, for the error
 * @throws ConfigurationError `config.proxy`, without quoting the address: it may hold a password
 */
export function proxyUrl(given: string, name: string): URL {
  const text = !isText(given) || given.includes("://") ? given : `http://${given}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === "") {
    throw new ConfigurationError(
      "config.proxy",
      `${name} must be an address such as http://proxy.example:3128; proxies are spoken to by http:// or https:// only`,
    );
  }
  return url;
}

/**
 * The proxy for an origin by the environment: `HTTPS_PROXY` or `ALL_PROXY`, in either case, unless `NO_PROXY` lists the host.
 * Addresses of this machine are never asked for through a proxy: a sandbox runs there.
 */
export function environmentProxy(origin: URL, env: Readonly<Record<string, string | undefined>>): URL | undefined {
  const read = (name: string): string => (env[name.toLowerCase()] || env[name] || "").trim();
  const name = read("HTTPS_PROXY") === "" ? "ALL_PROXY" : "HTTPS_PROXY";
  const proxy = read(name);
  const host = origin.hostname.replaceAll(/[[\]]/g, "").toLowerCase();
  if (proxy === "" || origin.protocol !== "https:" || LOOPBACK.test(host)) return undefined;
  const port = origin.port || "443";
  for (const entry of read("NO_PROXY")
    .toLowerCase()
    .split(/[\s,]+/)) {
    const bare = /:.*:/.test(entry) && !entry.startsWith("[") ? `[${entry}]` : entry;
    const [, pattern = "", only] = /^\[?([^[\]]*?)\]?(?::(\d+))?$/.exec(bare) ?? [];
    if (pattern === "" || (only !== undefined && only !== port)) continue;
    if (isWithin(host, pattern)) return undefined;
    const suffix = pattern.replace(/^\*?\.?/, "");
    if (pattern === "*" || host === suffix || host.endsWith(`.${suffix}`)) return undefined;
  }
  return proxyUrl(proxy, name);
}

/** Whether an address lies in a network such as `10.0.0.0/8`, in a range `10.0.0.1-10.0.0.9`, or is the same, written differently. */
function isWithin(host: string, pattern: string): boolean {
  const net = nodeModule("node:net");
  const [first = "", second] = pattern.split(/[/-]/);
  const version = net?.isIP(host);
  if (net === undefined || !version || version !== net.isIP(first)) return false;
  const family = version === 6 ? "ipv6" : "ipv4";
  const list = new net.BlockList();
  try {
    if (second === undefined) list.addAddress(first, family);
    else if (pattern.includes("/")) list.addSubnet(first, Number(second), family);
    else list.addRange(first, second, family);
  } catch {
    return false;
  }
  return list.check(host, family);
}

const LOOPBACK = /^(.*\.)?localhost$|^::1$|^127\.\d+\.\d+\.\d+$/;

/** What a tunnel is made with: the runtime's own functions. */
export interface TunnelModules {
  readonly request: (url: URL, options: RequestOptions) => ClientRequest;
  readonly secure: (options: ConnectionOptions) => Duplex;
}

/** Opens connections to a host through a proxy's CONNECT, in the form that Node's agents take. TLS is spoken with the host itself. */
export function tunnelThrough(proxy: URL, modules: TunnelModules) {
  const address = new URL(proxy);
  const { username, password } = address;
  const authorization =
    username + password === ""
      ? {}
      : { "proxy-authorization": `Basic ${btoa(`${decoded(username)}:${decoded(password)}`)}` };
  address.username = "";
  address.password = "";
  return (options: ConnectionOptions, done: (fault: Error | null, socket?: Duplex) => void): undefined => {
    const name = options.host ?? "";
    const target = `${name.includes(":") ? `[${name}]` : name}:${options.port ?? 443}`;
    const connecting = modules.request(address, {
      method: "CONNECT",
      path: target,
      headers: { host: target, ...authorization },
      agent: false,
      timeout: TUNNEL_TIMEOUT,
    });
    const fail = (words: string, status?: number, cause?: unknown): void => {
      connecting.destroy();
      done(new ProxyFailure(`the proxy ${address.host} ${words}`, status, cause));
    };
    const refused = ({ statusCode }: IncomingMessage): void => {
      fail(`refused with status ${statusCode}`, statusCode);
    };
    connecting.once("timeout", () => {
      fail("did not answer in time");
    });
    connecting.once("error", (fault) => {
      fail("could not be reached", undefined, fault);
    });
    connecting.once("response", refused);
    connecting.once("connect", (answer: IncomingMessage, socket: Duplex) => {
      const { statusCode = 0 } = answer;
      connecting
        .removeAllListeners("timeout")
        .removeAllListeners("error")
        .on("error", () => undefined);
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        refused(answer);
      } else {
        (socket as Duplex & { setTimeout?: (millis: number) => void }).setTimeout?.(0);
        done(null, modules.secure({ ...options, socket }));
      }
    });
    connecting.end();
  };
}

function decoded(text: string): string {
  try {
    // btoa takes one byte a character; what is beyond ASCII goes out as UTF-8.
    return String.fromCharCode(...new TextEncoder().encode(decodeURIComponent(text)));
  } catch {
    return text;
  }
}
