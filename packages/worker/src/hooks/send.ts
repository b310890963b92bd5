import { spawn } from "node:child_process";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
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
    () => late.abort(new HookError("hook.refused", `hook ${hook.name} took longer than ${timeoutMs} ms`)),
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

async function post(
  clock: Clock,
  hook: WebhookHook,
  body: string,
  message: HookMessage,
  signal: AbortSignal,
): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(hook.url, {
      method: "POST",
      body,
      redirect: "error",
      signal,
      headers: {
        "content-type": "application/json",
        "x-apay-delivery": String(message.id),
        [SIGNATURE_HEADER]: hookSignature(hook.secret, clock.now(), body),
      },
    });
  } catch (cause) {
    const why = signal.reason instanceof HookError ? signal.reason.message : `hook ${hook.name} cannot be reached`;
    throw new HookError("hook.refused", why, { cause });
  }
  await answer.body?.cancel();
  if (!answer.ok) throw new HookError("hook.refused", `hook ${hook.name} answered with ${answer.status}`);
}

/** Tells one hook of one event. @throws HookError `hook.command-failed`, `hook.refused` */
export async function sendTo(clock: Clock, hook: Hook, message: HookMessage, signal: AbortSignal): Promise<void> {
  const body = JSON.stringify(message);
  await within(clock, hook, signal, (limited) =>
    "url" in hook ? post(clock, hook, body, message, limited) : runCommand(hook, body, message, limited),
  );
}
