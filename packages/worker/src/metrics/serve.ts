import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, systemClock } from "@amazon-pay-kit/sdk/clock";
import { type Metrics, METRICS_TYPE } from "./metrics.ts";

/** Whether a process can do its work, and if not, why. */
export interface Health {
  readonly ok: boolean;
  /** Facts for a person: never a secret, never data of a buyer. */
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
}

/** How to serve metrics and health checks. */
export interface ServeMetricsOptions {
  readonly metrics: Metrics;
  /** Asked by `/readyz`; an error means "no", and so does no answer within three seconds. Default: always well. */
  readonly health?: () => Promise<Health>;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** 0 for any free one. */
  readonly port: number;
  /** Default `127.0.0.1`; name another one to let a collector in from outside. */
  readonly host?: string;
}

/** A running metrics server. */
export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Longest wait for the answer about health, in milliseconds: who asks gives up before long, and takes silence for death. */
const TIMEOUT = 3000;

async function healthOf(health: (() => Promise<Health>) | undefined, clock: Clock): Promise<Health> {
  const over = new AbortController();
  const silence: Health = { ok: false, facts: { error: `no answer within ${TIMEOUT / 1000} s` } };
  const late = clock.sleep(TIMEOUT, over.signal).then(
    () => silence,
    () => silence,
  );
  try {
    return (await Promise.race([health?.(), late])) ?? { ok: true };
  } catch (error) {
    return { ok: false, facts: { error: error instanceof Error ? error.message : String(error) } };
  } finally {
    over.abort();
  }
}

/**
 * Serves `/metrics` for Prometheus, `/livez` (the process responds) and `/readyz` (it can do its work: 200, or 503 with the
 * reasons) over plain HTTP.
 *
 * @throws when the port is taken
 *
 * @example
 * const server = await serveMetrics({ metrics, port: 9464, health: async () => ({ ok: true }) });
 */
export async function serveMetrics(options: ServeMetricsOptions): Promise<MetricsServer> {
  const { metrics, health, port, host = "127.0.0.1", clock = systemClock } = options;
  const server: Server = createServer((request, answer) => {
    const send = (status: number, type: string, body: string): void => {
      answer.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(body);
    };
    const path = request.url?.split("?")[0];
    if (request.method !== "GET" && request.method !== "HEAD") send(405, "text/plain", "GET only\n");
    else if (path === "/metrics") {
      metrics.text().then(
        (text) => send(200, METRICS_TYPE, text),
        () => send(500, "text/plain", "the figures cannot be read\n"),
      );
    } else if (path === "/livez") send(200, "application/json", `${JSON.stringify({ ok: true })}\n`);
    else if (path === "/readyz" || path === "/healthz") {
      void healthOf(health, clock).then((state) =>
        send(state.ok ? 200 : 503, "application/json", `${JSON.stringify({ ok: state.ok, ...state.facts })}\n`),
      );
    } else send(404, "text/plain", "there are /metrics, /livez and /readyz\n");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
