import { findMerchant } from "../../settlement/control/find-merchant.ts";
import { optionalText, requiredQuery, requiredText } from "../../control/read-members.ts";
import type { Engine } from "../../engine/engine.ts";
import type { ControlRoute } from "../../module.ts";
import { discrepancies } from "../discrepancy.ts";
import { DISCREPANCY_KINDS } from "../kinds/index.ts";
import { requestDiscrepancy, withdrawDiscrepancies } from "../inject.ts";
import { showDiscrepancy, truthOf } from "../truth.ts";

/** The control calls of discrepancies and the truth, below `/_sandbox`. */
export function discrepancyControl(engine: Engine): ControlRoute[] {
  return [
    {
      method: "POST",
      path: "/discrepancies",
      members: ["kind", "merchantId", "reportType"],
      handle: ({ body }) => {
        const merchantId = optionalText(body, "merchantId");
        const reportType = optionalText(body, "reportType");
        const spec = {
          kind: requiredText(body, "kind"),
          ...(merchantId === undefined ? {} : { merchantId }),
          ...(reportType === undefined ? {} : { reportType }),
        };
        return showDiscrepancy(requestDiscrepancy(engine, spec));
      },
    },
    {
      method: "GET",
      path: "/discrepancies",
      handle: () => ({
        kinds: DISCREPANCY_KINDS.map(({ kind, does, stage, leadsTo, mayFollow }) => ({
          kind,
          does,
          stage,
          leadsTo,
          mayFollow,
        })),
        discrepancies: [...discrepancies(engine).values()].map((one) => showDiscrepancy(one)),
      }),
    },
    { method: "DELETE", path: "/discrepancies", handle: () => ({ withdrawn: withdrawDiscrepancies(engine) }) },
    {
      method: "GET",
      path: "/truth",
      query: ["merchantId"],
      handle: ({ query }) => truthOf(engine, findMerchant(engine, requiredQuery(query, "merchantId")).merchantId),
    },
  ];
}
