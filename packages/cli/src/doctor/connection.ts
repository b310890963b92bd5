import { ApiError, CallError, type AmazonPay } from "@amazon-pay-kit/sdk";
import type { Account } from "../config/config.ts";
import type { Context } from "../program/context.ts";
import { clientFor } from "../service/client.ts";
import { failedBefore, wordsOf, type Check, type Finding } from "./check.ts";
import { offText, secondsOff, TOLERATED_MILLIS, wasMoved } from "./service-time.ts";

const REGIONS = ["na", "eu", "jp"] as const;

async function ask(client: AmazonPay, context: Context): Promise<void> {
  await client.reports.list({ pageSize: 1 }, { signal: context.signal });
}

/** The region in which the same key is known, if it is another one. */
async function otherRegion(context: Context, account: Account): Promise<string | undefined> {
  for (const region of REGIONS) {
    if (region === account.region) continue;
    const client = clientFor({ ...account, region }, context);
    try {
      await ask(client, context);
      return region;
    } catch {
      // Refused here too: the next region, or none.
    } finally {
      client.close();
    }
  }
  return undefined;
}

/** Refusals of a key that the service knows and whose signature it has verified. */
const KNOWN: Readonly<Record<string, readonly [found: string, advice: string]>> = {
  __proto__: null as never,
  UnauthorizedAccess: [
    "the service knows this key, and the key may not read reports",
    "let it read reports in Seller Central (Integration Central > API keys, with a user who may), or name another key; report files downloaded by hand can be loaded meanwhile: apay sync --source folder",
  ],
  InvalidAccountStatus: [
    "the service knows this key, and its merchant account is not active",
    "see the notices in Seller Central: registration may be unfinished, or the account suspended",
  ],
};

async function refused(context: Context, account: Account, error: ApiError, off: number | null): Promise<Finding> {
  // A date that is off is refused like a wrong signature; the answer's own date gives it away.
  if (off !== null && !wasMoved(account, off) && Math.abs(off) * 1000 > TOLERATED_MILLIS) {
    return {
      ok: false,
      found: `the call is refused, and the clock of this machine is ${offText(off)}`,
      advice: "set the clock (NTP), then run apay doctor again",
    };
  }
  const [found, advice] = KNOWN[error.reasonCode ?? ""] ?? [];
  if (found !== undefined && advice !== undefined)
    return { ok: false, found: `${found} (${error.reasonCode}, request id ${error.requestId ?? "unknown"})`, advice };
  const diagnosis = (
    error as {
      diagnosis?: {
        explanation: string;
        advice: string;
        canonicalRequest: string;
        ownStringToSign: string;
        serviceStringToSign?: string;
      };
    }
  ).diagnosis;
  const region = error.status === 401 || error.status === 403 ? await otherRegion(context, account) : undefined;
  if (region !== undefined) {
    return {
      ok: false,
      found: `the key is refused in region ${account.region}, and accepted in ${region}`,
      advice: `set region of the account to "${region}"`,
    };
  }
  if (diagnosis !== undefined) {
    return {
      ok: false,
      found: diagnosis.explanation,
      advice: diagnosis.advice,
      detail: `canonical request:\n${diagnosis.canonicalRequest}\n\nstring to sign here:\n${diagnosis.ownStringToSign}\n\nstring to sign there:\n${diagnosis.serviceStringToSign ?? "(not shown)"}`,
    };
  }
  const permission = error.status === 401 || error.status === 403;
  return {
    ok: false,
    found: wordsOf(error),
    advice: permission
      ? "check in Seller Central that the key is active, of this region and environment, and may read reports"
      : "see the reason code in docs/errors of the service; give the request id to its support",
  };
}

/** The service is reached, verifies the signature, and lets this key read reports. */
export const connectionCheck: Check = {
  name: "connection and signature",
  run: async (context, account, before) => {
    if (failedBefore(before, "private key", "public key id")) return { ok: "skipped", found: "needs a key first" };
    let off: number | null = null;
    const client = clientFor(account, context, {
      hooks: {
        response: ({ headers }) => {
          off = secondsOff(headers["date"], context.clock.now());
        },
      },
    });
    try {
      await ask(client, context);
      return {
        ok: true,
        found: `${account.endpoint ?? `the service in ${account.region}`} answers and accepts the signature`,
      };
    } catch (error) {
      if (error instanceof ApiError) return refused(context, account, error, off);
      const advice =
        error instanceof CallError
          ? "check the network, the proxy, endpoint and caFile; nothing reached the service, or its certificate is not trusted"
          : undefined;
      return { ok: false, found: wordsOf(error), ...(advice === undefined ? {} : { advice }) };
    } finally {
      client.close();
    }
  },
};
