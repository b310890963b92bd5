import type { EventCode, EventMessage } from "@amazon-pay-kit/ledger/outbox";
import { isPrivateAddress, literalAddress, privateAddressError } from "./address.ts";
import { HookError } from "./errors.ts";

interface AnyHook {
  /** Names the hook in the store: keep it, and it goes on where it was. */
  readonly name: string;
  /** Events that it receives. Default: all. */
  readonly on?: readonly EventCode[];
  /** How long it may take, in milliseconds. Default 30 seconds. */
  readonly timeoutMs?: number;
  /** Days of failures after which it is told nothing more until somebody enables it. Default 5. */
  readonly disableAfterDays?: number;
}

/** A program that receives each event as JSON on standard input; exit status 0 confirms delivery. */
export interface CommandHook extends AnyHook {
  /** Program and arguments; no shell is involved. */
  readonly command: readonly [string, ...string[]];
}

/** A URL that receives each event as a signed POST; a 2xx response confirms delivery. */
export interface WebhookHook extends AnyHook {
  /** `https://…`; `http://` only on this machine. */
  readonly url: string;
  /** Key of the signature; see `verifyHookSignature`. */
  readonly secret: string;
  /** The receiver may be on this machine or in a private network. Default `false`: such addresses are refused. */
  readonly allowPrivateAddress?: boolean;
}

/** A receiver of events: a command or a URL. */
export type Hook = CommandHook | WebhookHook;

/** The event a hook receives, as JSON. */
export interface HookMessage extends EventMessage {
  /**
   * Number of the event of this account that the hook got before this one; null for its first. When that is not what the receiver
   * has seen last, it has missed something: `GET /v1/events` has it.
   */
  readonly previous: number | null;
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

function checkUrl({ name, url: text, allowPrivateAddress = false }: WebhookHook): void {
  if (!URL.canParse(text)) throw new HookError("hook.bad-option", `the address of hook ${name} is not a URL`);
  const { protocol, hostname } = new URL(text);
  const literal = hostname === "localhost" ? "127.0.0.1" : literalAddress(hostname);
  if (!allowPrivateAddress && literal !== undefined && isPrivateAddress(literal))
    throw privateAddressError(name, hostname, literal);
  if (protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname))) return;
  throw new HookError(
    "hook.insecure-url",
    `hook ${name} must have an https:// address: events tell how the money moves`,
  );
}

/** @throws HookError `hook.bad-option`, `hook.insecure-url` */
export function checkHooks(hooks: readonly Hook[]): void {
  const names = new Set<string>();
  for (const hook of hooks) {
    if (hook.name === "" || names.has(hook.name)) {
      throw new HookError("hook.bad-option", `hooks need names that differ: ${JSON.stringify(hook.name)}`);
    }
    names.add(hook.name);
    const days = hook.disableAfterDays ?? 1;
    if (!Number.isFinite(days) || days <= 0 || days > 30)
      throw new HookError(
        "hook.bad-option",
        `disableAfterDays of hook ${hook.name} is ${days}: expected up to 30 days`,
      );
    if ("url" in hook) {
      checkUrl(hook);
      if (hook.secret === "") throw new HookError("hook.bad-option", `hook ${hook.name} has no secret to sign with`);
    } else if (!hook.command[0]) {
      throw new HookError("hook.bad-option", `hook ${hook.name} has neither a url nor a command`);
    }
  }
}
