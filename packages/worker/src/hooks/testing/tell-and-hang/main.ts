/** A process that writes an event, commits it and tells a hook of it: killed while the receiver holds the answer back. */
import { openLedger } from "@amazon-pay-kit/ledger";
import { appendEvent } from "@amazon-pay-kit/ledger/outbox";
import { deliverEvents } from "../../deliver.ts";

const [dataDir = "", databaseUrl = "", url = ""] = process.argv.slice(2);
const ledger = await openLedger({ dataDir, ...(databaseUrl === "" ? {} : { databaseUrl }) });
await ledger.store.transaction((db) =>
  appendEvent(db, ledger.clock, { accountId: "A1", code: "report.loaded", subject: "written", facts: {} }),
);
const hooks = [{ name: "web", url, secret: "key", allowPrivateAddress: true }];
await deliverEvents(ledger, ["A1"], hooks, new AbortController().signal);
