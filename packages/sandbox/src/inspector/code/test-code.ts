import { showPrice } from "../../engine/amounts.ts";
import type { Engine } from "../../engine/engine.ts";
import type { ChargePermission } from "../../engine/objects/index.ts";
import type { SandboxEvent } from "../../events/event.ts";
import { findInstrument } from "../../test-data/index.ts";
import { jsLiteral } from "./js-literal.ts";
import { callCode, hiddenNote, regionOf } from "./sdk-code.ts";

/** Members of answers that name what was made. */
const OWN_IDS = [
  "checkoutSessionId",
  "chargePermissionId",
  "chargeId",
  "refundId",
  "disputeId",
  "reportId",
  "reportScheduleId",
] as const;

/** A pause between two calls from which on the test moves its clock: anything shorter is a person who types. */
const PAUSE = 20_000;

const STEP = "  ";

/**
 * A test that makes the call in a sandbox of its own and expects the same answer. What was called before about the same
 * objects is called again first; what the buyer did in between is done through the control plane.
 *
 * @param log all calls that are known, oldest first
 * @returns undefined for a call that no client makes: unsigned, wrongly signed, no operation of API v2
 */
export function testCode(engine: Engine, log: readonly SandboxEvent[], event: SandboxEvent): string | undefined {
  const refusedSignature = event.signature !== null && !event.signature.valid;
  if (refusedSignature || callCode(event, new Map(), STEP, true) === undefined) return undefined;
  const earlier = callsBefore(log, event);
  const program = new Program(engine, event);
  program.arrange(earlier);
  return program.text(earlier.length);
}

/** Earlier calls that changed what the call is about, oldest first. */
function callsBefore(log: readonly SandboxEvent[], event: SandboxEvent): SandboxEvent[] {
  const needed = new Set(idsIn([event.request.path, event.request.body]));
  const found: SandboxEvent[] = [];
  for (const other of log.filter(({ eventId }) => eventId < event.eventId).reverse()) {
    const { request, response } = other;
    const changed = other.signature?.valid === true && request.method !== "GET" && response.status < 300;
    if (!changed || other.fault !== null || (event.merchantId !== null && other.merchantId !== event.merchantId))
      continue;
    const made = ownIds(response.body);
    const used = idsIn([request.path, request.body]);
    if (![...made.values(), ...used].some((id) => needed.has(id))) continue;
    for (const id of used) needed.add(id);
    found.push(other);
  }
  return found.reverse();
}

const ID = /\b[A-Z]\d{2}-\d{7}-\d{7}(?:-[A-Z]\d{6})?\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

function idsIn(value: unknown): string[] {
  return JSON.stringify(value).match(ID) ?? [];
}

function ownIds(body: unknown): Map<string, string> {
  const members = typeof body === "object" && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
  const found = new Map<string, string>();
  for (const name of OWN_IDS) {
    const id = members[name];
    if (typeof id === "string") found.set(name, id);
  }
  return found;
}

/** A test as it is written: its lines, and the variables that stand for ids of this sandbox. */
class Program {
  readonly #engine: Engine;
  readonly #event: SandboxEvent;
  readonly #region: string;
  readonly #lines: string[] = [];
  readonly #names = new Map<string, string>();
  readonly #variables = new Set(["pay", "amazon", "merchant", "answer", "test", "expect"]);
  #at: number | undefined;
  /** Whether idempotency keys matter: only where one comes twice. */
  #keys = false;

  constructor(engine: Engine, event: SandboxEvent) {
    this.#engine = engine;
    this.#event = event;
    this.#region = regionOf(event);
    const merchant = engine.state.merchants.get(event.merchantId ?? "");
    if (merchant !== undefined) {
      this.#names.set(merchant.storeId, "merchant.storeId").set(merchant.merchantId, "merchant.merchantId");
    }
  }

