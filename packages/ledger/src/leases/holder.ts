import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname, networkInterfaces } from "node:os";

/** Who holds a lease, as it stands in its row: enough to see from the same machine whether that process is still there. */
export interface Holder {
  /** Different for every time that a lease is taken. */
  readonly id: string;
  /** For how long it is held without a heartbeat. */
  readonly millis: number;
  readonly pid: number;
  /** When the process began, in the machine's own count: a later process with the same number has another. */
  readonly started: string;
  /** One boot of one machine, and its space of process numbers: a container has its own. */
  readonly host: string;
}

/** Of holders that do not say: those of earlier versions, and whatever somebody has written by hand. */
const MILLIS = 60_000;

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return null;
  }
}

/** State and start of a process, or `null` where the system does not show them. */
function processOf(pid: number | "self"): { readonly state: string; readonly started: string } | null {
  // The name of the program, in brackets, may itself have blanks and brackets.
  const fields = /\) (\S) (?:\S+ ){18}(\d+)/.exec(textOf(`/proc/${pid}/stat`) ?? "");
  return fields === null ? null : { state: fields[1] ?? "", started: fields[2] ?? "" };
}

function spaceOfProcessNumbers(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

function thisHost(): string {
  const boot = textOf("/proc/sys/kernel/random/boot_id");
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ mac }) => mac));
  const own = boot === null ? [hostname(), ...new Set(addresses.toSorted())] : [boot, spaceOfProcessNumbers()];
  return createHash("sha256").update(own.join(" ")).digest("hex").slice(0, 16);
}

let host: string | undefined;

/** This process as the holder of a lease. */
export function thisHolder(id: string, millis: number): Holder {
  host ??= thisHost();
  return { id, millis, pid: process.pid, started: processOf("self")?.started ?? "", host };
}

/** `1f0c…:60000:4711:88123:9a3e…`. */
export function holderText({ id, millis, pid, started, host: where }: Holder): string {
  return [id, millis, pid, started, where].join(":");
}

/** The holder in a row; one that says nothing of itself has its id alone. */
export function readHolder(text: string): Holder {
  const match = /^([^:]*):(\d{1,12}):(\d{1,12}):(\d*):([0-9a-f]{16})$/.exec(text);
  if (match === null) return { id: text, millis: MILLIS, pid: 0, started: "", host: "" };
  const [, id = "", millis = "", pid = "", started = "", where = ""] = match;
  return { id, millis: Number(millis), pid: Number(pid), started, host: where };
}

/** Whether a holder ran on this machine, since it was last started. */
export function isOfThisHost({ host: where }: Holder): boolean {
  host ??= thisHost();
  return where === host;
}

/**
 * Whether the process that holds a lease has ended. Only its own machine can tell; what it cannot be sure of is `false`, and
 * the lease then runs out by itself.
 */
export function hasEnded(holder: Holder): boolean {
  if (!isOfThisHost(holder) || holder.pid === 0) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // A process of another user may not be signalled, and is there.
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
  const found = processOf(holder.pid);
  if (found === null || holder.started === "") return false;
  return found.started !== holder.started || found.state === "Z" || found.state === "X";
}

/** A holder in words. */
export function holderWords(holder: Holder): string {
  return isOfThisHost(holder) && holder.pid !== 0 ? `process ${holder.pid} on this machine` : `runner ${holder.id}`;
}
