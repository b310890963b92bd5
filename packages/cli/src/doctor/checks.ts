import { join } from "node:path";
import { type LeaseView, listLeases, storeDamage } from "@amazon-pay-kit/ledger";
import { formatInstant } from "@amazon-pay-kit/money";
import { hookStates } from "@amazon-pay-kit/worker";
import { type AmazonPay, ApiError, CallError, privateKeySigner } from "@amazon-pay-kit/sdk";
import { withBooks } from "../books/open.ts";
import { type Account, privateKeyOf } from "../config/config.ts";
import type { Context } from "../program/context.ts";
import { clientFor } from "../service/client.ts";
import { type Check, failedBefore, type Finding, wordsOf } from "./check.ts";
import { offText, secondsOff, TOLERATED_MILLIS, wasMoved } from "./service-time.ts";

/** The machine's clock agrees with the service's. */
const clockCheck: Check = {
  name: "clock",
  run: async (context, account, before) => {
    if (failedBefore(before, "private key", "public key id", "connection and signature"))
      return { ok: "skipped", found: "needs a working connection" };
    const client = clientFor(account, context);
    try {
      const sent = context.clock.now();
      const { headers } = await client.reports.list({ pageSize: 1 }, { signal: context.signal }).withResponse();
      // The header has whole seconds, and the answer took its time: half of it is a fair guess.
      const off = secondsOff(headers["date"], (sent + context.clock.now()) / 2);
      if (off === null) return { ok: "skipped", found: "the service did not say its time" };
      const words = offText(off);
      if (wasMoved(account, off)) {
        return {
          ok: true,
          found: `this machine is ${words} at ${account.endpoint ?? ""}, whose clock was moved; the books go by it`,
        };
      }
      return Math.abs(off) * 1000 > TOLERATED_MILLIS
        ? { ok: false, found: `this machine is ${words}`, advice: "set the clock (NTP)" }
        : { ok: true, found: off === 0 ? "agrees" : words };
    } finally {
      client.close();
    }
  },
};

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
const connectionCheck: Check = {
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

/** The key id is there, and its prefix does not contradict the environment: the client refuses such a pair. */
const keyIdCheck: Check = {
  name: "public key id",
  run: async (_context, account) => {
    const id = account.publicKeyId;
    if (id === undefined)
      return { ok: false, found: "none is set", advice: "set publicKeyId of the account, or AMAZON_PAY_PUBLIC_KEY_ID" };
    const prefix = /^(live|sandbox)-?/i.exec(id)?.[1]?.toLowerCase();
    if (prefix === undefined && account.environment === undefined) {
      return {
        ok: false,
        found: "the key id has no prefix, so it does not say for which environment it is",
        advice: 'set environment of the account to "live" or "sandbox"',
      };
    }
    if (prefix !== undefined && account.environment !== undefined && prefix !== account.environment) {
      return {
        ok: false,
        found: `the key id is for ${prefix}, the account says ${account.environment}`,
        advice: "remove environment of the account, or use the other key",
      };
    }
    return { ok: true, found: `for ${prefix ?? account.environment ?? "live"}` };
  },
};

/** The private key can be read and is one that the service takes. */
const keyCheck: Check = {
  name: "private key",
  run: async (_context, account) => {
    try {
      await privateKeySigner(privateKeyOf(account)).sign(new TextEncoder().encode("doctor"), "AMZN-PAY-RSASSA-PSS-V2");
      return { ok: true, found: account.privateKeyFile ?? "from the environment" };
    } catch (error) {
      const remedy = (error as { remedy?: unknown }).remedy;
      return {
        ok: false,
        found: wordsOf(error),
        advice:
          typeof remedy === "string"
            ? remedy
            : "name the private half of the pair whose public half is in Seller Central",
      };
    }
  },
};

const WORDS: Readonly<Record<LeaseView["state"], string>> = {
  held: "at work",
  ended: "ended without a word; the next run takes over at once",
  expired: "run out; the next run takes over",
  "too-far": "further away than any heartbeat reaches, since a clock was wrong",
};

/** Who has an account in hand, and whether anybody has to wait for it. */
const leasesCheck: Check = {
  name: "work in progress",
  run: async (context, _account, before) => {
    if (failedBefore(before, "ledger")) return { ok: "skipped", found: "needs a ledger first" };
    const leases = await withBooks(context, ({ ledger }) => listLeases(ledger));
    if (leases.length === 0) return { ok: true, found: "none" };
    const found = leases.map(
      ({ accountId, name, holder, expiresAt, state }) =>
        `${name} of ${accountId}: ${holder}, until ${formatInstant(expiresAt)} (${WORDS[state]})`,
    );
    return leases.some(({ state }) => state === "too-far")
      ? {
          ok: "warning",
          found: found.join("; "),
          advice: "run the command that is held up twice, a minute apart: the first shortens the wait to a minute",
        }
      : { ok: true, found: found.join("; ") };
  },
};

/** SQLite's words for a file that is not, or no longer, a database. */
const DAMAGED = /not a database|malformed|corrupt|encrypted|ledger is damaged/i;

function salvage(dataDir: string): string {
  return `put ${join(dataDir, "ledger.sqlite")} back from a backup; or move it aside and run apay sync, which fetches the last 90 days again. Older reports are still in ${join(dataDir, "archive")}: name that folder as inbox of the account and run apay sync --source folder`;
}

/** The ledger can be opened and written to, and is not damaged. */
const storeCheck: Check = {
  name: "ledger",
  run: async (context) => {
    const { databaseUrl, dataDir } = context.config();
    try {
      return await withBooks(context, async ({ store }) => {
        const damage = await storeDamage(store);
        if (damage !== null) return { ok: false, found: `the ledger is damaged: ${damage}`, advice: salvage(dataDir) };
        const accounts = await store.db.selectFrom("account").select("account_id").execute();
        const count = `${accounts.length} ${accounts.length === 1 ? "account" : "accounts"}`;
        return { ok: true, found: `${databaseUrl === null ? dataDir : "PostgreSQL"}, ${count}` };
      });
    } catch (error) {
      const found = wordsOf(error);
      if (databaseUrl !== null)
        return { ok: false, found, advice: "check DATABASE_URL, the network, and the rights of the database user" };
      return {
        ok: false,
        found,
        advice: DAMAGED.test(found)
          ? salvage(dataDir)
          : `check that ${dataDir} can be written by you, and that its disk has space`,
      };
    }
  },
};

/** Hooks that fail or were disabled. */
const hooksCheck: Check = {
  name: "webhooks",
  run: async (context, account, before) => {
    if (failedBefore(before, "ledger")) return { ok: "skipped", found: "needs a ledger first" };
    const names = context.config().hooks.map(({ name }) => name);
    if (names.length === 0) return { ok: true, found: "none is configured" };
    const filter = { names, accountId: account.name, inTrouble: true, limit: 100 };
    const trouble = await withBooks(context, ({ store }) => hookStates(store, filter), { anyAccount: true });
    if (trouble.length === 0)
      return { ok: true, found: `${names.join(", ")}: every event that they want was delivered` };
    const found = trouble.map(({ name, state, failingSince, lastError, waiting }) => {
      const since = failingSince === null ? "" : ` since ${formatInstant(failingSince)}`;
      return `${name} is ${state}${since}, ${waiting} events behind: ${lastError ?? "no error is known"}`;
    });
    const [first] = trouble;
    return {
      ok: "warning",
      found: found.join("; "),
      advice: `mend the receiver, try it with apay webhooks test ${first?.name}, then apay webhooks enable ${first?.name}`,
    };
  },
};

/** What the doctor looks at, in this order. */
export const CHECKS: readonly Check[] = [
  keyCheck,
  keyIdCheck,
  connectionCheck,
  clockCheck,
  storeCheck,
  leasesCheck,
  hooksCheck,
];
