import { formatInstant } from "@amazon-pay-kit/money";
import { listLeases, type LeaseView } from "@amazon-pay-kit/ledger";
import { withBooks } from "../books/open.ts";
import { failedBefore, type Check } from "./check.ts";

const WORDS: Readonly<Record<LeaseView["state"], string>> = {
  held: "at work",
  ended: "ended without a word; the next run takes over at once",
  expired: "run out; the next run takes over",
  "too-far": "further away than any heartbeat reaches, since a clock was wrong",
};

/** Who has an account in hand, and whether anybody has to wait for it. */
export const leasesCheck: Check = {
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
