import { ConfigurationError, wrongOption } from "../errors/configuration-error.ts";
import { isRecord } from "../operations/fields/check.ts";
import { nodeModule } from "../transport/node-modules.ts";
import type { AmazonPayOptions } from "./options.ts";

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Options of a client from the environment: `AMAZON_PAY_REGION`, `AMAZON_PAY_PUBLIC_KEY_ID`, `AMAZON_PAY_PRIVATE_KEY` (the PEM text)
 * or `AMAZON_PAY_PRIVATE_KEY_FILE`, and where they are set `AMAZON_PAY_ENDPOINT` and `AMAZON_PAY_CA_FILE`. An empty variable
 * counts as not set. The command line reads the same ones.
 *
 * @param given options that win over the environment
 * @throws ConfigurationError `config.environment-variable` that names the variable
 */
export function optionsFromEnv(
  given: Partial<AmazonPayOptions> = {},
  env: Environment = (globalThis.process as { env?: Environment } | undefined)?.env ?? {},
): AmazonPayOptions {
  if (!isRecord(given)) throw wrongOption("the options that win over the environment must be an object");
  // Files of variables keep the quotation marks where Docker reads them, and lose them where a shell does.
  const read = (name: string): string | undefined =>
    env[`AMAZON_PAY_${name}`]
      ?.trim()
      .replace(/^(["'])(.*)\1$/s, "$2")
      .trim() || undefined;
  const needed = (name: string): string => {
    const value = read(name);
    if (value !== undefined) return value;
    throw unset(`AMAZON_PAY_${name} is not set: the client needs it, or the option of the same name`);
  };
  const key = (): string => {
    const text = read("PRIVATE_KEY");
    const file = read("PRIVATE_KEY_FILE");
    if (text !== undefined && file !== undefined)
      throw unset("AMAZON_PAY_PRIVATE_KEY and AMAZON_PAY_PRIVATE_KEY_FILE are both set: which is meant cannot be told");
    if (text !== undefined) return text;
    if (file !== undefined) return readTextFile(file, "AMAZON_PAY_PRIVATE_KEY_FILE");
    throw unset("neither AMAZON_PAY_PRIVATE_KEY nor AMAZON_PAY_PRIVATE_KEY_FILE is set: the client needs one of them");
  };
  const baseUrl = given.baseUrl ?? read("ENDPOINT");
  const caFile = read("CA_FILE");
  const ca = given.ca ?? (caFile === undefined ? undefined : readTextFile(caFile, "AMAZON_PAY_CA_FILE"));
  return {
    ...given,
    region: given.region ?? (needed("REGION") as AmazonPayOptions["region"]),
    publicKeyId: given.publicKeyId ?? needed("PUBLIC_KEY_ID"),
    ...(given.signer === undefined && given.privateKey === undefined ? { privateKey: key() } : {}),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(ca === undefined ? {} : { ca }),
  } as AmazonPayOptions;
}

/** Text of a file on runtimes that have files. @throws ConfigurationError that names the setting, and not what the file holds */
export function readTextFile(path: string, setting: string): string {
  const fs = nodeModule("node:fs");
  if (fs === undefined) throw unset(`${setting} names a file, and this runtime has none: pass its contents instead`);
  try {
    return fs.readFileSync(path, "utf8");
  } catch (cause) {
    const { code } = cause as { code?: string };
    throw new ConfigurationError("config.environment-variable", `${setting}: ${path} could not be read (${code})`, {
      cause,
    });
  }
}

function unset(why: string): ConfigurationError {
  return new ConfigurationError("config.environment-variable", why);
}
