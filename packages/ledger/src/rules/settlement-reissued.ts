import type { CheckFacts } from "./check-facts.ts";

/** A settlement was delivered again over the same window with other rows. The newest counts; a person accepts it. */
export const settlementReissued = {
  code: "settlement.reissued",
  severity: "error",
  rule: "A settlement that was delivered does not change",
  amount: "by how much the transfer differs, or the first other figure that does",
  remedy:
    "Compare the versions with apay settlements show ID --versions, ask Amazon Pay where they differ without a reason, and decide with apay settlements accept ID; until then the newest counts and no journal of its period is exported",
} as const satisfies CheckFacts;
