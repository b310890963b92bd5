import { EXIT, CliError } from "../errors.ts";
import { wholeOf } from "../options/whole.ts";
import { argument, flag, text, type CommandRow, type Input } from "../program/command.ts";
import { MERCHANT_OPTION, merchantOf, SANDBOX_OPTIONS, sandboxOf } from "../sandbox/control-client.ts";

interface ClockReading {
  readonly now: string;
  readonly machineTime: string;
  readonly tasks: number;
}

export const sandboxClock: CommandRow = {
  name: "sandbox clock",
  summary: "read or move the clock of a running sandbox",
  description:
    "Shows the sandbox's clock, or moves it. Everything due in between happens in order: expiries, decisions on pending charges, settlements, reports.",
  options: [
    ...SANDBOX_OPTIONS,
    { flags: "--advance <duration>", help: "ISO 8601: PT30S, P1D, P1M" },
    { flags: "--to <moment>", help: "such as 2026-01-31T00:00:00Z" },
  ],
  examples: [
    ["apay sandbox clock --advance P31D", "an authorization expires after 30 days"],
    ["apay sandbox clock", "what it shows now"],
  ],
  async run(context, input) {
    const [advance, to] = [text(input, "advance"), text(input, "to")];
    if (advance !== undefined && to !== undefined) throw new CliError("usage", "give either --advance or --to");
    const body = advance === undefined ? (to === undefined ? undefined : { now: to }) : { advance };
    const sandbox = sandboxOf(context, input);
    const reading = await sandbox.call<ClockReading>(body === undefined ? "GET" : "POST", "/clock", body);
    if (context.json) context.document(reading);
    else context.line(`${reading.now}  (machine: ${reading.machineTime}; ${reading.tasks} tasks are due later)`);
    return EXIT.done;
  },
};

const FAULTS = ["status", "throttle", "reset", "lost-answer", "hang", "slow", "truncate"];

/** A whole number of an option, where it was given. */
const whole = (input: Input, name: string, option: string): number | undefined => wholeOf(text(input, name), option, 0);

export const sandboxFault: CommandRow = {
  name: "sandbox fault",
  summary: "make the next calls to a running sandbox fail",
  description:
    "Adds a rule by which calls fail: status (--status 503), throttle (429), reset (before the work), lost-answer (after it), hang, slow or truncate. Without a kind, lists the rules and what they hit.",
  arguments: [{ name: "[kind]", help: FAULTS.join(", ") }],
  options: [
    ...SANDBOX_OPTIONS,
    { flags: "--method <method>", help: "only calls with this method" },
    {
      flags: "--path <path>",
      help: "only calls at or below this path, e.g. /v2/charges; * stands for any text in a segment",
    },
    { flags: "--status <status>", help: "HTTP status of the fault status" },
    { flags: "--reason-code <code>", help: "reason code of the fault status" },
    { flags: "--retry-after <seconds>", help: "send a Retry-After header" },
    { flags: "--delay-ms <n>", help: "delay of the fault slow (default: 3000)" },
    { flags: "--skip <n>", help: "matching calls that pass first (default: 0)" },
    { flags: "--times <n>", help: "matching calls that fail, or always (default: 1)" },
    { flags: "--clear", help: "remove all rules" },
  ],
  examples: [
    ["apay sandbox fault lost-answer --method POST", "the next POST is carried out, and its response is lost"],
    ["apay sandbox fault status --status 503 --times 2 --path /v2/charges", "two calls are refused"],
    ["apay sandbox fault --clear", "calls succeed again"],
  ],
  async run(context, input) {
    const sandbox = sandboxOf(context, input);
    const kind = input.args[0];
    if (flag(input, "clear")) {
      const { removed } = await sandbox.call<{ removed: number }>("DELETE", "/faults");
      if (context.json) context.document({ removed });
      else context.line(`${removed} rules removed`);
      return EXIT.done;
    }
    if (kind === undefined) {
      const listed = await sandbox.call<{ faults: Fault[]; hits: object[] }>("GET", "/faults");
      if (context.json) context.document(listed);
      else {
        for (const rule of listed.faults) context.line(faultText(rule));
        context.line(`${listed.faults.length} rules, ${listed.hits.length} calls made to fail`);
      }
      return EXIT.done;
    }
    const times = text(input, "times");
    const rule = await sandbox.call<Fault>("POST", "/faults", {
      match: { method: text(input, "method"), path: text(input, "path") },
      fault: kind,
      status: whole(input, "status", "--status"),
      reasonCode: text(input, "reasonCode"),
      retryAfter: whole(input, "retryAfter", "--retry-after"),
      delayMs: whole(input, "delayMs", "--delay-ms"),
      skip: whole(input, "skip", "--skip"),
      times: times === undefined || times === "always" ? times : wholeOf(times, "--times", 1),
    });
    if (context.json) context.document(rule);
    else context.line(faultText(rule));
    return EXIT.done;
  },
};

interface Fault {
  readonly faultId: string;
  readonly fault: string;
  readonly match: { readonly method: string | null; readonly path: string | null };
  readonly skip: number;
  readonly times: number | string | null;
}

const faultText = ({ faultId, fault, match, skip, times }: Fault): string =>
  `${faultId}  ${fault}  ${match.method ?? "any method"} ${match.path ?? "any path"}  skip ${skip}, times ${times ?? "always"}`;

