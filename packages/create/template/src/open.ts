import type { AddressInfo } from "node:net";
import { serve, type ServerType } from "@hono/node-server";
import type { Hono } from "hono";
import { Orders } from "./orders.ts";
import { createShop, type Shop } from "./shop.ts";

/** Opens the shop on a port (0: any that is free). `origin` is how buyers reach it; default: this machine. */
export async function openShop(
  settings: Omit<Shop, "orders" | "origin"> & { readonly origin?: string | undefined },
  port: number,
) {
  const orders = new Orders();
  // Its address is known once it listens.
  let app: Hono | null = null;
  const server = await new Promise<ServerType>((resolve, reject) => {
    const started = serve(
      { fetch: (request) => app?.fetch(request) ?? new Response(null, { status: 503 }), port },
      () => resolve(started),
    );
    started.once("error", reject);
  });
  const origin = settings.origin ?? `http://localhost:${(server.address() as AddressInfo).port}`;
  app = createShop({ ...settings, origin, orders });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      if ("closeAllConnections" in server) server.closeAllConnections();
    });
  return { origin, orders, close };
}
