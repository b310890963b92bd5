import { spawn } from "node:child_process";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { isPrivateAddress, literalAddress, privateAddressError, publicLookup } from "./address.ts";
import { HookError } from "./errors.ts";
import type { CommandHook, Hook, HookMessage, WebhookHook } from "./hook.ts";
import { hookSignature, SIGNATURE_HEADER } from "./signature.ts";

const DEFAULT_TIMEOUT = 30_000;

/** Runs the work, and aborts it when its time is over. */
async function within<T>(
  clock: Clock,
  hook: Hook,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const done = new AbortController();
  const late = new AbortController();
  const timeoutMs = hook.timeoutMs ?? DEFAULT_TIMEOUT;
  const waiting = clock.sleep(timeoutMs, done.signal).then(
    () => late.abort(new HookError("hook.unreachable", `hook ${hook.name} took longer than ${timeoutMs} ms`)),
    () => {},
  );
  try {
    return await work(AbortSignal.any([outer, late.signal]));
  } finally {
    done.abort();
    await waiting;
  }
}

function runCommand(hook: CommandHook, body: string, message: HookMessage, signal: AbortSignal): Promise<void> {
  const [program, ...args] = hook.command;
  const env = { ...process.env, APAY_EVENT_CODE: message.code, APAY_ACCOUNT_ID: message.accountId };
  return new Promise((resolve, reject) => {
    const fail = (why: string, cause?: unknown): void => {
      reject(new HookError("hook.command-failed", `hook ${hook.name} (${program}) ${why}`, { cause }));
    };
    const child = spawn(program, args, { stdio: ["pipe", "ignore", "pipe"], env, signal, killSignal: "SIGKILL" });
    let words = "";
    child.stderr.on("data", (text: Buffer) => {
      words = `${words}${text.toString()}`.slice(-500);
    });
    child.on("error", (error) =>
      fail(signal.aborted ? "was ended: it took too long" : `could not run: ${error.message}`, error),
    );
    child.on("close", (status) => (status === 0 ? resolve() : fail(`ended with status ${status}: ${words.trim()}`)));
    // A program that does not read its input is no reason to fail: its status decides.
    child.stdin.on("error", () => {});
    child.stdin.end(body);
  });
}

/** Sends a body, and gives the status of the answer. Redirects are not followed: what is signed is for this address alone. */
function postTo(
  hook: WebhookHook,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<number> {
  const url = new URL(hook.url);
  const literal = literalAddress(url.hostname);
  const guarded = hook.allowPrivateAddress !== true;
  if (guarded && literal !== undefined && isPrivateAddress(literal))
    return Promise.reject(privateAddressError(hook.name, literal, literal));
  return new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const options = {
      method: "POST",
      headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
      signal,
      // A connection for each: one that was kept may have been made before the name's addresses changed.
      agent: false,
      ...(guarded ? { lookup: publicLookup(hook.name) } : {}),
    };
    const sent = send(url, options, (answer) => {
      answer.on("error", () => {});
      answer.resume();
      resolve(answer.statusCode ?? 0);
      // What it says beyond its status is of no use, and may have no end.
      answer.destroy();
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

async function post(
  clock: Clock,
  hook: WebhookHook,
  body: string,
  message: HookMessage,
  { signal, replay }: Sending,
): Promise<void> {
  let status: number;
  try {
    status = await postTo(
      hook,
      body,
      {
        "content-type": "application/json",
        "x-apay-delivery": String(message.id),
        ...(replay === true ? { "x-apay-replay": "1" } : {}),
        [SIGNATURE_HEADER]: hookSignature(hook.secret, clock.now(), body),
      },
      signal,
    );
  } catch (cause) {
    if (cause instanceof HookError) throw cause;
    if (signal.reason instanceof HookError) throw new HookError(signal.reason.code, signal.reason.message, { cause });
    const why = cause instanceof Error ? `: ${cause.message}` : "";
    throw new HookError("hook.unreachable", `hook ${hook.name} cannot be reached${why}`, { cause });
  }
  if (status >= 200 && status < 300) return;
  const code = status >= 500 || status === 429 || status === 408 ? "hook.unreachable" : "hook.refused";
  throw new HookError(code, `hook ${hook.name} answered with ${status}`);
}

/** How a message is sent. */
export interface Sending {
  readonly signal: AbortSignal;
  /** It was delivered before, and somebody asked for it again. */
  readonly replay?: boolean;
}

/**
 * Tells one hook of one event.
 *
 * @throws HookError `hook.command-failed`, `hook.refused`, `hook.unreachable`, `hook.private-address`
 */
export async function sendTo(clock: Clock, hook: Hook, message: HookMessage, sending: Sending): Promise<void> {
  const body = JSON.stringify(message);
  await within(clock, hook, sending.signal, (signal) =>
    "url" in hook ? post(clock, hook, body, message, { ...sending, signal }) : runCommand(hook, body, message, signal),
  );
}
