import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { NotificationError } from "../errors.ts";
import type { ChangeNotification, Notification } from "../event.ts";
import { memoryReplayStore } from "../replay/memory.ts";
import { createTestSigner, type NotificationTestSigner } from "../test-signer/test-signer.ts";
import { notificationHandler } from "./fetch.ts";
import { nodeNotificationHandler } from "./node.ts";
import type { HandlerOptions } from "./process.ts";

const URL_OF_SHOP = "https://shop.example/ipn";
let signer: NotificationTestSigner;
beforeAll(async () => {
  signer = await createTestSigner();
});

function recording(more: Partial<HandlerOptions> = {}) {
  const changes: ChangeNotification[] = [];
  const subscriptions: Notification[] = [];
  const errors: unknown[] = [];
  const options: HandlerOptions = {
    ...signer.trust,
    onChange: (change) => void changes.push(change),
    onSubscription: (notification) => void subscriptions.push(notification),
    onError: (error) => errors.push(error),
    ...more,
  };
  return { changes, subscriptions, errors, options };
}

describe("notificationHandler", () => {
  const post = (body: string) => signer.request(URL_OF_SHOP, body);

  it("refuses with a status that stops repetition, and says nothing of the message", async () => {
    const { options, changes, errors } = recording();
    const handle = notificationHandler(options);
    const good = await signer.change();
    for (const [body, status, code] of [
      ["", 400, "notification.unreadable-envelope"],
      ["{}", 400, "notification.unreadable-envelope"],
      [good.replace("S01-0000000", "S01-0000001"), 403, "notification.wrong-signature"],
      [good.replace("notifications.test", "example.com"), 403, "notification.untrusted-url"],
    ] as const) {
      const answer = await handle(new Request(URL_OF_SHOP, { method: "POST", body }));
      expect([answer.status, await answer.text()]).toEqual([status, code]);
    }
    expect(errors).toHaveLength(4);
    expect(changes).toEqual([]);
  });

  it("refuses other methods and bodies that no notification has", async () => {
    const handle = notificationHandler(recording().options);
    const get = await handle(new Request(URL_OF_SHOP));
    expect([get.status, get.headers.get("allow")]).toEqual([405, "POST"]);
    const long = new Request(URL_OF_SHOP, { method: "POST", body: "x".repeat(1_048_577) });
    expect((await handle(long)).status).toBe(413);
    expect((await handle(new Request(URL_OF_SHOP, { method: "POST" }))).status).toBe(400);
  });

  it("asks for another delivery when the certificate cannot be had", async () => {
    const down = async () => {
      throw new NotificationError("notification.certificate-unreachable", "down");
    };
    const { options } = recording({ certificates: down });
    const answer = await notificationHandler(options)(post(await signer.change()));
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "60"]);
  });

  it("hands a message on once, and accepts its repetitions in silence", async () => {
    const { options, changes, errors } = recording({ replayStore: memoryReplayStore() });
    const handle = notificationHandler(options);
    const body = await signer.change({ ObjectType: "REFUND", ObjectId: "S01-R" });
    const statuses = [(await handle(post(body))).status, (await handle(post(body))).status];
    expect(statuses).toEqual([200, 200]);
    expect(changes.map(({ objectType, objectId }) => [objectType, objectId])).toEqual([["REFUND", "S01-R"]]);
    expect(errors).toEqual([]);
  });

  it("lets the next delivery have a message whose work failed", async () => {
    let fail = true;
    const done: string[] = [];
    const { options, errors } = recording({
      replayStore: memoryReplayStore(),
      onChange: async ({ objectId }) => {
        if (fail) throw new Error("database is down");
        done.push(objectId);
      },
    });
    const handle = notificationHandler(options);
    const body = await signer.change({ ObjectId: "S01-C" });
    expect((await handle(post(body))).status).toBe(500);
    expect(errors).toEqual([new Error("database is down")]);
    fail = false;
    expect((await handle(post(body))).status).toBe(200);
    expect(done).toEqual(["S01-C"]);
  });

  it("asks a second delivery to come back while the first is at work", async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let working = (): void => undefined;
    const atWork = new Promise<void>((resolve) => {
      working = resolve;
    });
    const onChange = () => {
      working();
      return gate;
    };
    const { options } = recording({ replayStore: memoryReplayStore(), onChange });
    const handle = notificationHandler(options);
    const body = await signer.change();
    const first = handle(post(body));
    // Only once the first delivery is being handled has it certainly claimed the message.
    await atWork;
    expect((await handle(post(body))).status).toBe(503);
    open();
    expect((await first).status).toBe(200);
    expect((await handle(post(body))).status).toBe(200);
  });

  it("confirms subscriptions only when asked to, and only for known topics", async () => {
    const called: string[] = [];
    const fetch = async ({ url }: Request) => {
      called.push(url);
      return new Response("ok");
    };
    const body = await signer.subscription();
    const silent = recording({ fetch });
    expect((await notificationHandler(silent.options)(post(body))).status).toBe(200);
    expect(silent.subscriptions.map(({ type }) => type)).toEqual(["SubscriptionConfirmation"]);
    expect(called).toEqual([]);

    for (const none of [undefined, {}, { onChange: "log" }])
      expect(() => notificationHandler(none as unknown as HandlerOptions)).toThrowError(/`onChange` is needed/);
    const confirmSubscriptions = true;
    expect(() => notificationHandler(recording({ confirmSubscriptions }).options)).toThrowError(/needs `topics`/);
    const strict = recording({ fetch, confirmSubscriptions, topics: ["123456789012"] });
    expect((await notificationHandler(strict.options)(post(body))).status).toBe(403);
    expect(called).toEqual([]);
    const willing = recording({ fetch, confirmSubscriptions, topics: ["291180941288"] });
    expect((await notificationHandler(willing.options)(post(body))).status).toBe(200);
    expect(called).toEqual(["https://notifications.test/subscribe"]);
  });

  it("does not call addresses outside SNS to confirm a subscription", async () => {
    const called: string[] = [];
    const options = recording({
      confirmSubscriptions: true,
      topics: ["291180941288"],
      fetch: async ({ url }) => {
        called.push(url);
        return new Response("ok");
      },
    });
    const body = await signer.subscription({ SubscribeURL: "https://169.254.169.254/latest/" });
    expect((await notificationHandler(options.options)(post(body))).status).toBe(500);
    expect(called).toEqual([]);
    expect(options.errors[0]).toMatchObject({ code: "notification.untrusted-url" });
  });
});

