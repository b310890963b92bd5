import { readdirSync, readFileSync } from "node:fs";
import { LedgerError } from "../../../../packages/ledger/src/errors.ts";
import { readRecordFile } from "../../../../packages/ledger/src/ingest/records/read-record-file.ts";
import { OrdersError } from "../../../../packages/orders/src/errors.ts";
import { readOrders } from "../../../../packages/orders/src/read-orders.ts";
import type { Target } from "../target.ts";
import { isOf, must, readHowever, utf8 } from "./parts.ts";

const RECORDS_CSV = utf8(
  "kind,transactionId,amount,currency,occurredAt\ncharge,P01-1,10.00,USD,2026-01-05T00:00:00Z\nrefund,P01-2,1.00,USD,2026-01-06T00:00:00Z\n",
);
const RECORDS_NDJSON = utf8(
  '{"kind":"charge","transactionId":"P01-1","amount":"10.00","currency":"USD","occurredAt":"2026-01-05T00:00:00Z"}\n',
);
const FIXTURES = new URL("../../../../packages/orders/src/fixtures/", import.meta.url);
const EXPORTS = readdirSync(FIXTURES)
  .filter((name) => name.endsWith(".csv"))
  .map((name) => Uint8Array.from(readFileSync(new URL(name, FIXTURES))).subarray(0, 4096));

/** Control and direction characters have no place in an id. */
const UNFIT = /[\p{Cc}\p{Bidi_Control}]/u;

export const RECORD_TARGETS: readonly Target[] = [
  {
    name: "orders",
    seeds: [RECORDS_CSV, RECORDS_NDJSON, ...EXPORTS],
    read: async (bytes) => {
      const events = await readHowever(bytes, (source) => readOrders(source, { currency: "EUR" }));
      for (const event of events as { readonly type: string; readonly line?: number; readonly code?: string }[]) {
        if (event.type === "error")
          must("an error has a line and a code", Number(event.line) > 0 && Boolean(event.code));
      }
    },
    refuses: isOf(OrdersError),
  },
  {
    name: "records",
    seeds: [RECORDS_CSV, RECORDS_NDJSON],
    read: async (bytes) => {
      const events = await readHowever(bytes, (source) => readRecordFile(source, { currency: "EUR" }));
      for (const event of events as Readonly<Record<string, unknown>>[])
        for (const name of ["transactionId", "parentTransactionId", "referenceId", "permissionId", "orderId"])
          must(`${name} holds no control character`, !UNFIT.test(String(event[name] ?? "")));
    },
    refuses: isOf(LedgerError, OrdersError),
  },
];
