import type { NewRecord, SyncAccount } from "@amazon-pay-kit/ledger";
import { apiV2Source } from "@amazon-pay-kit/ledger";
import type { StartedSandbox, Trade } from "@amazon-pay-kit/sandbox";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import type { Random } from "@amazon-pay-kit/sdk/random";
import { readFileSync } from "node:fs";

/** Names of the demo's accounts by region. */
const NAMES = { na: "us", eu: "eu", jp: "jp" } as const;

/** A shop of the demo: its account, the client that fetches its reports, and its own order book. */
export interface DemoShop {
  readonly account: SyncAccount;
  readonly client: AmazonPay;
  readonly trade: Trade;
}

/** Makes a client over HTTPS for each merchant that has traded, with the sandbox's own certificate authority. */
export function demoShops(started: StartedSandbox, trades: readonly Trade[], clock: Clock, random: Random): DemoShop[] {
  const { ready } = started;
  const ca = readFileSync(ready.caFile, "utf8");
  return trades.flatMap((trade) => {
    const merchant = ready.merchants.find((candidate) => candidate.merchantId === trade.merchantId);
    const key = merchant?.keys[0];
    if (merchant === undefined || key === undefined || key.privateKeyFile === undefined) return [];
    const region = merchant.region as keyof typeof NAMES;
    const client = new AmazonPay({
      region,
      publicKeyId: key.publicKeyId,
      privateKey: readFileSync(key.privateKeyFile, "utf8"),
      baseUrl: ready.https,
      ca,
      clock,
      random,
    });
    const account: SyncAccount = {
      accountId: NAMES[region],
      region,
      environment: "sandbox",
      sellerId: merchant.merchantId,
      currency: merchant.currency,
      sources: [apiV2Source(client)],
    };
    return [{ account, client, trade }];
  });
}

/** The shop's order book as records of the ledger. */
export function demoRecords(trade: Trade): NewRecord[] {
  return trade.records.map((record) => ({
    kind: record.kind,
    transactionId: record.transactionId,
    parentTransactionId: record.parentTransactionId,
    referenceId: record.referenceId,
    permissionId: record.permissionId,
    orderId: record.orderId,
    amount: record.amountMinor,
    currency: record.currency,
    occurredAt: record.occurredAt,
    status: record.status,
  }));
}
