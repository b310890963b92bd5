import { pick } from "@amazon-pay-kit/sdk/random";
import type { DraftKind } from "../kind.ts";
import { anyOf, money, plainCaptures, text } from "../settlement-draft.ts";
import { WITHOUT_SETTLEMENT } from "./without-settlement.ts";

const TRANSACTION_REPORTS = [
  "order-reference",
  "authorization",
  "capture",
  "refund",
  "billing-agreement",
  "multi-currency",
] as const;

/** Files that are broken, or only look unusual. */
export const FILE_KINDS: readonly DraftKind[] = [
  {
    kind: "damaged-row",
    does: "breaks the amount of a capture so that it cannot be read",
    stage: "contents",
    reports: ["settlement"],
    leadsTo: ["row.unreadable"],
    mayFollow: ["settlement.roll-forward", "capture.unsettled", "report.quarantined"],
    inject: (engine, draft) => {
      const row = anyOf(engine, plainCaptures(engine, draft));
      if (row === undefined) return null;
      const transactionId = text(row, "amazonTransactionId");
      draft.damage.push((file) =>
        file
          .split(/(?<=\n)/)
          .map((line) =>
            line.includes(`"${transactionId}"`) || line.includes(`,${transactionId},`) ? broken(line) : line,
          )
          .join(""),
      );
      return {
        what: `the amounts of ${transactionId} cannot be read`,
        transactionId,
        row,
        minor: -money(row, "netTransactionAmount"),
      };
    },
  },
  {
    kind: "damaged-report",
    does: "writes another file where the report should be",
    stage: "contents",
    reports: TRANSACTION_REPORTS,
    leadsTo: ["report.quarantined"],
    mayFollow: ["report.missing"],
    inject: (_engine, draft) => {
      draft.damage.push(() => "<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>\n");
      return { what: `the ${draft.kind} report is a page of a gateway` };
    },
  },
  {
    kind: "damaged-settlement",
    does: "writes another file where the settlement should be",
    stage: "contents",
    reports: ["settlement"],
    leadsTo: ["report.quarantined"],
    mayFollow: ["report.missing", ...WITHOUT_SETTLEMENT],
    inject: (_engine, draft) => {
      draft.damage.push(() => "<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>\n");
      return { what: "the settlement report is a page of a gateway" };
    },
  },
  {
    kind: "unknown-column",
    does: "adds a column that is in no document; nothing is wrong",
    stage: "contents",
    reports: ["settlement", ...TRANSACTION_REPORTS],
    leadsTo: [],
    mayFollow: [],
    inject: (engine, draft) => {
      draft.options = { ...draft.options, extraColumns: ["TaxJurisdiction"] };
      const word = pick(engine.random, ["WA", "BY", "13"]);
      const rows = draft.rows.map((row) => ({ ...row, extra: { ...row.extra, taxJurisdiction: word } }));
      draft.rows.splice(0, draft.rows.length, ...rows);
      return { what: "there is a column TaxJurisdiction" };
    },
  },
  {
    kind: "mirrored-fees",
    does: "writes all fees with the other sign, as the document has them; nothing is wrong",
    stage: "contents",
    reports: ["settlement"],
    leadsTo: [],
    mayFollow: [],
    inject: (_engine, draft) => {
      for (const { values } of draft.rows) {
        for (const name of ["transactionPercentageFee", "transactionFixedFee", "totalTransactionFee"]) {
          const value = values[name];
          if (typeof value === "bigint") values[name] = -value;
        }
      }
      return { what: "fees have the other sign" };
    },
  },
];

/** The last amounts of a row become something that nobody can read. */
function broken(line: string): string {
  return line.replace(/(-?[\d,]+(?:\.\d+)?)("?)(\s*)$/, "#REF!$2$3");
}
