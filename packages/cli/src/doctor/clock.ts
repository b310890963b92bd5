import { clientFor } from "../service/client.ts";
import { failedBefore, type Check } from "./check.ts";

/** The service refuses dates that are too far off; the documentation of the older API said 15 minutes. */
const TOLERATED = 5 * 60_000;

/** The machine's clock agrees with the service's. */
export const clockCheck: Check = {
  name: "clock",
  run: async (context, account, before) => {
    if (failedBefore(before, "private key", "public key id", "connection and signature"))
      return { ok: "skipped", found: "needs a working connection" };
    const client = clientFor(account, context);
    try {
      const sent = context.clock.now();
      const { headers } = await client.reports.list({ pageSize: 1 }, { signal: context.signal }).withResponse();
      const there = Date.parse(headers["date"] ?? "");
      if (Number.isNaN(there)) return { ok: "skipped", found: "the service did not say its time" };
      // The header has whole seconds, and the answer took its time: half of it is a fair guess.
      const off = Math.round((there - (sent + context.clock.now()) / 2) / 1000);
      const words = `${Math.abs(off)} s ${off < 0 ? "ahead of" : "behind"} the service`;
      return Math.abs(off) * 1000 > TOLERATED
        ? { ok: false, found: `this machine is ${words}`, advice: "set the clock (NTP)" }
        : { ok: true, found: off === 0 ? "agrees" : words };
    } finally {
      client.close();
    }
  },
};
