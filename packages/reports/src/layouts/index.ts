import type { KnownReportKind } from "../kind.ts";
import { authorization } from "./authorization.ts";
import { billingAgreement } from "./billing-agreement.ts";
import { capture } from "./capture.ts";
import type { Layout } from "./layout.ts";
import { multiCurrency } from "./multi-currency.ts";
import { orderReference } from "./order-reference.ts";
import { refund } from "./refund.ts";
import { settlement } from "./settlement.ts";

/** Every layout: a new report type is one file and one line here. */
export const LAYOUTS: readonly Layout[] = [
  settlement,
  refund,
  capture,
  authorization,
  billingAgreement,
  orderReference,
  multiCurrency,
];

const BY_KIND: ReadonlyMap<string, Layout> = new Map(LAYOUTS.map((layout) => [layout.kind, layout]));

/** The column table of a kind of report. */
export function layoutOf(kind: KnownReportKind): Layout {
  const layout = BY_KIND.get(kind);
  if (layout === undefined) throw new TypeError(`no layout for reports of kind ${JSON.stringify(kind)}`);
  return layout;
}
