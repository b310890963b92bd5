import { installCharges } from "./payments/charge-tasks.ts";
import { installDisputes } from "./disputes/change-dispute.ts";
import type { Engine } from "./engine.ts";
import { installPermissions } from "./payments/permission-tasks.ts";
import { installRefunds } from "./refunds/install.ts";
import { installSessions } from "./sessions/session-changes.ts";

/** Handles every scheduled task of the objects that all modules share. */
export function installObjects(engine: Engine): void {
  installSessions(engine);
  installPermissions(engine);
  installCharges(engine);
  installRefunds(engine);
  installDisputes(engine);
}
