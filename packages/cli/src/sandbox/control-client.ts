import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CliError, EXIT } from "../errors.ts";
import { text, type Input, type OptionRow } from "../program/command.ts";
import type { Context } from "../program/context.ts";

const DEFAULT_ADDRESS = "http://127.0.0.1:8580";

/** How every command that steers a sandbox finds it. */
export const SANDBOX_OPTIONS: readonly OptionRow[] = [
  { flags: "--sandbox <url>", help: "HTTP address of the sandbox (default: APAY_SANDBOX, or http://127.0.0.1:8580)" },
  { flags: "--ready-file <file>", help: "ready file of the sandbox, in place of its address" },
];

/** The control API of a running sandbox. */
export interface SandboxControl {
  /** `http://127.0.0.1:8580` */
  readonly address: string;
  /**
   * Calls the control API; paths are those below `/_sandbox`.
   *
   * @throws CliError with the sandbox's code for what it refuses (exit status 2), `sandbox.unreachable` where none answers (3)
   */
  call<T>(method: "GET" | "POST" | "DELETE", path: string, body?: object): Promise<T>;
}

/** A merchant as `GET /_sandbox/merchants` shows it. */
export interface ControlMerchant {
  readonly merchantId: string;
  readonly storeId: string;
  readonly region: "na" | "eu" | "jp";
  readonly currency: "USD" | "EUR" | "GBP" | "JPY";
  readonly keys: readonly { readonly publicKeyId: string; readonly privateKey: string | null }[];
  readonly notificationUrl: string | null;
}

/** The sandbox that the command line names. @throws CliError for an address or a ready file that cannot be used */
export function sandboxOf(context: Context, input: Input): SandboxControl {
  const address = addressOf(context, input);
  return { address, call: (method, path, body) => call(context, address, method, path, body) };
}

function addressOf(context: Context, input: Input): string {
  const file = text(input, "readyFile");
  const given =
    file === undefined ? (text(input, "sandbox") ?? context.terminal.env["APAY_SANDBOX"]) : httpOf(context, file);
  const address = given ?? DEFAULT_ADDRESS;
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new CliError("usage.sandbox", `${JSON.stringify(address)} is not the address of a sandbox`, {
      remedy: `give --sandbox as ${DEFAULT_ADDRESS}`,
    });
  }
  return new URL(address).origin;
}

function httpOf(context: Context, file: string): string {
  const path = resolve(context.terminal.cwd, file);
  let http: unknown;
  try {
    ({ http } = JSON.parse(readFileSync(path, "utf8")) as { readonly http?: unknown });
  } catch (error) {
    throw new CliError("usage.ready-file", `cannot read the ready file ${path}: ${(error as Error).message}`, {
      remedy: "name the file that apay sandbox start --ready-file has written",
      cause: error,
    });
  }
  if (typeof http !== "string") {
    throw new CliError("usage.ready-file", `${path} is not the ready file of a sandbox: it has no "http"`);
  }
  return http;
}

async function call<T>(context: Context, address: string, method: string, path: string, body?: object): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`${address}/_sandbox${path}`, {
      method,
      // What a stopped command still puts in order is carried out all the same.
      ...(context.signal.aborted ? {} : { signal: context.signal }),
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
  } catch (error) {
    if (context.signal.aborted) throw error;
    throw new CliError("sandbox.unreachable", `no sandbox answers at ${address}`, {
      exitStatus: EXIT.service,
      remedy: "start one with apay sandbox start, or name its address with --sandbox",
      cause: error,
    });
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer as T;
  const { error } = (answer ?? {}) as { readonly error?: { readonly code: string; readonly message: string } };
  if (error === undefined) {
    throw new CliError("sandbox.strange", `${address} answered ${response.status}, and not as a sandbox does`, {
      remedy: "name the sandbox's HTTP address with --sandbox",
    });
  }
  throw new CliError(error.code, error.message);
}

/**
 * The merchant that the command is about.
 *
 * @throws CliError for an id that the sandbox does not know
 */
export async function merchantOf(sandbox: SandboxControl, wanted: string | undefined): Promise<ControlMerchant> {
  const { merchants } = await sandbox.call<{ merchants: ControlMerchant[] }>("GET", "/merchants");
  const found = merchants.find(
    ({ merchantId, region }) => wanted === undefined || merchantId === wanted || region === wanted,
  );
  if (found !== undefined) return found;
  const known = merchants.map(({ merchantId, region }) => `${merchantId} (${region})`).join(", ");
  throw new CliError("usage.merchant", `the sandbox has no merchant ${JSON.stringify(wanted ?? "")}`, {
    remedy: `name one of ${known}`,
  });
}

/** For `--merchant`. */
export const MERCHANT_OPTION: OptionRow = {
  flags: "--merchant <id>",
  help: "merchant id, or na, eu or jp (default: the first merchant)",
};
