import type { ControlRoute } from "../module.ts";
import type { Sandbox } from "./sandbox.ts";
import { requiredText } from "../control/read-members.ts";

/** `GET /_sandbox/health`, `POST /_sandbox/reset`, and `GET` and `PUT /_sandbox/snapshot`. */
export function stateCalls(
  sandbox: Pick<Sandbox, "engine" | "settings" | "failures" | "reset" | "snapshot" | "restore">,
): ControlRoute[] {
  return [
    {
      method: "GET",
      path: "/health",
      handle: () => {
        const { state } = sandbox.engine;
        const objects: Record<string, number> = {};
        for (const collection of state.collections()) objects[collection.name] = collection.size;
        const { strict, throttling } = sandbox.settings;
        const status = sandbox.failures.length === 0 ? "ok" : "failing";
        return { status, strict, throttling, failures: sandbox.failures, objects };
      },
    },
    {
      method: "POST",
      path: "/reset",
      handle: () => {
        sandbox.reset();
        return { status: "reset" };
      },
    },
    { method: "GET", path: "/snapshot", handle: () => ({ snapshot: sandbox.snapshot() }) },
    {
      method: "PUT",
      path: "/snapshot",
      members: ["snapshot"],
      handle: ({ body }) => {
        sandbox.restore(requiredText(body, "snapshot"));
        return { status: "restored" };
      },
    },
  ];
}
