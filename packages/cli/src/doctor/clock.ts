import { clientFor } from "../service/client.ts";
import { failedBefore, type Check } from "./check.ts";
import { offText, secondsOff, TOLERATED_MILLIS, wasMoved } from "./service-time.ts";

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
