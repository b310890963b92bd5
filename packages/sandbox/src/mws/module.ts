import { seededRandom, uuid } from "@amazon-pay-kit/sdk/random";
import type { Module } from "../module.ts";
import type { Call } from "../http/call.ts";
import { Quotas } from "./quotas.ts";
import { mwsRefusal, serveMws } from "./serve.ts";

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
