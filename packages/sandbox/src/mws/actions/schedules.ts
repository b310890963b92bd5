import type { Engine } from "../../engine/engine.ts";
import type { ReportSchedule } from "../../engine/objects/index.ts";
import { dropSchedule, makeSchedule, scheduleOf } from "../../reports/making/scheduled-reports.ts";
import { maySchedule, reportTypeFacts } from "../../reports/report-types.ts";
import type { ActionCall, MwsAction } from "../action.ts";
import { requiredParameter } from "../access/read-parameters.ts";
import { timeParameter, wordsParameter } from "../filters.ts";
import { MwsError } from "../mws-error.ts";
import { firstPage, nextPage, pageElements, type Listing } from "../pages.ts";
import { MWS_SCHEDULES, mwsTime, NEVER } from "../status.ts";
import { element, type Element } from "../xml/element.ts";
import { REPORT_TYPE_NAMES } from "./requests.ts";
import { scheduleInfo } from "./show.ts";

const LISTING = "GetReportScheduleList";

/** Schedules have no page size of their own. */
const PAGE = 100;

function schedulesOf(engine: Engine, merchantId: string, { parameters }: Listing): ReportSchedule[] {
  const types = wordsParameter(parameters, "ReportTypeList.Type", REPORT_TYPE_NAMES);
  return [...engine.state.reportSchedules.under("merchant", merchantId)].filter(
    (schedule) => types === undefined || types.includes(schedule.reportType),
  );
}

function list({ engine, merchant }: ActionCall, listing: Listing): Element[] {
  return pageElements(LISTING, listing, schedulesOf(engine, merchant.merchantId, listing), PAGE, scheduleInfo);
}

const QUOTA = { burst: 10, restoreSeconds: 45, hourly: 80 } as const;

/** The actions around schedules. */
export const SCHEDULE_ACTIONS: Readonly<Record<string, MwsAction>> = {
  __proto__: null as never,
  ManageReportSchedule: { quota: QUOTA, run: manage },
  GetReportScheduleList: { quota: QUOTA, run: (call) => list(call, firstPage(call.parameters, call.engine.now())) },
  GetReportScheduleListByNextToken: {
    // The one quota that no page gives; its two siblings have this.
    quota: { burst: 30, restoreSeconds: 2, hourly: 1800 },
    run: (call) => list(call, nextPage(LISTING, call.parameters)),
  },
  GetReportScheduleCount: {
    quota: QUOTA,
    run: ({ engine, merchant, parameters }) => [
      element("Count", String(schedulesOf(engine, merchant.merchantId, firstPage(parameters, engine.now())).length)),
    ],
  },
};

/** Sets the schedule of a type anew, or ends it. */
function manage({ engine, merchant, parameters, strict }: ActionCall): Element[] {
  const { merchantId } = merchant;
  const facts = reportTypeFacts(requiredParameter(parameters, "ReportType"));
  if (facts === undefined || !maySchedule(facts, "sandbox", strict)) {
    throw new MwsError("InvalidParameterValue", "ReportType: reports of this type cannot be scheduled.");
  }
  const word = requiredParameter(parameters, "Schedule");
  const scheduleFrequency = MWS_SCHEDULES.get(word);
  if (scheduleFrequency === undefined && word !== NEVER) {
    const known = [...MWS_SCHEDULES.keys(), NEVER].join(", ");
    throw new MwsError("InvalidParameterValue", `Schedule must be one of ${known}.`);
  }
  const firstAt = timeParameter(parameters, "ScheduleDate") ?? engine.now();
  const present = scheduleOf(engine, merchantId, "sandbox", facts.type);
  if (present !== undefined) dropSchedule(engine, present);
  if (scheduleFrequency === undefined) {
    const ended = [
      element("ReportType", facts.type),
      element("Schedule", NEVER),
      element("ScheduledDate", mwsTime(firstAt)),
    ];
    return [element("Count", "1"), element("ReportSchedule", ended)];
  }
  const order = { merchantId, environment: "sandbox", reportType: facts.type, scheduleFrequency, firstAt } as const;
  return [element("Count", "1"), scheduleInfo(makeSchedule(engine, order))];
}
