import type { Rule } from "./rule.ts";

/** A settlement was delivered again over the same window with other rows. The newest counts; a person accepts it. */
export const settlementReissued = {
  code: "settlement.reissued",
  severity: "error",
  rule: "A settlement that was delivered does not change",
  amount: "by how much the transfer differs, or the first other figure that does",
  remedy:
    "Compare the versions with apay settlements show ID --versions, ask Amazon Pay where they differ without a reason, and decide with apay settlements accept ID; until then the newest counts and no journal of its period is exported",
  messages: {
    "settlement.reissued": "{file} delivers this settlement again with other contents than {before}",
    "reissued.transfer": "; the transfer was {before} {currency}, is {after}",
    "reissued.opening": "; the opening balance was {before} {currency}, is {after}",
    "reissued.activity": "; the activity was {before} {currency}, is {after}",
    "reissued.fees": "; the fees were {before} {currency}, are {after}",
    "reissued.closing": "; the closing balance was {before} {currency}, is {after}",
    "reissued.rows": "; rows that differ: {rows}",
    "reissued.accept":
      "; the newer one counts; compare with apay settlements show {settlement} --versions, decide with apay settlements accept {settlement}",
  },
} as const satisfies Rule;