  /** Makes what the call is about. */
  arrange(earlier: readonly SandboxEvent[]): void {
    this.#keys = repeatedKeys([...earlier, this.#event]);
    for (const event of earlier) {
      this.#prepare(event);
      const call = callCode(event, this.#names, STEP, this.#keys);
      if (call === undefined) continue;
      const made = [...ownIds(event.response.body)].filter(([, id]) => !this.#names.has(id));
      if (made.length === 0) {
        this.#lines.push(`await ${call.code};`);
        continue;
      }
      const variable = this.#fresh(call.variable);
      this.#lines.push(`const ${variable} = await ${call.code};`);
      for (const [member, id] of made) this.#names.set(id, `${variable}.${member}`);
    }
    this.#prepare(this.#event);
  }

  /** What must be there before a call, and was not made by a call: objects, the buyer's part, the time. */
  #prepare(event: SandboxEvent): void {
    const { state } = this.#engine;
    for (const id of idsIn([event.request.path, event.request.body])) {
      if (this.#names.has(id)) continue;
      const permission = state.chargePermissions.get(id);
      const charge = state.charges.get(id);
      const dispute = state.disputes.get(id);
      if (permission !== undefined) this.#permission(permission);
      else if (dispute !== undefined && this.#names.has(dispute.chargeId)) {
        const variable = this.#fresh("dispute");
        const path = `\`/charges/\${${this.#names.get(dispute.chargeId) ?? ""}}/chargeback\``;
        this.#lines.push(`const ${variable} = await amazon.sandbox.control("POST", ${path}, {});`);
        this.#names.set(id, `${variable}.disputeId`);
      } else if (charge !== undefined) {
        const owner = state.chargePermissions.get(charge.chargePermissionId);
        if (owner !== undefined && !this.#names.has(owner.chargePermissionId)) this.#permission(owner);
        const variable = this.#fresh("charge");
        const body = {
          chargePermissionId: charge.chargePermissionId,
          chargeAmount: showPrice(charge.amount),
          captureNow: charge.captured !== null,
        };
        this.#lines.push(`const ${variable} = await pay.charges.create(${jsLiteral(body, STEP, this.#names)});`);
        this.#names.set(id, `${variable}.chargeId`);
      }
    }
    if (event.operation === "completeCheckoutSession") this.#buyer(event);
    if (this.#at !== undefined && event.at - this.#at >= PAUSE) {
      this.#lines.push(`await amazon.sandbox.clock.advance("PT${Math.round((event.at - this.#at) / 1000)}S");`);
    }
    this.#at = event.at;
  }

  #permission(permission: ChargePermission): void {
    const variable = this.#fresh("permission");
    const card = permission.instrumentId;
    const amount = permission.limit.minor === 0n ? undefined : showPrice(permission.limit);
    const spec = {
      region: this.#region,
      type: permission.type,
      ...(amount === undefined ? {} : amount),
      ...(card === findInstrument("1111", "na")?.instrumentId ? {} : { instrument: card }),
    };
    this.#lines.push(`const ${variable} = await amazon.permission(${jsLiteral(spec, STEP, this.#names)});`);
    this.#names.set(permission.chargePermissionId, `${variable}.chargePermissionId`);
  }

  #buyer({ request }: SandboxEvent): void {
    const [id = ""] = idsIn([request.path]);
    const name = this.#names.get(id) ?? JSON.stringify(id);
    const card = this.#engine.state.checkoutSessions.get(id)?.buyer?.instrumentId;
    const usual = card === undefined || card === findInstrument("1111", "na")?.instrumentId;
    this.#lines.push(`await amazon.payThrough(${name}${usual ? "" : `, ${JSON.stringify(card)}`});`);
  }

  #fresh(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#variables.has(name); number += 1) name = `${wanted}${number}`;
    this.#variables.add(name);
    return name;
  }

