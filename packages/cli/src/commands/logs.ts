import { EXIT } from "../errors.ts";
import { wholeOf } from "../options/whole.ts";
import { flag, text, type CommandRow } from "../program/command.ts";
import { callLines, type LoggedCall } from "../sandbox/calls.ts";
import { MERCHANT_OPTION, merchantOf, SANDBOX_OPTIONS, sandboxOf } from "../sandbox/control-client.ts";

/** How often a followed sandbox is asked for more, in milliseconds. */
const EVERY = 300;

export const logs: CommandRow = {
  name: "logs",
  summary: "show the calls that a sandbox has answered",
  description:
    "Shows the latest calls to a running sandbox: status, operation, what they changed and, for a wrong signature, the likely cause and what to do. With --follow goes on until stopped; with --json one call per line then.",
  options: [
    ...SANDBOX_OPTIONS,
    { ...MERCHANT_OPTION, help: "only calls of this merchant: its id, or na, eu or jp" },
    { flags: "-f, --follow", help: "go on with new calls until Ctrl-C" },
    { flags: "--failed", help: "only calls that were refused" },
    { flags: "--limit <n>", help: "how many of the latest calls (default: 20)" },
  ],
  examples: [
    ["apay logs --follow", "calls as they happen"],
    ["apay logs --failed --limit 5", "the last five refusals"],
  ],
  async run(context, input) {
    const sandbox = sandboxOf(context, input);
    const limit = wholeOf(text(input, "limit"), "--limit", 1) ?? 20;
    const wanted = text(input, "merchant");
    const merchant = wanted === undefined ? "" : `&merchantId=${(await merchantOf(sandbox, wanted)).merchantId}`;
    const failed = flag(input, "failed");
    const ask = async (after: number): Promise<LoggedCall[]> =>
      (await sandbox.call<{ events: LoggedCall[] }>("GET", `/events?after=${after}&limit=1000000${merchant}`)).events;
    const chosen = (calls: readonly LoggedCall[]): LoggedCall[] =>
      failed ? calls.filter(({ response }) => response.status >= 400) : [...calls];
    const show = (calls: readonly LoggedCall[]): void => {
      for (const call of calls) for (const line of callLines(call)) context.line(line);
    };

    /** Where to go on when nothing is new: a reset sandbox counts from 1 again. */
    const numbering = async (seen: number): Promise<number> => {
      const { events } = await sandbox.call<{ events: LoggedCall[] }>("GET", "/events?limit=1");
      return (events[0]?.eventId ?? 0) < seen ? 0 : seen;
    };

    let calls = await ask(0);
    const latest = chosen(calls).slice(-limit);
    if (!flag(input, "follow")) {
      if (context.json) context.document({ events: latest });
      else {
        show(latest);
        context.info(`${latest.length} of ${calls.length} calls; their details are at ${sandbox.address}/_sandbox/ui`);
      }
      return EXIT.done;
    }
    const tell = (some: readonly LoggedCall[]): void => {
      if (context.json) for (const call of some) context.terminal.out.write(`${JSON.stringify(call)}\n`);
      else show(some);
    };
    tell(latest);
    context.info(`Following ${sandbox.address}; Ctrl-C ends it.`);
    let seen = calls.at(-1)?.eventId ?? 0;
    while (!context.signal.aborted) {
      await context.clock.sleep(EVERY, context.signal).catch(() => undefined);
      if (context.signal.aborted) break;
      calls = await ask(seen);
      tell(chosen(calls));
      seen = calls.at(-1)?.eventId ?? (await numbering(seen));
    }
    return EXIT.done;
  },
};
