import { dirname, join, resolve } from "node:path";
import { startSandbox } from "@amazon-pay-kit/sandbox";
import { makeFolder } from "../books/make-folder.ts";
import { CliError, EXIT } from "../errors.ts";
import { flag, text, texts, type CommandRow } from "../program/command.ts";
import { portOf } from "../options/port.ts";
import { untilStopped } from "./dashboard.ts";

export const sandboxStart: CommandRow = {
  name: "sandbox start",
  summary: "start a sandbox: Amazon Pay on your own machine",
  description:
    "Serves the whole API, the hosted pages, the control API and the inspector on loopback until stopped. State is kept in memory, or on disk with --data. The ready file contains everything a program needs: addresses, CA file, merchants and keys.",
  options: [
    { flags: "--port <port>", help: "HTTP port (default: 8580; 0 picks a free one)" },
    { flags: "--https-port <port>", help: "HTTPS port (default: 8543; 0 picks a free one)" },
    { flags: "--host <host>", help: "address to listen on (default: 127.0.0.1)" },
    { flags: "--data <dir>", help: "keep state in this folder across restarts" },
    { flags: "--seed <seed>", help: "the same seed gives the same ids and history" },
    { flags: "--ready-file <file>", help: "file to write once calls are accepted" },
    {
      flags: "--remote-control",
      help: "allow other machines to use the control API and the inspector, for containers",
    },
    {
      flags: "--allow-host <name>",
      help: "a host name, without port, under which the control API may be called; addresses, localhost, sandbox and host.docker.internal always may",
      repeat: true,
    },
    { flags: "--strict", help: "reject what Amazon's own sandbox rejects" },
    { flags: "--throttling", help: "enforce the published rate limits" },
    { flags: "--dispute-times <form>", help: "times of disputes: epoch (seconds, default) or iso (text)" },
  ],
  examples: [
    ["apay sandbox start", "on http://127.0.0.1:8580 and https://127.0.0.1:8543"],
    ["apay sandbox start --port 0 --https-port 0 --ready-file ready.json", "for a test"],
    ["apay sandbox start --data ./sandbox --seed 1", "persistent, with the same ids every time"],
  ],
  async run(context, input) {
    const here = (path: string | undefined) => (path === undefined ? undefined : resolve(context.terminal.cwd, path));
    const data = here(given(text(input, "data"), "--data", "a folder"));
    if (data !== undefined) makeFolder(data, 0o700);
    const seed = text(input, "seed");
    const host = text(input, "host");
    const readyFile = here(given(text(input, "readyFile"), "--ready-file", "a file"));
    const started = await startSandbox({
      port: portOf(text(input, "port"), "--port", 8580),
      httpsPort: portOf(text(input, "httpsPort"), "--https-port", 8543),
      ...(host === undefined ? {} : { host }),
      ...(data === undefined ? {} : { dataDir: data }),
      ...(seed === undefined ? {} : { seed }),
      ...(readyFile === undefined ? {} : { readyFile }),
      remoteControl: flag(input, "remoteControl"),
      allowedHosts: texts(input, "allowHost"),
      strict: flag(input, "strict"),
      throttling: flag(input, "throttling"),
      disputeTimes: disputeTimesOf(text(input, "disputeTimes")),
      clock: context.clock,
      logger: { warn: (message) => context.info(message), error: (message) => context.info(message) },
    });
    const { ready } = started;
    // One line, so that a program which reads line by line knows when it is complete.
    if (context.json) context.terminal.out.write(`${JSON.stringify(ready)}\n`);
    else {
      context.line(`HTTP       ${ready.http}`);
      context.line(`HTTPS      ${ready.https}`);
      context.line(`CA file    ${ready.caFile}`);
      context.line(`Inspector  ${ready.http}/_sandbox/ui`);
      const [folder] = ready.merchants.flatMap(({ keys }) => keys.map((key) => dirname(key.privateKeyFile)));
      if (folder !== undefined) context.line(`Keys       ${join(folder, "KEY ID.pem")}`);
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

/** The official samples and the reference page differ; which form is live is unknown. */
function disputeTimesOf(form: string | undefined): "epoch" | "iso" {
  if (form === undefined || form === "epoch" || form === "iso") return form ?? "epoch";
  throw new CliError("usage.choice", `--dispute-times is "${form}"`, { remedy: "give epoch or iso" });
}

/** Refuses an empty name, as an unset variable of a shell leaves it: it would mean the working directory. */
function given(path: string | undefined, option: string, what: string): string | undefined {
  if (path === "") {
    throw new CliError("usage.path", `${option} is empty`, { remedy: `name ${what}, or leave ${option} out` });
  }
  return path;
}
