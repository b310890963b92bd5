import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { EXIT } from "../errors.ts";
import { argument, type CommandRow } from "../program/command.ts";
import { withClient } from "../service/client.ts";

export const buttonSign: CommandRow = {
  name: "button sign",
  summary: "sign a checkout button or sign-in payload",
  description:
    "Checks and signs the payload in FILE (- reads standard input). The signature is valid only for exactly this text: copy payloadJSON and the algorithm into the page as printed.",
  arguments: [{ name: "<file>", help: "JSON payload, or -" }],
  examples: [
    ["apay button sign payload.json", "payload, signature, algorithm and key id for createCheckoutSessionConfig"],
    ["apay button sign sign-in.json --json", "for a program"],
  ],
  run: (context, input) =>
    withClient(context, async (client) => {
      const name = argument(input, 0);
      const payload =
        name === "-"
          ? await readAll(context.terminal.input)
          : readFileSync(resolve(context.terminal.cwd, name), "utf8");
      const signed = await client.button.create(payload.replace(/^\uFEFF/, "").trimEnd());
      if (context.json) context.document(signed);
      else {
        context.line(`payloadJSON  ${signed.payloadJSON}`);
        context.line(`signature    ${signed.signature}`);
        context.line(`algorithm    ${signed.algorithm}`);
        context.line(`publicKeyId  ${signed.publicKeyId}`);
      }
      return EXIT.done;
    }),
};

async function readAll(input: AsyncIterable<Buffer | string>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of input) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString("utf8");
}
