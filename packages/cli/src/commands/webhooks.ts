import { formatInstant } from "@amazon-pay-kit/money";
import { LeaseError } from "@amazon-pay-kit/ledger/leases";
import { checkAfter, type EventMessage, EVENT_NAMES, eventsOf, numberEvents } from "@amazon-pay-kit/ledger/outbox";
import {
  enableHook,
  type Hook,
  HookError,
  type HookState,
  hookStates,
  type Replayed,
  replayEvents,
  testHook,
} from "@amazon-pay-kit/worker";
import { accountsOf } from "@amazon-pay-kit/ledger";
import { type OpenBooks, withBooks } from "../books/open.ts";
import { CliError, EXIT } from "../errors.ts";
import { endOf, momentOf } from "../options/times.ts";
import { wholeOf } from "../options/whole.ts";
import { argument, flag, text, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { hooksOf } from "../service/hooks.ts";
import type { Column } from "../terminal/table.ts";

const LARGEST_LIST = 500;

/** Names of the configured hooks, or the one that was named. */
function namesOf(context: Context, name: string | undefined): readonly string[] {
  const names = context.config().hooks.map((hook) => hook.name);
  if (name === undefined) return names;
  if (names.includes(name)) return [name];
  throw new CliError("webhooks.unknown", `there is no hook ${JSON.stringify(name)} in the configuration`, {
    remedy: names.length === 0 ? "add it under hooks in apay.config.json" : `choose from ${names.join(", ")}`,
  });
}

/** The hook that is meant: the one that was named, or the only one. */
function hookOf(context: Context, name: string | undefined): Hook {
  const names = namesOf(context, name);
  const [only, ...others] = names;
  if (only === undefined)
    throw new CliError("webhooks.unknown", "no hook is configured", {
      remedy: "add it under hooks in apay.config.json",
    });
  if (others.length > 0)
    throw new CliError("webhooks.which", `several hooks are configured: ${names.join(", ")}`, {
      remedy: `name one: --hook ${only}`,
    });
  const [hook] = hooksOf(context.config().hooks.filter((one) => one.name === only));
  if (hook === undefined) throw new TypeError("a hook that is configured is one");
  return hook;
}

/** The account that is meant: the one that was named, or the only one. */
async function accountOf({ books }: OpenBooks): Promise<string> {
  const accounts = await accountsOf(books);
  const [only, ...others] = accounts;
  if (only === undefined)
    throw new CliError("webhooks.no-account", "the books have no account yet", { remedy: "run apay sync first" });
  if (others.length === 0) return only;
  throw new CliError("webhooks.which-account", "events are numbered account by account", {
    remedy: `name one: --account ${only}`,
  });
}

const at = (moment: number | null): string | null => (moment === null ? null : formatInstant(moment));

function stateDocument({ deliveredAt, failingSince, nextAttemptAt, ...state }: HookState): Record<string, unknown> {
  return {
    ...state,
    deliveredAt: at(deliveredAt),
    failingSince: at(failingSince),
    nextAttemptAt: at(nextAttemptAt),
  };
}

const COLOURS = { told: "green", waiting: "yellow", failing: "red", disabled: "red" } as const;

const stateColumns: readonly Column<HookState>[] = [
  { title: "hook", value: (one) => one.name },
  { title: "account", value: (one) => one.accountId },
  { title: "state", value: (one) => one.state, paint: (one, cell, paint) => paint(COLOURS[one.state], cell) },
  { title: "last event", align: "right", value: (one) => String(one.delivered ?? "") },
  { title: "behind", align: "right", value: (one) => String(one.waiting) },
  { title: "failing since", value: (one) => at(one.failingSince) ?? "", spare: 1 },
  { title: "next try", value: (one) => at(one.nextAttemptAt) ?? "", spare: 2 },
  { title: "last error", value: (one) => one.lastError ?? "", wraps: true },
];

export const webhooksList: CommandRow = {
  name: "webhooks list",
  summary: "list webhooks and other hooks, and how far each was told",
  description:
    "Lists the configured hooks for each account: told, waiting, failing or disabled, with the number of the last event that was delivered and how many are behind it. Ends with 1 while one of them fails or is disabled.",
  options: [
    { flags: "--trouble", help: "only those that fail or are disabled" },
    { flags: "--limit <hooks>", help: "maximum number of lines (default: 100)" },
  ],
  examples: [
    ["apay webhooks list", "every hook of every account"],
    ["apay webhooks list --trouble", "those that somebody has to look at"],
  ],
  run: (context, input) =>
    withBooks(context, async ({ store, books }) => {
      const names = namesOf(context, undefined);
      const limit = wholeOf(text(input, "limit"), "--limit", 1) ?? 100;
      const filter = { names, accountId: books.accountId, inTrouble: flag(input, "trouble"), limit };
      const states = await hookStates(store, filter);
      if (context.json) context.document({ webhooks: states.map(stateDocument) });
      else if (names.length === 0) context.line("No hook is configured: add one under hooks in apay.config.json.");
      else if (states.length === 0)
        context.line(
          filter.inTrouble
            ? "Every hook is told."
            : "No hook has an account yet: apay sync --watch or apay worker adds it.",
        );
      else context.table(states, stateColumns);
      return states.some(({ state }) => state === "failing" || state === "disabled") ? EXIT.problems : EXIT.done;
    }),
};

const eventColumns: readonly Column<EventMessage>[] = [
  { title: "number", align: "right", value: (one) => String(one.sequence) },
  { title: "at", value: (one) => one.at },
  { title: "event", value: (one) => one.code },
  { title: "about", value: (one) => one.subject, wraps: true },
  {
    title: "facts",
    value: (one) =>
      Object.entries(one.facts)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => `${name}=${String(value)}`)
        .join(" "),
    wraps: true,
    spare: 1,
  },
];

