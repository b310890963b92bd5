import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import type { Agent, AgentOptions } from "node:https";
import { onAbort } from "../clock/on-abort.ts";
import { ConfigurationError, wrongOption } from "../errors/configuration-error.ts";
import { AnswerTooLarge } from "./answer-limit.ts";
import { nodeModule } from "./node-modules.ts";
import { environmentProxy, proxyUrl, tunnelThrough } from "./proxy.ts";
import type { Transport, TransportRequest } from "./transport.ts";
import { isText } from "../kind.ts";

/** Options of {@link nodeTransport}. */
export interface NodeTransportOptions {
  /** Certificates (PEM) to trust besides the runtime's own. */
  readonly ca?: string | readonly string[] | undefined;
  /** Proxy for everything that is sent over TLS, or `false` for none. Default: by `HTTPS_PROXY` and `NO_PROXY`. */
  readonly proxy?: string | false | undefined;
}

interface Connections {
  readonly request: (options: RequestOptions, onAnswer: (answer: IncomingMessage) => void) => ClientRequest;
  readonly close: () => void;
}

interface Host {
  readonly connections: Connections;
  readonly host: string;
  readonly port: number;
}

/**
 * A transport over `node:https` with connections kept alive: several times faster than `fetch` on Node.
 *
 * Certificates are always verified, whatever the process's environment says.
 */
export function nodeTransport(options: NodeTransportOptions = {}): Transport {
  // Not `false` or left out, and not a text either, is refused there.
  const given = options.proxy === undefined || options.proxy === false ? undefined : proxyUrl(options.proxy, "`proxy`");
  if (options.ca !== undefined) checkAuthorities(options.ca);
  let plain: Connections | undefined;
  /** By the proxy's address; "" for direct connections. */
  const secure = new Map<string, Connections>();
  const secureTo = (origin: URL): Connections => {
    const proxy =
      given ?? (options.proxy === false ? undefined : environmentProxy(origin, globalThis.process?.env ?? {}));
    const key = proxy?.href ?? "";
    const connections = secure.get(key) ?? secureConnections(options.ca, proxy);
    secure.set(key, connections);
    return connections;
  };
  const hosts = new Map<string, Host>();

  const hostOf = (origin: string): Host => {
    const known = hosts.get(origin);
    if (known !== undefined) return known;
    const url = new URL(origin);
    const isPlain = url.protocol === "http:";
    const host = {
      connections: isPlain ? (plain ??= connectionsOf("node:http")) : secureTo(url),
      host: url.hostname.replace(/^\[|\]$/g, ""),
      port: Number(url.port) || (isPlain ? 80 : 443),
    };
    hosts.set(origin, host);
    return host;
  };

  const exchange = (
    request: TransportRequest,
    onAnswer: (answer: IncomingMessage) => void,
    onFault: (fault: unknown) => void,
  ): void => {
    const { signal } = request;
    if (signal.aborted) {
      onFault(signal.reason);
      return;
    }
    const { connections, host, port } = hostOf(request.origin);
    const headers: Record<string, string | number> = { ...request.headers };
    if (request.body !== undefined) headers["content-length"] = Buffer.byteLength(request.body);
    const outgoing = connections.request(
      { host, port, path: request.target, method: request.method, headers },
      onAnswer,
    );
    const stop = (): void => {
      outgoing.destroy();
    };
    outgoing.once("close", onAbort(signal, stop));
    outgoing.on("error", (fault) => {
      onFault(signal.aborted ? signal.reason : fault);
    });
    outgoing.end(request.body);
  };

  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        exchange(
          request,
          (answer) => {
            const chunks: Buffer[] = [];
            const { maxBytes = Number.POSITIVE_INFINITY } = request;
            let length = 0;
            answer.on("data", (chunk: Buffer) => {
              length += chunk.length;
              if (length > maxBytes) {
                reject(new AnswerTooLarge(maxBytes, answer.statusCode ?? 0, headersOf(answer)));
                answer.destroy();
              } else chunks.push(chunk);
            });
            answer.on("error", (fault) => {
              reject((request.signal.aborted ? request.signal.reason : fault) as Error);
            });
            answer.once("end", () => {
              try {
                const whole = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
                resolve({ status: answer.statusCode ?? 0, headers: headersOf(answer), body: whole.toString() });
              } catch (fault) {
                // Thrown in a listener it would end the process: text cannot be as long as bytes can.
                reject(fault as Error);
              }
            });
          },
          reject,
        );
      }),
    open: (request) =>
      new Promise((resolve, reject) => {
        exchange(
          request,
          (answer) => {
            const { Readable } = required("node:stream");
            resolve({
              status: answer.statusCode ?? 0,
              headers: headersOf(answer),
              body: Readable.toWeb(answer) as ReadableStream<Uint8Array>,
            });
          },
          reject,
        );
      }),
    close() {
      plain?.close();
      for (const connections of secure.values()) connections.close();
    },
  };
}

/** @param members put in place of the agent's own */
function connectionsOf(
  name: "node:http" | "node:https",
  options?: AgentOptions,
  members?: Pick<Agent, "createConnection">,
): Connections {
  const { Agent, request } = required(name);
  const agent = Object.assign(new Agent({ keepAlive: true, scheduling: "lifo", ...options }), members);
  return { request: (wanted, onAnswer) => request({ ...wanted, agent }, onAnswer), close: () => agent.destroy() };
}

function secureConnections(ca: NodeTransportOptions["ca"], proxy: URL | undefined): Connections {
  const { connect, createSecureContext } = required("node:tls");
  return connectionsOf(
    "node:https",
    {
      // Said outright: NODE_TLS_REJECT_UNAUTHORIZED=0 anywhere in the process must not reach these connections.
      rejectUnauthorized: true,
      // Made once: an agent that is given certificates strings them all together at every request, to name the connection.
      secureContext: createSecureContext({ minVersion: "TLSv1.2", ...(ca && { ca: trusted(ca) }) }),
    },
    proxy && {
      createConnection: tunnelThrough(proxy, {
        request: required(proxy.protocol === "http:" ? "node:http" : "node:https").request,
        secure: connect,
      }),
    },
  );
}

function checkAuthorities(ca: string | readonly string[]): void {
  for (const pem of [ca].flat()) {
    if (!String(pem).includes("-----BEGIN CERTIFICATE-----")) {
      throw new ConfigurationError(
        "config.ca",
        "`ca` must be PEM text that begins with -----BEGIN CERTIFICATE-----, not a file name",
      );
    }
  }
}

/** The runtime's own certificates and the given ones: report documents come from other hosts than the API. */
function trusted(ca: string | readonly string[]): string[] {
  const tls = required("node:tls") as {
    rootCertificates: readonly string[];
    getCACertificates?: (type: "default") => string[];
  };
  return [...(tls.getCACertificates?.("default") ?? tls.rootCertificates), ...[ca].flat()];
}

function required<Name extends Parameters<typeof nodeModule>[0]>(
  name: Name,
): NonNullable<ReturnType<typeof nodeModule<Name>>> {
  const found = nodeModule(name);
  if (found === undefined) throw wrongOption(`this runtime has no ${name}: use fetchTransport`);
  return found;
}

function headersOf(answer: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined) headers[name] = isText(value) ? value : value.join(", ");
  }
  return headers;
}
