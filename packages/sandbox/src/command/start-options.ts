import { resolve } from "node:path";
import type { StartOptions } from "../server/start-sandbox.ts";
import { UsageError } from "./usage-error.ts";

/** An option of the command line, as the help shows it. */
export interface StartOptionRow {
  /** `--port <port>`; a flag where no value follows. */
  readonly flags: string;
  readonly help: string;
  /** May be given more than once. */
  readonly repeat?: true;
}

/** Options of `npx @amazon-pay-kit/sandbox` and of `apay sandbox start`. */
export const START_OPTIONS: readonly StartOptionRow[] = [
  { flags: "--port <port>", help: "HTTP port (default: 8580; 0 picks a free one)" },
  { flags: "--https-port <port>", help: "HTTPS port (default: 8543; 0 picks a free one)" },
  { flags: "--host <host>", help: "address to listen on (default: 127.0.0.1)" },
  { flags: "--data <dir>", help: "keep state in this folder across restarts, also after kill -9" },
  { flags: "--fsync", help: "with --data: force each call to the disk, so that it survives a power cut too" },
  {
    flags: "--seed <seed>",
    help: "the same seed gives the same ids and history, and without --data the published test keys",
  },
  { flags: "--ready-file <file>", help: "file to write once calls are accepted" },
  { flags: "--notify <url>", help: "send the notifications of every merchant to this address" },
  {
    flags: "--remote-control",
    help: "allow other machines to use the control API and the inspector, for containers",
  },
  {
    flags: "--allow-host <name>",
    help: "a host name, without port, under which the control API may be called; addresses, localhost, sandbox and host.docker.internal always may",
    repeat: true,
  },
  { flags: "--strict", help: "reject what Amazon's own sandbox rejects, and what no SDK would send" },
  { flags: "--throttling", help: "enforce the published rate limits" },
  { flags: "--dispute-times <form>", help: "times of disputes: iso (text, default) or epoch (seconds)" },
];

/** What was typed, by the long name of the option in camel case: text, flag, or texts where an option may be repeated. */
export type StartValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/**
 * Reads the options of the command line. Files and folders are relative to `folder`.
 *
 * @throws UsageError for a value that cannot be used
 */
export function readStartOptions(values: StartValues, folder: string): StartOptions {
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === "string" ? value : undefined;
  };
  const path = (name: string, option: string, what: string): string | undefined => {
    const value = text(name);
    // An unset variable of a shell leaves an empty text: it would mean the working directory.
    if (value === "") throw new UsageError("usage.path", `${option} is empty`, `name ${what}, or leave ${option} out`);
    return value === undefined ? undefined : resolve(folder, value);
  };
  const dataDir = path("data", "--data", "a folder");
  const readyFile = path("readyFile", "--ready-file", "a file");
  const [host, seed, hosts] = [text("host"), text("seed"), values["allowHost"]];
  return {
    port: portOf(text("port"), "--port", 8580),
    httpsPort: portOf(text("httpsPort"), "--https-port", 8543),
    ...(host === undefined ? {} : { host }),
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(seed === undefined ? {} : { seed }),
    ...(readyFile === undefined ? {} : { readyFile }),
    ...notificationsOf(text("notify")),
    remoteControl: values["remoteControl"] === true,
    allowedHosts: typeof hosts === "object" ? hosts : [],
    fsync: values["fsync"] === true,
    strict: values["strict"] === true,
    throttling: values["throttling"] === true,
    disputeTimes: disputeTimesOf(text("disputeTimes")),
  };
}

function portOf(value: string | undefined, option: string, fallback: number): number {
  if (value === undefined) return fallback;
  const port = Number(value);
  if (value.trim() === "" || !Number.isInteger(port) || port < 0 || port > 65_535) {
    const message = `${option}: ${JSON.stringify(value)} is not a port`;
    throw new UsageError("usage.port", message, "use a number from 0 (any free one) to 65535");
  }
  return port;
}

function notificationsOf(url: string | undefined): { readonly notificationUrl?: string } {
  if (url === undefined) return {};
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    const message = `--notify: ${JSON.stringify(url)} is not an http or https address`;
    throw new UsageError("usage.url", message, "give one such as http://localhost:3000/ipn");
  }
  return { notificationUrl: url };
}

/** The official samples and the reference page differ; which form is live is unknown. */
function disputeTimesOf(form: string | undefined): "epoch" | "iso" {
  if (form === undefined || form === "epoch" || form === "iso") return form ?? "iso";
  throw new UsageError("usage.choice", `--dispute-times is "${form}"`, "give epoch or iso");
}