export const webhooksEvents: CommandRow = {
  name: "webhooks events",
  summary: "list what has happened to an account, by number",
  description:
    "Lists the events of an account in their order: what webhooks are told, and what GET /v1/events gives. Numbers have no gap. Events are kept for 30 days.",
  options: [
    { flags: "--after <number>", help: "only events behind this number (default: the first that is kept)" },
    { flags: "--code <code>", help: "only events of this kind", choices: [...EVENT_NAMES] },
    { flags: "--limit <events>", help: `maximum number of events, 1 to ${LARGEST_LIST} (default: 50)` },
  ],
  examples: [
    ["apay webhooks events --account shop", "the oldest events that are kept"],
    ["apay webhooks events --account shop --after 41 --json", "what came after number 41"],
  ],
  run: (context, input) =>
    withBooks(context, async (open) => {
      const accountId = await accountOf(open);
      const after = wholeOf(text(input, "after"), "--after", 0) ?? 0;
      const limit = Math.min(wholeOf(text(input, "limit"), "--limit", 1) ?? 50, LARGEST_LIST);
      const code = EVENT_NAMES.find((one) => one === text(input, "code"));
      const span = await numberEvents(open.store, accountId);
      checkAfter(after, span, context.clock.now());
      const codes = code === undefined ? undefined : [code];
      const events = await eventsOf(open.store.db, { accountId, after, until: span.last, codes, limit });
      const next = events.length < limit ? Math.max(after, span.last) : (events.at(-1)?.sequence ?? after);
      if (context.json) context.document({ events, next });
      else if (events.length === 0) context.line("No events.");
      else context.table(events, eventColumns);
      return EXIT.done;
    }),
};

/** Turns a delivery that failed into status 3: it may go well at another time. */
async function delivered<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HookError)) throw error;
    const unreachable = error.code === "hook.unreachable" || error.code === "hook.refused";
    throw new CliError(error.code, error.message, {
      ...(unreachable || error.code === "hook.command-failed" ? { exitStatus: EXIT.service } : {}),
      cause: error,
    });
  }
}

