import type { Engine } from "../engine.ts";
import { closePermission } from "./close-permission.ts";
import { EXPIRE_PERMISSION } from "./move-permission.ts";

/** Handles the scheduled tasks of permissions. */
export function installPermissions(engine: Engine): void {
  engine.handle(EXPIRE_PERMISSION, ({ subject }) => {
    const permission = engine.state.chargePermissions.get(subject);
    if (permission !== undefined && permission.state !== "Closed")
      closePermission(engine, permission, "Expired", false);
  });
}
