import type { Engine } from "../engine.ts";
import { EXPIRE_SESSION, REMOVE_SESSION } from "./task-kinds.ts";
import { cancelSession } from "./cancel-session.ts";

/** Handles the scheduled tasks of sessions. */
export function installSessions(engine: Engine): void {
  engine.handle(EXPIRE_SESSION, (item) => {
    const session = engine.state.checkoutSessions.get(item.subject);
    if (session?.status.state === "Open") cancelSession(engine, session, "Expired");
  });
  engine.handle(REMOVE_SESSION, (item) => {
    engine.state.checkoutSessions.delete(item.subject);
  });
}