export const webhooksTest: CommandRow = {
  name: "webhooks test",
  summary: "send a hook one signed event that stands for nothing",
  description:
    "Sends the event webhook.test, with number 0, to a hook of the configuration, signed as all others are, and says whether it was taken. No receiver has to do anything with it.",
  arguments: [{ name: "<hook>", help: "its name in the configuration" }],
  examples: [["apay webhooks test ops", "status 3 when it is not taken"]],
  run: async (context, input) => {
    const hook = hookOf(context, argument(input, 0));
    const accountId = context.accountName ?? "test";
    const message = await delivered(() => testHook({ clock: context.clock }, hook, accountId, context.signal));
    if (context.json) context.document({ hook: hook.name, delivered: true, event: message });
    else context.line(`${hook.name} has taken the event ${message.code}`);
    return EXIT.done;
  },
};

export const webhooksEnable: CommandRow = {
  name: "webhooks enable",
  summary: "tell a disabled or failing hook again, from where it is",
  description:
    "A hook that failed for days (disableAfterDays, usually 5) is disabled. This lets it be told again at once: it gets everything that waits, in order. With --account only for that account.",
  arguments: [{ name: "<hook>", help: "its name in the configuration" }],
  examples: [["apay webhooks enable ops", "after its receiver was mended"]],
  run: (context, input) =>
    withBooks(context, async ({ ledger, books }) => {
      const [name = ""] = namesOf(context, argument(input, 0));
      const accounts = await enableHook(ledger, name, books.accountId);
      if (context.json) context.document({ hook: name, accounts });
      else
        context.line(
          accounts === 0
            ? `${name} needs no help: it gets every event`
            : `${name} is told again, for ${accounts} ${accounts === 1 ? "account" : "accounts"}`,
        );
      return EXIT.done;
    }),
};

const TRIES = 10;
const PAUSE = 1000;

/** Waits a little for a worker that is telling the same account's hooks. */
async function inTurn(context: Context, work: () => Promise<Replayed>): Promise<Replayed> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LeaseError && error.code === "lease.held") || attempt === TRIES) throw error;
      await context.clock.sleep(PAUSE, context.signal);
    }
  }
}

function replayRange(context: Context, input: Input) {
  const from = wholeOf(text(input, "from"), "--from", 1);
  const since = text(input, "since");
  const to = text(input, "to");
  if ((from === undefined) === (since === undefined))
    throw new CliError("usage.replay", "say from where: a number, or a time", {
      remedy: "--from 42, or --since 2026-01-31T00:00:00Z; the numbers are in apay webhooks events",
    });
  if (from === undefined)
    return {
      since: momentOf(context, since ?? "", "--since"),
      before: to === undefined ? undefined : endOf(context, to, "--to"),
    };
  const last = wholeOf(to, "--to", from);
  return { from, to: last };
}

export const webhooksReplay: CommandRow = {
  name: "webhooks replay",
  summary: "send events again that a hook may have had already",
  description:
    "Sends the events of an account again, in their order, with the ids and numbers that they had and the header x-apay-replay: 1. It stops at the first that is not taken and says with which number to go on. What the hook is told by itself does not change.",
  options: [
    { flags: "--hook <name>", help: "its name in the configuration (default: the only one)" },
    { flags: "--from <number>", help: "from the event with this number on" },
    { flags: "--since <time>", help: "from this day or time on, in place of a number" },
    { flags: "--to <end>", help: "… up to this number, or to this day or time (default: the newest)" },
  ],
  examples: [
    ["apay webhooks replay --account shop --hook ops --from 42 --to 57", "sixteen events"],
    ["apay webhooks replay --account shop --since 2026-01-31", "everything from that day on"],
  ],
  run: (context, input) =>
    withBooks(context, async (open) => {
      const hook = hookOf(context, text(input, "hook"));
      const range = replayRange(context, input);
      const accountId = await accountOf(open);
      const done = await delivered(() =>
        inTurn(context, () =>
          replayEvents(open.ledger, {
            accountId,
            hook,
            ...range,
            signal: context.signal,
            onSent: ({ sequence }) => context.progress.update(`sending to ${hook.name}`, sequence),
          }),
        ),
      );
      context.progress.end();
      if (context.json) context.document({ hook: hook.name, accountId, ...done });
      else if (done.sent === 0) context.line("No event lies there: nothing was sent.");
      else context.line(`${done.sent} events sent to ${hook.name}: ${done.first} to ${done.last}`);
      return EXIT.done;
    }),
};