export const sandboxBuyer: CommandRow = {
  name: "sandbox buyer",
  summary: "act as the buyer of a checkout session",
  description:
    "Does what the buyer does on the hosted pages: sign-in (choose card and address), approve, cancel, decline or fail. Prints where the buyer's browser goes next.",
  arguments: [
    { name: "<session>", help: "checkout session id" },
    { name: "<action>", help: "sign-in, approve, cancel, decline, fail" },
  ],
  options: [
    ...SANDBOX_OPTIONS,
    { flags: "--card <card>", help: "test card, by id (visa-1111) or last digits (3434)" },
    { flags: "--buyer <id>", help: "test buyer" },
    { flags: "--address <id>", help: "test address" },
  ],
  examples: [
    ["apay sandbox buyer 1f6c5c1e-… sign-in --card 3434", "choose the card that is declined"],
    ["apay sandbox buyer 1f6c5c1e-… approve", "pay"],
  ],
  async run(context, input) {
    const sandbox = sandboxOf(context, input);
    const answer = await sandbox.call<{ redirectUrl: string | null }>(
      "POST",
      `/checkout-sessions/${encodeURIComponent(argument(input, 0))}/buyer`,
      {
        action: argument(input, 1),
        instrument: text(input, "card"),
        buyerId: text(input, "buyer"),
        shippingAddress: text(input, "address"),
      },
    );
    if (context.json) context.document(answer);
    else context.line(answer.redirectUrl ?? "done; the session names no address to return to");
    return EXIT.done;
  },
};

interface Sent {
  readonly notificationId: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly notificationType: string;
  readonly state: string;
  readonly delivery: string;
  readonly at: string;
}

export const sandboxNotify: CommandRow = {
  name: "sandbox notify",
  summary: "set where notifications go, list them, or spoil the next ones",
  description:
    "Without options lists the latest notifications of a merchant. --url sets the address that they go to. --duplicate, --delay, --reorder and --lose change how the next ones are delivered.",
  options: [
    ...SANDBOX_OPTIONS,
    MERCHANT_OPTION,
    { flags: "--url <url>", help: "send the merchant's notifications to this address; none for nowhere" },
    { flags: "--duplicate <n>", help: "send the next one so many times more" },
    { flags: "--delay <duration>", help: "send the next one later, by the sandbox's clock: PT5M" },
    { flags: "--reorder <n>", help: "send the next n in reverse order" },
    { flags: "--lose", help: "never send the next one" },
    { flags: "--times <n>", help: "how many notifications that applies to (default: 1)" },
  ],
  examples: [
    ["apay sandbox notify --url http://localhost:3000/ipn", "to your program"],
    ["apay sandbox notify --duplicate 1", "the next one arrives twice"],
    ["apay sandbox notify", "what was sent, and whether it was accepted"],
  ],
  async run(context, input) {
    const sandbox = sandboxOf(context, input);
    const { merchantId } = await merchantOf(sandbox, text(input, "merchant"));
    const url = text(input, "url");
    if (url !== undefined) {
      const body = { notificationUrl: url === "none" ? null : url };
      const changed = await sandbox.call<object>("POST", `/merchants/${merchantId}`, body);
      if (context.json) context.document({ merchantId, ...body, changed: "notificationUrl" in changed });
      else context.line(`notifications of ${merchantId} go ${url === "none" ? "nowhere" : `to ${url}`}`);
      return EXIT.done;
    }
    const plan = {
      duplicate: whole(input, "duplicate", "--duplicate"),
      delay: text(input, "delay"),
      reorder: whole(input, "reorder", "--reorder"),
      lose: flag(input, "lose") ? true : undefined,
      times: whole(input, "times", "--times"),
    };
    if (Object.values(plan).some((value) => value !== undefined)) {
      const planned = await sandbox.call<object>("POST", "/notifications", { merchantId, ...plan });
      if (context.json) context.document(planned);
      else context.line(`planned for the next notifications of ${merchantId}`);
      return EXIT.done;
    }
    const listed = await sandbox.call<{ notifications: Sent[]; planned: object[] }>(
      "GET",
      `/notifications?merchantId=${merchantId}&limit=20`,
    );
    if (context.json) context.document(listed);
    else {
      context.table(listed.notifications, [
        { title: "at", value: ({ at }) => at, spare: 2 },
        { title: "object", value: ({ objectId }) => objectId },
        {
          title: "state",
          value: ({ state, notificationType }) => (notificationType === "STATE_CHANGE" ? state : notificationType),
        },
        { title: "delivery", value: ({ delivery }) => delivery, spare: 1 },
      ]);
    }
    return EXIT.done;
  },
};

export const sandboxReset: CommandRow = {
  name: "sandbox reset",
  summary: "put a running sandbox back to how it was after its start",
  options: SANDBOX_OPTIONS,
  examples: [["apay sandbox reset", "merchants and keys stay, everything else is gone"]],
  async run(context, input) {
    const answer = await sandboxOf(context, input).call<object>("POST", "/reset");
    if (context.json) context.document(answer);
    else context.line("the sandbox is as after its start");
    return EXIT.done;
  },
};
