import { AmazonPay, type AmazonPayOptions, CallError, type Transport, type TransportAnswer } from "@amazon-pay-kit/sdk";
import type { Random } from "@amazon-pay-kit/sdk/random";
import { hex } from "@amazon-pay-kit/sdk/random";
import type { Known, Scenario, Step } from "./scenarios.ts";

/** Methods of the API. */
export type HttpMethod = "GET" | "POST" | "PATCH" | "DELETE";

/** One of the two services that are compared. */
export interface Side {
  /** `Amazon`, `sandbox`: for messages. */
  readonly name: string;
  readonly options: AmazonPayOptions;
  readonly transport: Transport;
  /** Store id, amounts, and the ids that scenarios begin with. */
  readonly known: Known;
}

/** What a service answered to a step; undefined when no answer came, or an earlier step gave nothing to go on with. */
export interface Told {
  readonly scenario: string;
  readonly step: string;
  readonly method: HttpMethod;
  readonly path: string;
  readonly answer: TransportAnswer | undefined;
  /** Why there is no answer. */
  readonly why?: string;
}

/** Tells a scenario to one side. Steps go on after refusals: those are what is compared. */
export async function tell(side: Side, scenario: Scenario, random: Random): Promise<Told[]> {
  // Set by the transport, while a call is under way.
  const box: { caught: TransportAnswer | undefined } = { caught: undefined };
  let spoil: Step["spoil"];
  const transport: Transport = {
    ...side.transport,
    send: async (request) => (box.caught = await side.transport.send(spoiled(request, spoil))),
    open: (request) => side.transport.open(request),
    close: () => undefined,
  };
  const client = new AmazonPay({ ...side.options, transport, maxRetries: 0 } as AmazonPayOptions);
  const known: Record<string, string> = { ...side.known };
  const keys = new Map<number, string>();
  const keyOf = ({ method, key }: Step): string | undefined => {
    if (method !== "POST" || key === "none") return undefined;
    if (key === undefined) return hex(random, 16);
    const there = keys.get(key) ?? hex(random, 16);
    keys.set(key, there);
    return there;
  };
  const told: Told[] = [];
  for (const step of scenario.steps) {
    const { name, method } = step;
    const row = { scenario: scenario.name, step: name, method, path: step.path };
    const missing = namesIn(step).filter((each) => known[each] === undefined);
    if (missing.length > 0) {
      told.push({ ...row, answer: undefined, why: `an earlier step gave no ${missing.join(", ")}` });
      continue;
    }
    box.caught = undefined;
    spoil = step.spoil;
    let why: string | undefined;
    const idempotencyKey = keyOf(step);
    try {
      await client.call({
        method,
        path: filled(step.path, known),
        ...(step.query === undefined ? {} : { query: step.query }),
        ...(step.body === undefined ? {} : { body: bodyOf(step.body, known) }),
        options: idempotencyKey === undefined ? {} : { idempotencyKey },
      });
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      why = error.message;
    }
    const caught = box.caught as TransportAnswer | undefined;
    told.push(
      caught === undefined
        ? { ...row, answer: undefined, ...(why === undefined ? {} : { why }) }
        : { ...row, answer: caught },
    );
    const body = caught === undefined ? undefined : jsonOf(caught.body);
    for (const [each, member] of Object.entries(step.keep ?? {})) {
      const value = typeof body === "object" && body !== null ? (body as Record<string, unknown>)[member] : undefined;
      if (typeof value === "string") known[each] = value;
    }
  }
  client.close();
  return told;
}

/** The body of an answer; undefined for what is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const filled = (text: string, known: Known): string =>
  text.replaceAll(/\{(\w+)\}/g, (gap, name: string) => known[name] ?? gap);

const bodyOf = (body: object | string, known: Known): string =>
  typeof body === "string" ? body : filled(JSON.stringify(body), known);

const namesIn = ({ path, body }: Step): string[] =>
  Array.from(
    `${path}${typeof body === "object" ? JSON.stringify(body) : ""}`.matchAll(/\{(\w+)\}/g),
    ([, name = ""]) => name,
  );

type Sent = Parameters<Transport["send"]>[0];

function spoiled(request: Sent, how: Step["spoil"]): Sent {
  const { authorization = "" } = request.headers;
  const signed = (text: string): Sent => ({ ...request, headers: { ...request.headers, authorization: text } });
  switch (how) {
    case undefined:
      return request;
    case "body":
      return { ...request, body: `${request.body ?? ""} ` };
    case "key-id":
      return signed(authorization.replace(/PublicKeyId=[^,]+/, "PublicKeyId=SANDBOX-AAAAAAAAAAAAAAAAAAAAAAAA"));
    case "signature":
      return signed(authorization.replace(/Signature=.{8}/, "Signature=AAAAAAAA"));
  }
}
