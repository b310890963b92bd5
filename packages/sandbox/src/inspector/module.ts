import { assetRoute } from "../checkout/asset-routes.ts";
import { readAsset } from "../checkout/asset-file.ts";
import { ControlError } from "../control/control-error.ts";
import { type ControlAccess, requireAccess } from "../control/loopback-only.ts";
import type { Module, Route } from "../module.ts";
import { jsonAnswer, type Answer, type Call } from "../http/call.ts";
import { callPage } from "./calls/call-page.tsx";
import { callsPage } from "./calls/calls-page.tsx";
import { comparePage } from "./compare/compare-page.tsx";
import { clockPage } from "./control/clock-page.tsx";
import { faultsPage } from "./control/faults-page.tsx";
import { notificationsPage } from "./control/notifications-page.tsx";
import { INSPECTOR_ROOT } from "./frame/inspector-root.ts";
import { notFound } from "./frame/not-found.tsx";
import { ChangeSignal } from "./live/change-signal.ts";
import { changeStream } from "./live/stream.ts";
import { moneyPage } from "./money/money-page.tsx";
import { changesPage } from "./objects/changes-page.tsx";
import { objectPage } from "./objects/object-page.tsx";
import { objectsPage } from "./objects/objects-page.tsx";

/** A page to look at: every call with its explanation, objects with their histories, clock, faults and money. */
export const inspectorModule: Module = {
  name: "inspector",
  install: (context) => {
    const changes = new ChangeSignal();
    const { bus } = context.engine;
    for (const name of ["object.moved", "report.changed", "settlement.closed", "state.replaced"] as const) {
      bus.on(name, () => {
        changes.notify();
      });
    }
    const get = (path: string, handle: Route["handle"]): Route => ({
      method: "GET",
      path: INSPECTOR_ROOT + path,
      handle: guarded(handle, context.controlAccess),
      logged: false,
    });
    return {
      routes: [
        get("", (call) => callsPage(context, call)),
        get("/calls/:id", (_, { id }) => callPage(context, id ?? "")),
        get("/compare", (call) => comparePage(context, call)),
        get("/changes", () => changesPage(context)),
        get("/objects/:kind", (call, { kind }) => objectsPage(context, call, kind ?? "")),
        get("/objects/:kind/:id", (_, { kind, id }) => objectPage(context, kind ?? "", id ?? "")),
        get("/notifications", () => notificationsPage(context)),
        get("/money", (call) => moneyPage(context, call)),
        get("/clock", () => clockPage(context)),
        get("/faults", () => faultsPage(context)),
        get("/stream", (call) => changeStream(context.events, changes, call.signal)),
        {
          ...assetRoute(`${INSPECTOR_ROOT}/inspector.css`, "text/css", () =>
            readAsset("inspector/frame/inspector.css"),
          ),
          logged: false,
        },
        {
          ...assetRoute(`${INSPECTOR_ROOT}/inspector.js`, "text/javascript", () =>
            readAsset("inspector/browser/inspector.js"),
          ),
          logged: false,
        },
        get("/*", () => notFound(context, "", "There is no such page.")),
      ],
    };
  },
};

/** The pages are for this machine, as the control plane is. */
function guarded(handle: Route["handle"], access: ControlAccess): Route["handle"] {
  return (call: Call, params): Answer | Promise<Answer> => {
    try {
      requireAccess(call, access);
    } catch (error) {
      if (error instanceof ControlError)
        return jsonAnswer(error.status, { error: { code: error.code, message: error.message } });
      throw error;
    }
    return handle(call, params);
  };
}
