import type { CheckFacts } from "./check-facts.ts";

/** What one settlement holds back is what the next releases: hold(n) = release(n+1). */
export const reserveRollForward = {
  code: "reserve.roll-forward",
  severity: "error",
  rule: "A settlement releases the reserve held by the previous one",
  amount: "reserve released minus reserve held by the previous settlement",
  remedy: "Compare the Reserve rows of both settlements; ask Amazon Pay about the difference",
} as const satisfies CheckFacts;
