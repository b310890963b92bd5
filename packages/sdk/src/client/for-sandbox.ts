import { ConfigurationError } from "../errors/configuration-error.ts";
import { readTextFile } from "./from-env.ts";
import type { FetchFunction } from "../transport/fetch.ts";
import type { AmazonPayOptions } from "./options.ts";
import { isText } from "../kind.ts";

/** What a sandbox writes when it accepts calls: `apay sandbox start --ready-file FILE`. */
export interface SandboxReadyFile {
  /** `http://127.0.0.1:8580`. */
  readonly http: string;
  /** `https://127.0.0.1:8543`. */
  readonly https: string;
  readonly caFile: string;
  /** What the file named by `caFile` holds, for runtimes without files; it goes before. */
  readonly ca?: string;
  readonly merchants: readonly {
    readonly merchantId: string;
    readonly storeId: string;
    readonly region: "na" | "eu" | "jp";
    readonly currency: string;
    readonly keys: readonly {
      readonly publicKeyId: string;
      readonly privateKeyFile: string;
      /** What that file holds, for runtimes without files; it goes before. */
      readonly privateKey?: string;
    }[];
  }[];
}

/** Which merchant of the sandbox, and further options of the client. */
export type SandboxChoice = Partial<AmazonPayOptions> & {
  /** Default: the first merchant of `region`, or the first of all. */
  readonly merchantId?: string | undefined;
};

/** A client's options for a sandbox, with what else a shop needs of it. */
export interface SandboxConnection {
  readonly options: AmazonPayOptions;
  readonly merchant: SandboxReadyFile["merchants"][number];
  readonly trust: NotificationTrust;
}

/** Whose notifications are believed besides Amazon's own. A part of the options of `verifyNotification`. */
export interface NotificationTrust {
  readonly trustedHosts?: readonly string[];
  readonly ca?: string | readonly string[];
  readonly fetch?: FetchFunction;
}

/** The trust that goes with a client's options: in the host of `baseUrl`, where an authority for it was named. */
export function trustOf({ baseUrl, ca }: AmazonPayOptions): NotificationTrust {
  return baseUrl === undefined || ca === undefined ? {} : { trustedHosts: [new URL(baseUrl).host], ca };
}

/**
 * Reads a sandbox's ready file into a client's options. Calls go over plain HTTP on this machine, so that no certificate has to
 * be trusted.
 *
 * @param ready path of the file, or what it holds
 * @throws ConfigurationError `config.sandbox`
 */
export function sandboxConnection(ready: string | SandboxReadyFile, choice: SandboxChoice = {}): SandboxConnection {
  const { merchantId, ...given } = choice;
  const file = isText(ready) ? parsed(ready) : ready;
  const { merchants, http } = (file ?? {}) as Partial<SandboxReadyFile>;
  if (!Array.isArray(merchants) || !isText(http)) {
    throw wrong("this is no ready file of a sandbox: start one with apay sandbox start --ready-file FILE");
  }
  const merchant = file.merchants.find(
    (each) =>
      (merchantId === undefined || each.merchantId === merchantId) &&
      (given.region === undefined || each.region === given.region),
  );
  if (merchant === undefined) {
    const there = file.merchants.map((each) => `${each.merchantId} (${each.region})`).join(", ");
    throw wrong(`the sandbox has no such merchant; it has ${there}`);
  }
  const key = merchant.keys.find(({ publicKeyId }) =>
    given.publicKeyId === undefined ? publicKeyId.startsWith("SANDBOX-") : publicKeyId === given.publicKeyId,
  );
  if (key === undefined) throw wrong(`the sandbox has no such key of merchant ${merchant.merchantId}`);
  const own = given.signer === undefined && given.privateKey === undefined;
  return {
    options: {
      baseUrl: file.http,
      ...given,
      region: merchant.region,
      publicKeyId: key.publicKeyId,
      ...(own
        ? { privateKey: key.privateKey ?? readTextFile(key.privateKeyFile, "the ready file's privateKeyFile") }
        : {}),
    } as AmazonPayOptions,
    merchant,
    trust: {
      trustedHosts: [new URL(file.https).host],
      ca: file.ca ?? readTextFile(file.caFile, "the ready file's caFile"),
      // Over plain HTTP: not every runtime can be told about an authority. What is fetched is checked against `ca` all the same.
      fetch: (request) => fetch(new Request(request.url.replace(file.https, file.http), request)),
    },
  };
}

function parsed(path: string): SandboxReadyFile {
  const text = readTextFile(path, "the sandbox's ready file");
  try {
    return JSON.parse(text) as SandboxReadyFile;
  } catch (cause) {
    throw wrong(`${path} is no ready file of a sandbox: it is not JSON`, cause);
  }
}

function wrong(why: string, cause?: unknown): ConfigurationError {
  return new ConfigurationError("config.sandbox", why, { cause });
}
