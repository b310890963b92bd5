import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { HookMessage } from "../hook.ts";

/** A request of a webhook as its receiver saw it. */
export interface Received {
  readonly message: HookMessage;
  readonly replay: boolean;
}

/** A receiver of webhooks on this machine that answers as it is told. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** Status of the answers from now on; `hang` for none at all, `reset` for a connection that breaks. */
  answer: number | "hang" | "reset";
  close(): Promise<void>;
}

/** Starts a receiver. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (text: Buffer) => (body += text.toString()));
    request.on("end", () => {
      received.push({
        message: JSON.parse(body) as HookMessage,
        replay: request.headers["x-apay-replay"] === "1",
      });
      if (receiver.answer === "reset") request.socket.destroy();
      else if (receiver.answer !== "hang") response.writeHead(receiver.answer).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    received,
    answer: 200,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
