import { ControlError } from "../control/control-error.ts";
import { onlyMembers } from "../control/read-members.ts";
import type { ControlRoute } from "../module.ts";
import type { FaultBook } from "./fault-book.ts";
import { FAULT_KINDS, type FaultKind, type FaultRule } from "./fault.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

const MEMBERS = ["match", "skip", "times", "fault", "status", "reasonCode", "retryAfter", "delayMs", "probability"];

/** Members that only some kinds of fault heed. */
const OWNERS: readonly (readonly [member: string, owners: readonly FaultKind[]])[] = [
  ["status", ["status"]],
  ["reasonCode", ["status", "throttle"]],
  ["retryAfter", ["status", "throttle"]],
  ["delayMs", ["slow"]],
];

function requireHeeded(fault: FaultKind, body: Readonly<Record<string, unknown>>): void {
  for (const [member, owners] of OWNERS) {
    if (body[member] === undefined || body[member] === null || owners.includes(fault)) continue;
    const names = owners.map((owner) => `"${owner}"`).join(" and ");
    const faults = owners.length === 1 ? "fault" : "faults";
    throw invalid(`${member} belongs to the ${faults} ${names}, and would do nothing for "${fault}"`);
  }
}

/**
 * Reads a rule from the control plane:
 * `{"match":{"method"?,"path"?},"skip"?:0,"times"?:1,"fault":"status","status":503}`.
 *
 * @throws ControlError
 */
function readFaultRule(body: Readonly<Record<string, unknown>>): Omit<FaultRule, "faultId" | "draws"> {
  const fault = body["fault"];
  if (fault === undefined)
    throw new ControlError("control.missing", `fault is missing: one of ${FAULT_KINDS.join(", ")}`);
  if (!FAULT_KINDS.includes(fault as FaultKind)) throw invalid(`fault must be one of ${FAULT_KINDS.join(", ")}`);
  requireHeeded(fault as FaultKind, body);
  const status = body["status"];
  if (fault === "status" && status === undefined) {
    throw new ControlError("control.missing", 'status is missing: the fault "status" needs one, for example 503');
  }
  return {
    match: readMatch(body["match"]),
    fault: fault as FaultKind,
    status: integer("status", status, 503, 400, 599),
    reasonCode: text("reasonCode", body["reasonCode"]),
    retryAfter: body["retryAfter"] === undefined ? null : integer("retryAfter", body["retryAfter"], 0, 0, 86_400),
    delayMillis: integer("delayMs", body["delayMs"], 3000, 0, 3_600_000),
    skip: integer("skip", body["skip"], 0, 0, Number.MAX_SAFE_INTEGER),
    times: body["times"] === "always" ? null : integer("times", body["times"], 1, 1, Number.MAX_SAFE_INTEGER),
    probability: probability(body["probability"]),
  };
}

function readMatch(value: unknown): FaultRule["match"] {
  if (value === undefined) return { method: null, path: null };
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid('match must be an object such as {"method":"POST","path":"/v2/charges"}');
  }
  const { method, path } = value as { readonly method?: unknown; readonly path?: unknown };
  onlyMembers(value as Readonly<Record<string, unknown>>, ["method", "path"], "match");
  const pattern = text("match.path", path);
  if (pattern !== null && !pattern.startsWith("/")) throw invalid("match.path must begin with /");
  const verb = text("match.method", method)?.toUpperCase() ?? null;
  if (verb !== null && !METHODS.includes(verb)) throw invalid(`match.method must be one of ${METHODS.join(", ")}`);
  return { method: verb, path: pattern };
}

function integer(name: string, value: unknown, otherwise: number, low: number, high: number): number {
  if (value === undefined || value === null) return otherwise;
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < low || value > high) {
    const orAlways = name === "times" ? ' (or "always")' : "";
    throw invalid(`${name} must be a whole number from ${low} to ${high}${orAlways}`);
  }
  return value;
}

function text(name: string, value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string" || value === "") throw invalid(`${name} must be text`);
  return value;
}

function probability(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "number" || !(value >= 0 && value <= 1)) throw invalid("probability must be from 0 to 1");
  return value;
}

const invalid = (message: string): ControlError => new ControlError("control.invalid", message);

/** `POST /_sandbox/faults` adds a rule, `GET` lists rules and hits, `DELETE` takes all rules out of force. */
export function faultCalls(faults: FaultBook): ControlRoute[] {
  return [
    {
      method: "GET",
      path: "/faults",
      handle: () => ({ faults: faults.list().map(shown), hits: faults.hits() }),
    },
    {
      method: "POST",
      path: "/faults",
      members: MEMBERS,
      handle: ({ body }) => shown(faults.add(readFaultRule(body))),
    },
    { method: "DELETE", path: "/faults", handle: () => ({ removed: faults.clear() }) },
  ];
}

function shown(rule: FaultRule): unknown {
  return {
    faultId: rule.faultId,
    match: { method: rule.match.method, path: rule.match.path },
    skip: rule.skip,
    times: rule.times ?? "always",
    fault: rule.fault,
    ...(rule.fault === "status" ? { status: rule.status } : {}),
    ...(rule.fault === "status" || rule.fault === "throttle" ? { reasonCode: rule.reasonCode } : {}),
    ...(rule.fault === "slow" ? { delayMs: rule.delayMillis } : {}),
    retryAfter: rule.retryAfter,
    probability: rule.probability,
  };
}
