import type { Rule } from "./rule.ts";

/** What one settlement holds back is what the next releases: hold(n) = release(n+1). */
export const reserveRollForward = {
  code: "reserve.roll-forward",
  severity: "error",
  rule: "A settlement releases the reserve held by the previous one",
  amount: "reserve released minus reserve held by the previous settlement",
  remedy: "Compare the Reserve rows of both settlements; ask Amazon Pay about the difference",
  messages: {
    "reserve.roll-forward": "releases a reserve of {released}, but settlement {before} held back {held}",
  },
} as const satisfies Rule;
