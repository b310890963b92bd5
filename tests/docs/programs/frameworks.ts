import assert from "node:assert/strict";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Drive } from "./facts.ts";

type Handler = (...given: never[]) => unknown;
interface Page {
  POST(request: Request): Promise<Response>;
  readonly app: { request(path: string, init: object): Promise<Response> };
  expressRoutes(app: object): void;
  fastifyRoutes(app: object): void;
  lambda(event: object): Promise<{ statusCode: number }>;
  plainServer(): Server;
  readonly pay: { close(): void };
}

const FORGED = '{"Type":"Notification"}';

/** A forged message is refused by each of them, with the answer that its server gives. */
export const drive: Drive = async (blocks) => {
  const { POST, app, expressRoutes, fastifyRoutes, lambda, plainServer, pay } = blocks as unknown as Page;
  const refused = (status: number): void => assert.ok(status >= 400 && status < 500, `${status}`);
  refused((await POST(new Request("https://shop.example/ipn", { method: "POST", body: FORGED }))).status);
  refused((await app.request("/ipn", { method: "POST", body: FORGED })).status);
  refused((await lambda({ httpMethod: "POST", body: FORGED })).statusCode);

  const routes = new Map<string, Handler>();
  expressRoutes({ post: (path: string, handler: Handler) => void routes.set(path, handler) });
  let status = 0;
  const response = { writeHead: (code: number) => void (status = code), end: () => undefined };
  await (routes.get("/ipn") as (request: object, response: object) => Promise<void>)(
    { method: "POST", body: FORGED },
    response,
  );
  refused(status);

  const done: Promise<void>[] = [];
  let code = 0;
  const reply = {
    code: (value: number) => void (code = value),
    headers: () => undefined,
    send: (text: string) => text,
  };
  const fastify = {
    addContentTypeParser: () => undefined,
    removeContentTypeParser: () => undefined,
    post: (_: string, __: object, handler: (request: object, answer: object) => Promise<unknown>) =>
      void done.push(handler({ body: FORGED }, reply).then(() => undefined)),
  };
  fastifyRoutes({ register: (plugin: (app: object) => Promise<void>) => void done.push(plugin(fastify)) });
  await done[0];
  await Promise.all(done);
  refused(code);

  const server = plainServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  refused((await fetch(`${url}/ipn`, { method: "POST", body: FORGED })).status);
  assert.equal((await fetch(url)).status, 404);
  server.closeAllConnections();
  server.close();
  pay.close();
};
