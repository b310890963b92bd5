import type { DeliveryKind } from "../kind.ts";

/** What is wrong on the way, and not in the report. */
export const DELIVERY_KINDS: readonly DeliveryKind[] = [
  {
    kind: "wrong-checksum",
    does: "sends another Content-MD5 with the next GetReport of MWS; fetching again is the cure",
    stage: "delivery",
    leadsTo: [],
    mayFollow: [],
    checksum: (right) => Buffer.from([...Buffer.from(right, "base64")].toReversed()).toString("base64"),
  },
];
