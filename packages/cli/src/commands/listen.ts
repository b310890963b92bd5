import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { CliError, EXIT, type ExitStatus } from "../errors.ts";
import { portOf } from "../options/port.ts";
import { text, type CommandRow, type Input } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { MERCHANT_OPTION, SANDBOX_OPTIONS, sandboxOf, type ControlMerchant } from "../sandbox/control-client.ts";
import { forward, forwardAddress, forwardedText, openReceiver } from "../sandbox/forward.ts";
import { untilStopped } from "./dashboard.ts";

/** What Amazon sends a notification with. */
const SNS_HEADERS = { "content-type": "text/plain; charset=UTF-8", "x-amz-sns-message-type": "Notification" };

export const listen: CommandRow = {
  name: "listen",
  summary: "forward notifications to a program on this machine",
  description:
    "Takes the notifications of a running sandbox, posts each to your program byte for byte, and shows what it answered; the sandbox gets the same status, so it retries as Amazon does. Your earlier notification addresses are put back at the end. With --message posts one message from a file, such as one that Amazon sent and you kept.",
  options: [
    { flags: "--forward-to <url>", help: "your notification handler, e.g. http://localhost:3000/ipn" },
    ...SANDBOX_OPTIONS,
    { ...MERCHANT_OPTION, help: "only this merchant: its id, or na, eu or jp (default: all)" },
    { flags: "--message <file>", help: "post the message in this file and end; - for standard input" },
    { flags: "--port <port>", help: "port that the sandbox sends to (default: any free one)" },
    { flags: "--address <url>", help: "address under which a sandbox in a container reaches that port" },
  ],
  examples: [
    [
      "apay listen --forward-to http://localhost:3000/ipn",
      "until Ctrl-C; in another terminal: apay trigger charge.declined",
    ],
    ["apay listen --forward-to http://localhost:3000/ipn --message kept.json", "one message again"],
  ],
  async run(context, input) {
    const url = forwardAddress(text(input, "forwardTo"));
    const file = text(input, "message");
    return file === undefined ? await follow(context, input, url) : await postOne(context, file, url);
  },
};

async function postOne(context: Context, file: string, url: string): Promise<ExitStatus> {
  const body =
    file === "-" ? await textOf(context.terminal.input) : readFileSync(resolve(context.terminal.cwd, file), "utf8");
  if (body.trim() === "") {
    throw new CliError("usage.message", `${file === "-" ? "standard input" : file} is empty`, {
      remedy: "give the whole message as it was delivered: JSON with Type, Message and Signature",
    });
  }
  const result = await forward(url, body, SNS_HEADERS, context.clock);
  if (context.json) context.document(result);
  else context.line(forwardedText(result));
  return result.status !== null && result.status < 300 ? EXIT.done : EXIT.problems;
}

async function follow(context: Context, input: Input, url: string): Promise<ExitStatus> {
  const sandbox = sandboxOf(context, input);
  const wanted = text(input, "merchant");
  const all = (await sandbox.call<{ merchants: ControlMerchant[] }>("GET", "/merchants")).merchants;
  const merchants = all.filter(
    ({ merchantId, region }) => wanted === undefined || wanted === merchantId || wanted === region,
  );
  if (merchants.length === 0) {
    throw new CliError("usage.merchant", `the sandbox has no merchant ${JSON.stringify(wanted ?? "")}`, {
      remedy: `name one of ${all.map(({ merchantId }) => merchantId).join(", ")}`,
    });
  }
  const address = text(input, "address");
  const port = portOf(text(input, "port"), "--port", 0);
  const receiver = await openReceiver(port, address === undefined ? "127.0.0.1" : "0.0.0.0", async (body, headers) => {
    const result = await forward(url, body, headers, context.clock);
    if (context.json) context.terminal.out.write(`${JSON.stringify(result)}\n`);
    else context.line(forwardedText(result));
    return result.status ?? 502;
  });
  const here = address ?? `http://127.0.0.1:${receiver.port}/`;
  try {
    for (const { merchantId } of merchants)
      await sandbox.call("POST", `/merchants/${merchantId}`, { notificationUrl: here });
    const ids = merchants.map(({ merchantId }) => merchantId);
    // One line, so that a program which reads line by line knows that it has begun.
    if (context.json)
      context.terminal.out.write(`${JSON.stringify({ listening: here, forwardTo: url, merchants: ids })}\n`);
    else context.info(`Forwarding notifications of ${ids.join(", ")} to ${url}; Ctrl-C ends it.`);
    await untilStopped(context.signal);
  } finally {
    for (const { merchantId, notificationUrl } of merchants)
      await sandbox.call("POST", `/merchants/${merchantId}`, { notificationUrl }).catch(() => undefined);
    await receiver.close();
  }
  return EXIT.done;
}
