import { readStartOptions, readyLines, START_OPTIONS, startSandbox } from "@amazon-pay-kit/sandbox";
import { makeFolder } from "../books/make-folder.ts";
import { EXIT } from "../errors.ts";
import type { CommandRow } from "../program/command.ts";
import { untilStopped } from "./dashboard.ts";

export const sandboxStart: CommandRow = {
  name: "sandbox start",
  summary: "start a sandbox: Amazon Pay on your own machine",
  description:
    "Serves the whole API, the hosted pages, the control API and the inspector on loopback until stopped. State is kept in memory, or on disk with --data. The ready file contains everything a program needs: addresses, CA file, merchants and keys.",
  options: START_OPTIONS,
  examples: [
    ["apay sandbox start", "on http://127.0.0.1:8580 and https://127.0.0.1:8543"],
    ["apay sandbox start --port 0 --https-port 0 --ready-file ready.json", "for a test"],
    ["apay sandbox start --data ./sandbox --seed 1", "persistent, with the same ids every time"],
  ],
  async run(context, input) {
    const options = readStartOptions(input.options, context.terminal.cwd);
    if (options.dataDir !== undefined) makeFolder(options.dataDir, 0o700);
    const print = (message: string): void => context.info(message);
    const started = await startSandbox({ ...options, clock: context.clock, logger: { warn: print, error: print } });
    const { ready } = started;
    // One line, so that a program which reads line by line knows when it is complete.
    if (context.json) context.terminal.out.write(`${JSON.stringify(ready)}\n`);
    else {
      for (const line of readyLines(ready)) context.line(line);
      context.line();
      context.table(
        ready.merchants.flatMap((merchant) => merchant.keys.map((key) => ({ merchant, key }))),
        [
          { title: "merchant", value: ({ merchant }) => merchant.merchantId, spare: 1 },
          { title: "region", value: ({ merchant }) => merchant.region },
          { title: "cur", value: ({ merchant }) => merchant.currency },
          { title: "key id", value: ({ key }) => key.publicKeyId },
        ],
      );
      context.info("Ctrl-C ends it.");
    }
    await untilStopped(context.signal);
    await started.close();
    return EXIT.done;
  },
};
