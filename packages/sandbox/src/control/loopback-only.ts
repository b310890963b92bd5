import { isIP } from "node:net";
import type { Call } from "../http/call.ts";
import { ControlError } from "./control-error.ts";

/** Whom the control plane and the inspector answer. */
export interface ControlAccess {
  /** Lets in calls from other machines too, for containers. */
  readonly remote: boolean;
  /** Names under which it may be called beside those of {@link requireAccess}, in lower case and without a port. */
  readonly hosts: readonly string[];
}

const LOCAL_HOST = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Names that containers and their hosts have for each other; on the web they lead nowhere. */
const CONTAINER_HOSTS = ["sandbox", "host.docker.internal"];

/** `Sandbox:8580` is `sandbox`; `[::1]:8580` is `[::1]`. */
function nameOf(host: string): string {
  return host.replace(/:\d{1,5}$/, "").toLowerCase();
}

/**
 * Whether a name can only mean this service. A name of the web could be made to point here by its owner, whose page would
 * then be of the same origin (DNS rebinding); a bare address is no such name.
 */
function isOwnName(name: string, { remote, hosts }: ControlAccess): boolean {
  if (LOCAL_HOST.test(name) || hosts.includes(name)) return true;
  return remote && (isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0 || CONTAINER_HOSTS.includes(name));
}

/**
 * Lets in only calls that come from this machine, to a name of this machine, and not from a page of another site: the
 * control plane has no password, and a web page may send requests to 127.0.0.1 or have a name of its own point there.
 *
 * Where other machines may call, they do so by address, as `localhost`, `sandbox` or `host.docker.internal`, or by a name
 * that was allowed.
 *
 * @throws ControlError `control.forbidden`
 */
export function requireAccess(call: Call, access: ControlAccess): void {
  const host = call.headers["host"];
  const origin = call.headers["origin"];
  if (!access.remote && !call.loopback) {
    throw new ControlError(
      "control.forbidden",
      "the control plane answers on this machine only: call it at http://127.0.0.1 or http://localhost",
    );
  }
  if (host !== undefined && !isOwnName(nameOf(host), access)) {
    throw new ControlError(
      "control.forbidden",
      access.remote
        ? "the control plane does not answer under this host name: call it by its address, or allow the name with --allow-host"
        : "the control plane answers on this machine only: call it at http://127.0.0.1 or http://localhost, or allow the name with --allow-host",
    );
  }
  const sameSite = origin === undefined || origin === `${schemeOf(call.origin)}://${host ?? ""}`;
  if (!sameSite || call.headers["sec-fetch-site"] === "cross-site") {
    throw new ControlError("control.forbidden", "the control plane does not answer pages of other sites");
  }
}

const schemeOf = (origin: string): string => origin.slice(0, Math.max(origin.indexOf("://"), 0));
