import type { Target } from "./target.ts";
import { CLIENT_TARGETS } from "./targets/client.ts";
import { NOTIFICATION_TARGETS } from "./targets/notifications.ts";
import { RECORD_TARGETS } from "./targets/records.ts";
import { REPORT_TARGETS } from "./targets/reports.ts";
import { STATEMENT_TARGETS } from "./targets/statements.ts";
import { VALUE_TARGETS } from "./targets/values.ts";

/** Every reader of the kit that reads what somebody else wrote. */
export const TARGETS: readonly Target[] = [
  ...REPORT_TARGETS,
  ...STATEMENT_TARGETS,
  ...RECORD_TARGETS,
  ...VALUE_TARGETS,
  ...NOTIFICATION_TARGETS,
  ...CLIENT_TARGETS,
];