  /** @param before how many calls are repeated first */
  text(before: number): string {
    const { response, fault, eventId } = this.#event;
    const call = callCode(this.#event, this.#names, STEP, this.#keys);
    if (call === undefined) throw new TypeError(`no client makes call ${eventId}`);
    const body = (response.body ?? {}) as Readonly<Record<string, unknown>>;
    if (fault !== null) this.#lines.push(this.#fault(fault));
    if (call.unsent) {
      this.#lines.push(
        `await expect(${call.code}).rejects.toMatchObject({ name: "InvalidInputError" }); // refused before it is sent`,
      );
    } else if (response.status >= 400 || response.status === 0) {
      const expected = {
        ...(response.status === 0 ? {} : { status: response.status }),
        ...(typeof body["reasonCode"] === "string" ? { reasonCode: body["reasonCode"] } : {}),
      };
      this.#lines.push(`await expect(${call.code}).rejects.toMatchObject(${jsLiteral(expected, STEP)});`);
    } else {
      this.#lines.push(
        `const answer = await ${call.code}.withResponse();`,
        `expect(answer.status).toBe(${response.status});`,
      );
      const shown = telling(body);
      if (Object.keys(shown).length > 0)
        this.#lines.push(`expect(answer.data).toMatchObject(${jsLiteral(shown, STEP, this.#names)});`);
    }
    const lines = this.#lines.map((line) => `${STEP}${line}\n`).join("");
    const options = `amazon.client({ region: ${JSON.stringify(this.#region)} })`;
    const repeated = fault !== null || response.status >= 500 || response.status === 429;
    const client = repeated ? `{ ...${options}, maxRetries: 0 }` : options;
    const merchant = lines.includes("merchant.")
      ? `${STEP}const [merchant] = amazon.sandbox.merchants.filter(({ region }) => region === ${JSON.stringify(this.#region)});\n`
      : "";
    return [
      'import { AmazonPay } from "@amazon-pay-kit/sdk";\n',
      'import { useSandbox } from "@amazon-pay-kit/sandbox/testing";\n',
      'import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";\n\n',
      `// From call ${eventId} of a sandbox${before === 0 ? "" : ` and ${before} before it about the same objects`}.\n`,
      hiddenNote([lines], "//"),
      "const amazon = useSandbox({ beforeAll, afterAll, beforeEach });\n\n",
      `test(${JSON.stringify(this.#title())}, async () => {\n`,
      `${STEP}const pay = new AmazonPay(${client});\n`,
      merchant,
      lines,
      "});\n",
    ].join("");
  }

  #title(): string {
    const { operation, response, fault } = this.#event;
    const reason = (response.body as { readonly reasonCode?: unknown } | null)?.reasonCode;
    const outcome = response.status === 0 ? "has no answer" : `answers ${response.status}`;
    return `${operation ?? "the call"} ${outcome}${typeof reason === "string" ? ` ${reason}` : ""}${fault === null ? "" : ` by a fault`}`;
  }

  #fault(fault: string): string {
    const { request, response } = this.#event;
    const rule = {
      match: { method: request.method },
      fault,
      ...(fault === "status" ? { status: response.status } : {}),
    };
    return `await amazon.sandbox.control("POST", "/faults", ${jsLiteral(rule, STEP)});`;
  }
}

/** Whether an idempotency key comes twice. */
function repeatedKeys(events: readonly SandboxEvent[]): boolean {
  const keys = events
    .filter(({ request }) => request.method === "POST")
    .map(({ request }) => request.headers["x-amz-pay-idempotency-key"]);
  return new Set(keys).size < keys.length;
}

/** What of an answer a test should hold: states and amounts; ids and times are others each time. */
function telling(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    if (name === "statusDetails" && typeof value === "object" && value !== null) {
      const { state } = value as { readonly state?: unknown };
      shown[name] = { state };
    } else if (/Amount$|^processingStatus$|^resolution$/.test(name) && value !== null) shown[name] = value;
  }
  return shown;
}
