import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { serve, type ServerType } from "@hono/node-server";
import type { Sandbox, StartedSandbox } from "@amazon-pay-kit/sandbox";
import { AmazonPay } from "@amazon-pay-kit/sdk";
import { memoryReplayStore } from "@amazon-pay-kit/sdk/notifications";
import type { Hono } from "hono";
import { OrderBook } from "./order-book.ts";
import { createShop } from "./shop.ts";

/** A shop that buyers can visit. */
export interface OpenShop {
  readonly origin: string;
  readonly orders: OrderBook;
  close(): Promise<void>;
}

/** The sandbox's time, so that the order book stays in step when its clock is moved. */
function clockOf(sandbox: Sandbox) {
  const sleep = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));
  return { now: () => sandbox.clock.now(), sleep };
}

/**
 * Opens the shop on loopback, with the sandbox as its Amazon Pay. A shop in production differs in what is named here:
 * no `baseUrl` and no `ca`, the region's script, and keys from its secret store.
 *
 * @throws Error when the port is taken
 */
export async function openShop(started: StartedSandbox, port: number): Promise<OpenShop> {
  const { ready, sandbox } = started;
  const merchant = ready.merchants.find(({ region }) => region === "na");
  const key = merchant?.keys[0];
  if (merchant === undefined || key === undefined) throw new Error("the sandbox has no merchant in region na");
  const ca = readFileSync(ready.caFile, "utf8");
  const clock = clockOf(sandbox);
  const pay = new AmazonPay({
    region: merchant.region,
    publicKeyId: key.publicKeyId,
    privateKey: readFileSync(key.privateKeyFile, "utf8"),
    baseUrl: ready.https,
    ca,
    clock,
  });
  const orders = new OrderBook("USD");
  // The shop's address is known once it listens.
  let shop: Hono | null = null;
  const server = await listen((request) => shop?.fetch(request) ?? new Response(null, { status: 503 }), port);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  shop = createShop({
    pay,
    orders,
    merchantId: merchant.merchantId,
    storeId: merchant.storeId,
    currency: orders.currency,
    origin,
    scriptUrl: `${ready.http}/checkout.js`,
    notifications: {
      trustedHosts: [new URL(ready.https).host],
      ca,
      clock,
      replayStore: memoryReplayStore(),
      onError: (error) => process.stderr.write(`notification refused: ${String(error)}\n`),
    },
  });
  await sandbox.control("POST", `/merchants/${merchant.merchantId}`, { notificationUrl: `${origin}/notifications` });
  return {
    origin,
    orders,
    close: async () => {
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
      pay.close();
    },
  };
}

function listen(fetch: (request: Request) => Response | Promise<Response>, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: "127.0.0.1", port }, () => resolve(server));
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "EADDRINUSE"
          ? new Error(`port ${port} is taken by another program: choose another one with --port, or 0 for a free one`)
          : error,
      );
    });
  });
}
