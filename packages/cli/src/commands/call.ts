import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CliError, EXIT } from "../errors.ts";
import { hex } from "@amazon-pay-kit/sdk/random";
import { argument, text, texts, type CommandRow } from "../program/command.ts";
import type { Context } from "../program/context.ts";
import { withClient } from "../service/client.ts";

const METHODS = ["GET", "POST", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];

function methodOf(name: string): Method {
  const upper = name.toUpperCase();
  const found = METHODS.find((method) => method === upper);
  if (found === undefined)
    throw new CliError("usage.method", `cannot call with ${JSON.stringify(name)}`, {
      remedy: `use ${METHODS.join(", ")}`,
    });
  return found;
}

/** `name=value` pairs; a name may come twice. */
function pairs(list: readonly string[], option: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const item of list) {
    const at = item.indexOf("=");
    if (at < 1) throw new CliError("usage.pair", `${option}: ${JSON.stringify(item)} is not name=value`);
    found[item.slice(0, at)] = item.slice(at + 1);
  }
  return found;
}

/** A key of its own for a POST that has none, said before the call: anyone who gets no answer repeats it with the same key. */
function madeKey(context: Context, headers: Readonly<Record<string, string>>): string | undefined {
  if (Object.keys(headers).some((name) => name.toLowerCase() === "x-amz-pay-idempotency-key")) return undefined;
  const key = hex(context.random, 16);
  context.info(`idempotency key ${key}; to repeat exactly this call: --idempotency-key ${key}`);
  return key;
}

export const call: CommandRow = {
  name: "call",
  summary: "make any signed API call",
  description: "Signs and sends any call below /v2 and prints the response. The body is sent byte for byte as given.",
  arguments: [
    { name: "<method>", help: METHODS.join(", ") },
    { name: "<path>", help: "below /v2, e.g. /charges/S01-…" },
  ],
  options: [
    { flags: "--body <json>", help: "request body, or @FILE" },
    { flags: "--query <name=value>", help: "query parameter; may be repeated", repeat: true },
    { flags: "--header <name=value>", help: "additional header, not signed; may be repeated", repeat: true },
    {
      flags: "--idempotency-key <key>",
      help: "idempotency key of a POST; made and shown when left out, so that the call can be repeated",
    },
    { flags: "--include", help: "print status and headers too" },
  ],
  examples: [
    ["apay call GET /charges/S01-1234567-1234567-C123456", "read a charge"],
    ["apay call POST /charges --body @charge.json --idempotency-key order-4711", "create a charge"],
    ["apay call GET /reports --query pageSize=100", "with a query"],
  ],
  run: (context, input) =>
    withClient(context, async (client) => {
      const given = text(input, "body");
      const body =
        given?.startsWith("@") === true ? readFileSync(resolve(context.terminal.cwd, given.slice(1)), "utf8") : given;
      const query = pairs(texts(input, "query"), "--query");
      const headers = pairs(texts(input, "header"), "--header");
      const method = methodOf(argument(input, 0));
      const idempotencyKey =
        text(input, "idempotencyKey") ?? (method === "POST" ? madeKey(context, headers) : undefined);
      const answer = await client
        .call({
          method,
          // The client adds the version and, for plain keys, the environment: a path copied with them is the same call.
          path: argument(input, 1)
            .replace(/^(?!\/)/, "/")
            .replace(/^\/(?:(?:live|sandbox)\/)?v2(?=\/)/, ""),
          ...(body === undefined ? {} : { body }),
          ...(Object.keys(query).length === 0 ? {} : { query }),
          options: {
            signal: context.signal,
            idempotencyKey,
            headers,
          },
        })
        .withResponse();
      if (input.options["include"] === true) {
        context.document({
          status: answer.status,
          requestId: answer.requestId,
          headers: answer.headers,
          data: answer.data,
        });
      } else {
        context.terminal.out.write(
          `${JSON.stringify(answer.data, null, context.json && !context.terminal.out.isTTY ? undefined : 2)}\n`,
        );
      }
      return EXIT.done;
    }),
};
