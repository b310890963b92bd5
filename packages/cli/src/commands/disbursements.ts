import { DAY, formatCompact } from "@amazon-pay-kit/money";
import type { Disbursement } from "@amazon-pay-kit/sdk";
import { EXIT } from "../errors.ts";
import { secondsOff, TOLERATED_MILLIS } from "../doctor/service-time.ts";
import { text, type CommandRow } from "../program/command.ts";
import { withClient } from "../service/client.ts";
import { apiEnd, apiTime } from "../options/times.ts";

const DEFAULT_DAYS = 30;

export const disbursementsList: CommandRow = {
  name: "disbursements list",
  summary: "list payouts, with the reference shown on the bank statement",
  options: [
    { flags: "--start <time>", help: `settled after (default: ${DEFAULT_DAYS} days ago)` },
    { flags: "--end <time>", help: "settled before this time, or on or before this day (default: now)" },
  ],
  examples: [["apay disbursements list --start 2026-01-01 --end 2026-01-31", "payouts of January"]],
  run: (context, input) =>
    withClient(context, async (client) => {
      const start = apiTime(context, text(input, "start"), "--start");
      const end = apiEnd(context, text(input, "end"), "--end");
      const payouts = (now: number): ReturnType<typeof client.disbursements.list> => {
        const startTime = start ?? formatCompact(now - DEFAULT_DAYS * DAY);
        return client.disbursements.list(
          { startTime, endTime: end ?? formatCompact(now), pageSize: 100 },
          { signal: context.signal },
        );
      };
      const now = context.clock.now();
      let list = payouts(now);
      // "Now" is the service's: a sandbox whose clock was moved has its payouts there.
      const off = secondsOff((await list.withResponse()).headers["date"], now) ?? 0;
      if (Math.abs(off) * 1000 > TOLERATED_MILLIS) list = payouts(now + off * 1000);
      const found: Disbursement[] = [];
      for await (const item of list) found.push(item);
      if (context.json) context.document({ disbursements: found });
      else if (found.length === 0) context.line("No payouts in this time.");
      else
        context.table(found, [
          { title: "settlement", value: (item) => item.settlementId },
          { title: "reference", value: (item) => item.amazonDisbursementReferenceId ?? "" },
          { title: "amount", value: (item) => item.amount, align: "right" },
          { title: "cur", value: (item) => item.currencyCode },
          { title: "time", value: (item) => item.transactionTime, spare: 1 },
        ]);
      return EXIT.done;
    }),
};
