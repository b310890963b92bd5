import type { Call } from "../http/call.ts";
import { ControlError } from "./control-error.ts";

const LOCAL_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/**
 * Lets in only calls that come from this machine, to a name of this machine, and not from a page of another site: the
 * control plane has no password, and a web page may send requests to 127.0.0.1 or have a name of its own point there.
 *
 * @param anywhere lets calls from other machines in too, for containers
 * @throws ControlError `control.forbidden`
 */
export function requireLoopback(call: Call, anywhere: boolean): void {
  const host = call.headers["host"];
  const origin = call.headers["origin"];
  if (!anywhere && (!call.loopback || (host !== undefined && !LOCAL_HOST.test(host)))) {
    throw new ControlError(
      "control.forbidden",
      "the control plane answers on this machine only: call it at http://127.0.0.1 or http://localhost",
    );
  }
  const sameSite = origin === undefined || origin === `${schemeOf(call.origin)}://${host ?? ""}`;
  if (!sameSite || call.headers["sec-fetch-site"] === "cross-site") {
    throw new ControlError("control.forbidden", "the control plane does not answer pages of other sites");
  }
}

const schemeOf = (origin: string): string => origin.slice(0, Math.max(origin.indexOf("://"), 0));
