import { integer, pick, type Random } from "@amazon-pay-kit/sdk/random";
import type { EnvironmentClock } from "./environment-clock.ts";

/** What can go wrong between a client and the service. */
const FAULTS = ["reset", "lost-answer", "unavailable", "throttled", "truncated", "expired-url", "clock-jump"] as const;

/** One of {@link FAULTS}. */
export type Fault = (typeof FAULTS)[number];

/** What was seen on the wire. */
export interface WireReport {
  calls: number;
  /** How often each fault happened. */
  readonly faults: Map<Fault, number>;
  /** Rules of the client that were broken: a key reused for another body, a POST repeated under another key. */
  readonly violations: string[];
}

function connectionLost(): TypeError {
  return Object.assign(new TypeError("fetch failed"), {
    cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }),
  });
}

async function truncated(response: Response, random: Random): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set("content-length", String(bytes.byteLength));
  return new Response(bytes.slice(0, integer(random, 0, Math.max(0, bytes.byteLength - 1))), {
    status: response.status,
    headers,
  });
}

/**
 * A service that fails now and then, by chance under a seed. It also watches the client: an idempotency key always comes with the same body.
 *
 * @param rate share of the calls that a fault hits
 */
export function faultyFetch(
  service: (request: Request) => Promise<Response>,
  options: {
    readonly random: Random;
    readonly clock: EnvironmentClock;
    readonly rate: number;
    readonly report: WireReport;
  },
): (request: Request) => Promise<Response> {
  const { random, clock, rate, report } = options;
  const bodies = new Map<string, string>();
  const keys = new Map<string, string>();
  const hit = (fault: Fault): void => void report.faults.set(fault, (report.faults.get(fault) ?? 0) + 1);
  const watch = async (request: Request): Promise<void> => {
    const key = request.headers.get("x-amz-pay-idempotency-key");
    if (request.method !== "POST") return;
    const body = await request.clone().text();
    if (key === null) {
      report.violations.push(`POST ${new URL(request.url).pathname} without an idempotency key`);
      return;
    }
    const before = bodies.get(key);
    if (before !== undefined && before !== body) report.violations.push(`idempotency key ${key} came with two bodies`);
    bodies.set(key, body);
    // Every order of these worlds has its own permission, so that no two honest ones are alike.
    const order = `${request.url} ${body}`;
    if ((keys.get(order) ?? key) !== key)
      report.violations.push(`one order went out under two keys: ${keys.get(order)}, ${key}`);
    keys.set(order, key);
  };
  return async (request) => {
    report.calls += 1;
    await watch(request);
    if (random.fraction() >= rate) return service(request);
    const document = !request.headers.has("authorization");
    const fault = pick(
      random,
      FAULTS.filter((candidate) =>
        candidate === "truncated" || candidate === "expired-url" ? document : candidate !== "clock-jump" || !document,
      ),
    );
    hit(fault);
    switch (fault) {
      case "reset":
        throw connectionLost();
      case "lost-answer":
        await service(request);
        throw connectionLost();
      case "unavailable":
        return new Response("<html>Service Unavailable</html>", {
          status: 503,
          headers: { "content-type": "text/html" },
        });
      case "throttled":
        return Response.json(
          { reasonCode: "TooManyRequests", message: "slow down" },
          { status: 429, headers: { "retry-after": "2" } },
        );
      case "truncated":
        return truncated(await service(request), random);
      case "expired-url":
        // The address lives 30 seconds; the network took longer.
        await clock.pass(31_000);
        return service(request);
      case "clock-jump":
        // Not a sleep: one that is as long as a lease's sign of life would wait beside the work.
        await clock.pass(integer(random, 1, 600) * 1000);
        return service(request);
    }
  };
}