describe("nodeNotificationHandler", () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function serve(handler: Parameters<typeof createServer>[1]): Promise<string> {
    const server = createServer(handler);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  it("answers over a real socket", async () => {
    const { options, changes } = recording();
    const url = await serve(nodeNotificationHandler(options));
    expect((await fetch(url)).status).toBe(405);
    expect((await fetch(url, { method: "POST", body: "{}" })).status).toBe(400);
    expect((await fetch(url, { method: "POST", body: "x".repeat(2_000_000) })).status).toBe(413);
    const answer = await fetch(signer.request(url, await signer.change()));
    expect([answer.status, await answer.text()]).toEqual([200, "ok"]);
    expect(changes).toHaveLength(1);
  });

  it("survives a sender that hangs up in the middle", async () => {
    const { options, errors } = recording();
    const handler = nodeNotificationHandler(options);
    let arrived = (): void => undefined;
    const isBegun = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const url = await serve((request, response) => {
      void handler(request, response);
      request.once("data", arrived);
    });
    const outgoing = send(url, { method: "POST", headers: { "content-length": "1000" } });
    outgoing.on("error", () => undefined);
    outgoing.write("half of it");
    // Who hangs up before the other side has heard of it was never there.
    await isBegun;
    outgoing.destroy();
    await expect.poll(() => errors.length).toBe(1);
    expect((await fetch(url)).status).toBe(405);
  });

  it("takes what a body parser has left", async () => {
    const { options, changes } = recording();
    const handle = nodeNotificationHandler(options);
    const body = await signer.change();
    for (const form of [body, Buffer.from(body), JSON.parse(body) as object]) {
      const url = await serve((request, response) => void handle(Object.assign(request, { body: form }), response));
      expect((await fetch(url, { method: "POST", body: "ignored" })).status).toBe(200);
    }
    expect(changes).toHaveLength(3);
    const emptied = await serve((request, response) => void handle(Object.assign(request, { body: {} }), response));
    expect((await fetch(emptied, { method: "POST", body })).status).toBe(200);
  });
});
