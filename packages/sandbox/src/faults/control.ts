import type { FaultBook } from "./fault-book.ts";
import type { FaultRule } from "./fault.ts";
import { readFaultRule } from "./read-rule.ts";
import type { ControlRoute } from "../module.ts";

/** `POST /_sandbox/faults` adds a rule, `GET` lists rules and hits, `DELETE` takes all rules out of force. */
export function faultCalls(faults: FaultBook): ControlRoute[] {
  return [
    {
      method: "GET",
      path: "/faults",
      handle: () => ({ faults: faults.list().map(shown), hits: faults.hits() }),
    },
    { method: "POST", path: "/faults", handle: ({ body }) => shown(faults.add(readFaultRule(body))) },
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
    ...(rule.fault === "status" ? { status: rule.status, reasonCode: rule.reasonCode } : {}),
    ...(rule.fault === "slow" ? { delayMs: rule.delayMillis } : {}),
    retryAfter: rule.retryAfter,
    probability: rule.probability,
  };
}
