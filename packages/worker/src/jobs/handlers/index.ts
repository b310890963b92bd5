import type { JobKind, JobOrders } from "../kinds.ts";
import { discover } from "./discover.ts";
import { exportAccount } from "./export.ts";
import { fetchReport } from "./fetch.ts";
import type { JobContext } from "./job.ts";
import { loadReport } from "./load.ts";
import { notify } from "./notify.ts";
import { reconcileAccount } from "./reconcile.ts";

/** What is done for each kind of job. All of it may be done twice, or stopped anywhere, without harm. */
export const HANDLERS: { readonly [Kind in JobKind]: (job: JobContext, order: JobOrders[Kind]) => Promise<object> } = {
  discover,
  fetch: fetchReport,
  load: loadReport,
  reconcile: reconcileAccount,
  export: exportAccount,
  notify,
};
