import { readFileSync } from "node:fs";
import { AmazonPay, type Hooks, type Transport } from "@amazon-pay-kit/sdk";
import { authTokenOf, privateKeyOf, type Account } from "../config/config.ts";
import { CliError } from "../errors.ts";
import type { Context } from "../program/context.ts";
import { accountOf } from "../accounts/known-accounts.ts";

/** The certificate authority that an account trusts beside the machine's own. */
export function authorityOf(account: Account): string | undefined {
  if (account.caFile === undefined) return undefined;
  try {
    return readFileSync(account.caFile, "utf8");
  } catch (error) {
    throw new CliError(
      "config.ca",
      `cannot read the certificate authority of account "${account.name}": ${(error as Error).message}`,
      {
        remedy: "check caFile (or --ca-file)",
        cause: error,
      },
    );
  }
}

/** What a client may share with others. */
interface Shared {
  readonly hooks?: Hooks;
  /** In place of connections of its own. */
  readonly transport?: Transport;
}

/** A client for an account. @throws CliError for what the configuration lacks; ConfigurationError and KeyError of the sdk */
export function clientFor(
  account: Account,
  context: Pick<Context, "clock" | "random">,
  { hooks, transport }: Shared = {},
): AmazonPay {
  if (account.publicKeyId === undefined) {
    throw new CliError("config.no-public-key-id", `account "${account.name}" has no public key id`, {
      remedy: "set publicKeyId of the account, or AMAZON_PAY_PUBLIC_KEY_ID",
    });
  }
  return new AmazonPay({
    region: account.region,
    publicKeyId: account.publicKeyId,
    privateKey: privateKeyOf(account),
    authToken: authTokenOf(account),
    environment: account.environment,
    algorithm: account.algorithm,
    baseUrl: account.endpoint,
    ...(transport === undefined ? { ca: authorityOf(account) } : { transport }),
    clock: context.clock,
    random: context.random,
    hooks,
  });
}

/** Runs work with the client of the chosen account and lets go of its connections. */
export async function withClient<T>(
  context: Context,
  work: (client: AmazonPay, account: Account) => Promise<T>,
): Promise<T> {
  const account = await accountOf(context);
  const client = clientFor(account, context);
  try {
    return await work(client, account);
  } finally {
    client.close();
  }
}
