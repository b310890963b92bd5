import { formatMillis } from "@amazon-pay-kit/money";
import type { Engine } from "../engine/engine.ts";
import type { EventLog } from "../events/event-log.ts";
import type { ControlRoute } from "../module.ts";
import { findMerchant } from "../settlement/control/find-merchant.ts";
import { queryInteger } from "../control/read-members.ts";

/** `GET /_sandbox/events?after=&limit=&merchantId=`: what was called and answered, oldest first. */
export function eventCalls(engine: Engine, events: EventLog): ControlRoute[] {
  return [
    {
      method: "GET",
      path: "/events",
      query: ["after", "limit", "merchantId"],
      handle: ({ query }) => {
        const merchantId = query.get("merchantId") ?? undefined;
        const found = events.list({
          after: queryInteger(query, "after", 0, Number.MAX_SAFE_INTEGER),
          limit: queryInteger(query, "limit", 1, 1_000_000),
          merchantId,
        });
        // The log may tell of merchants of an earlier state; a misspelt id must not look like a merchant without calls.
        if (merchantId !== undefined && found.length === 0) findMerchant(engine, merchantId);
        return {
          events: found.map((event) => ({
            ...event,
            at: formatMillis(event.at),
            changes: event.changes.map((change) => ({ ...change, at: formatMillis(change.at) })),
          })),
        };
      },
    },
  ];
}
