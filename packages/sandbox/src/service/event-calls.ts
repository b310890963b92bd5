import { formatMillis } from "@amazon-pay-kit/money";
import type { EventLog } from "../events/event-log.ts";
import type { ControlRoute } from "../module.ts";
import { optionalInteger } from "../control/read-members.ts";

/** `GET /_sandbox/events?after=&limit=&merchantId=`: what was called and answered, oldest first. */
export function eventCalls(events: EventLog): ControlRoute[] {
  return [
    {
      method: "GET",
      path: "/events",
      query: ["after", "limit", "merchantId"],
      handle: ({ query }) => ({
        events: events
          .list({
            after: optionalInteger(query.get("after"), "after", 0, Number.MAX_SAFE_INTEGER),
            limit: optionalInteger(query.get("limit"), "limit", 1, 1_000_000),
            merchantId: query.get("merchantId") ?? undefined,
          })
          .map((event) => ({
            ...event,
            at: formatMillis(event.at),
            changes: event.changes.map((change) => ({ ...change, at: formatMillis(change.at) })),
          })),
      }),
    },
  ];
}
