import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { REASON_STATUS } from "../api/reason-codes.ts";
import { TOO_MANY } from "../api/throttle.ts";
import { jsonAnswer, type Answer, type Call } from "../http/call.ts";
import type { FaultRule } from "./fault.ts";

/** How an error looks on the path that is hit. */
export type Refusal = (status: number, reasonCode: string, message: string) => Answer;

/** How API v2 refuses. */
export const apiRefusal: Refusal = (status, reasonCode, message) => jsonAnswer(status, { reasonCode, message });

/**
 * Answers a call by a rule.
 *
 * `reset`, `status`, `throttle` and `hang` come before the work, which is not done; `lost-answer` and `truncate` after
 * it, so that the merchant does not know what was done; `slow` only takes time.
 *
 * @param work does what the call asks for
 */
export async function applyFault(
  rule: FaultRule,
  call: Call,
  clock: Clock,
  refuse: Refusal,
  work: () => Answer | Promise<Answer>,
): Promise<Answer> {
  switch (rule.fault) {
    case "status":
      return withRetryAfter(
        rule,
        refuse(rule.status, rule.reasonCode ?? reasonOf(rule.status), "A fault was asked for."),
      );
    case "throttle":
      return withRetryAfter(rule, refuse(429, rule.reasonCode ?? "TooManyRequests", TOO_MANY));
    case "reset":
      return { ...NOTHING, connection: "reset" };
    case "hang":
      return { ...NOTHING, connection: "hang" };
    case "lost-answer":
      return { ...(await work()), connection: "reset" };
    case "truncate":
      return { ...(await work()), connection: "truncate" };
    case "slow":
      await clock.sleep(rule.delayMillis, call.signal);
      return work();
  }
}

const NOTHING: Answer = { status: 503, headers: {} };

function withRetryAfter(rule: FaultRule, answer: Answer): Answer {
  if (rule.retryAfter === null) return answer;
  return { ...answer, headers: { ...answer.headers, "retry-after": String(rule.retryAfter) } };
}

const USUAL: Readonly<Record<number, string>> = {
  408: "RequestTimeout",
  429: "TooManyRequests",
  500: "InternalServerError",
  503: "ServiceUnavailable",
};

/** The reason code that belongs to a status. */
function reasonOf(status: number): string {
  return (
    USUAL[status] ?? Object.entries(REASON_STATUS).find(([, known]) => known === status)?.[0] ?? "InternalServerError"
  );
}
