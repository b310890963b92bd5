import { seededRandom, uuid } from "@amazon-pay-kit/sdk/random";
import type { Engine } from "../engine/engine.ts";
import type { Merchant } from "../engine/objects/index.ts";
import type { Answer, Call } from "../http/call.ts";
import type { Module } from "../module.ts";
import { defaultReportsSettings, reportsSettings } from "../reports/settings.ts";
import type { Settings } from "../settings.ts";
import { authorize } from "./access/authorize.ts";
import { type Parameters, readParameters, requiredParameter, shown } from "./access/read-parameters.ts";
import type { MwsAction } from "./action.ts";
import { REPORT_ACTIONS } from "./actions/reports.ts";
import { REQUEST_ACTIONS } from "./actions/requests.ts";
import { SCHEDULE_ACTIONS } from "./actions/schedules.ts";
import { type MwsCode, MwsError } from "./mws-error.ts";
import { Quotas } from "./quotas.ts";
import { type AnswerForm, errorAnswer, pingAnswer, successAnswer } from "./xml/answers.ts";

/** Version of the Reports API, in its path and its parameters. */
const VERSION = "2009-01-01";

/** Every action by name. */
const MWS_ACTIONS: ReadonlyMap<string, MwsAction> = new Map(
  Object.entries({ ...REQUEST_ACTIONS, ...REPORT_ACTIONS, ...SCHEDULE_ACTIONS }),
);

/** What serving needs. */
export interface MwsContext {
  readonly engine: Engine;
  readonly settings: Settings;
  readonly quotas: Quotas;
  /** A fresh request id; not drawn from the engine's chance, because a call that reads must not change what follows. */
  readonly requestId: () => string;
}

/** Answers a call of MWS; refusals are answers too. */
function serveMws(context: MwsContext, call: Call): Answer {
  const { engine } = context;
  const requestId = context.requestId();
  let form: AnswerForm = { namespace: defaultReportsSettings("na").mwsNamespace, blanks: false, requestId };
  try {
    if (call.method !== "GET" && call.method !== "POST") {
      throw new MwsError("InvalidAddress", `${call.method} is not a method of this service: use GET or POST.`);
    }
    const parameters = readParameters(call);
    if (call.method === "GET" && !parameters.has("Action")) return pingAnswer(engine.now(), requestId);
    const [name, action] = actionOf(parameters);
    const merchant = authorize(engine, call, parameters);
    form = formOf(engine, merchant, requestId);
    const { sellerId } = merchant.mws;
    const quota = context.quotas.take(sellerId, name, action.quota, engine.now(), context.settings.throttling);
    const result = action.run({ engine, merchant, parameters, strict: context.settings.strict });
    const answer = isAnswer(result) ? result : successAnswer(name, result, form);
    return { ...answer, headers: { "x-mws-request-id": requestId, ...answer.headers, ...quota } };
  } catch (error) {
    if (error instanceof MwsError) return errorAnswer(error, form);
    throw error;
  }
}

function actionOf(parameters: Parameters): [string, MwsAction] {
  const name = requiredParameter(parameters, "Action");
  const action = MWS_ACTIONS.get(name);
  if (action === undefined) {
    throw new MwsError("InvalidAddress", `Operation ${shown(name)} is not available for this section.`);
  }
  const version = parameters.get("Version") ?? VERSION;
  if (version !== VERSION) throw new MwsError("InvalidParameterValue", `Version must be ${VERSION}.`);
  return [name, action];
}

function isAnswer(result: ReturnType<MwsAction["run"]>): result is Answer {
  return "status" in result;
}

function formOf(engine: Engine, merchant: Merchant, requestId: string): AnswerForm {
  const { mwsNamespace, mwsBlanks } = reportsSettings(engine, merchant.merchantId);
  return { namespace: mwsNamespace, blanks: mwsBlanks, requestId };
}

/** How a fault that was asked for looks here. */
function mwsRefusal(status: number, _reasonCode: string, message: string): Answer {
  const mwsCode: MwsCode = status === 429 ? "RequestThrottled" : status >= 503 ? "ServiceUnavailable" : "InternalError";
  const form = { namespace: defaultReportsSettings("na").mwsNamespace, blanks: false, requestId: "asked-for" };
  return errorAnswer({ mwsCode, message, status: status === 429 ? 503 : status }, form);
}

/** The older way to the reports: the Reports API of MWS. */
export const mwsModule: Module = {
  name: "mws",
  install({ engine, settings }) {
    const quotas = new Quotas();
    let random = seededRandom("request ids of mws");
    engine.bus.on("state.replaced", () => {
      quotas.clear();
      random = seededRandom("request ids of mws");
    });
    const context = { engine, settings, quotas, requestId: () => uuid(random) };
    const handle = (call: Call) => serveMws(context, call);
    return {
      routes: ["/", "/Reports/2009-01-01"].map((path) => ({ method: "*", path, handle, refuse: mwsRefusal })),
    };
  },
};
