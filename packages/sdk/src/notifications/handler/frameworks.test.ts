import { beforeAll, describe, expect, it, test } from "vitest";
import { readEnvelope } from "../envelope/read-envelope.ts";
import { createTestSigner, type NotificationTestSigner } from "../test-signer/test-signer.ts";
import type { ChangeNotification } from "../event.ts";
import { fastifyNotifications, type FastifyPart } from "./fastify.ts";
import { nodeNotificationHandler } from "./node.ts";
import { lambdaNotificationHandler, type LambdaHttpEvent, type LambdaSnsEvent } from "./lambda.ts";

let signer: NotificationTestSigner;
beforeAll(async () => {
  signer = await createTestSigner();
});

test.each<[string, object, RegExp]>([
  ["what Express leaves when nothing was parsed", {}, /it is empty.*text\/plain/],
  ["an SNS trigger's event", { Records: [{ Sns: {} }] }, /Lambda trigger: use lambdaNotificationHandler/],
  ["an API Gateway event", { httpMethod: "POST", body: "{}" }, /Lambda event of API Gateway/],
  ["a function URL's event", { requestContext: { http: {} }, body: "{}" }, /Lambda event of API Gateway/],
  ["a message without envelope", { ObjectType: "CHARGE", ObjectId: "S01" }, /switch off raw message delivery/],
  ["a Buffer as JSON", { type: "Buffer", data: [123] }, /a Buffer that was turned into JSON/],
  ["a body parsed as a form", { '{"Type":"Notification"': "" }, /read it as a form/],
  ["a text spread into an object", { 0: "{", 1: "}" }, /spread into an object/],
  ["a request", { method: "POST", headers: {}, body: "{}" }, /a request and not its body/],
])("a body that was handed over by mistake is named: %s", (_, body, why) => {
  expect(() => readEnvelope(body)).toThrow(
    expect.objectContaining({ code: "notification.unreadable-envelope", message: expect.stringMatching(why) }),
  );
});

describe("lambdaNotificationHandler", () => {
  const http = (body: string): [string, LambdaHttpEvent][] => [
    ["REST API", { httpMethod: "POST", body, isBase64Encoded: false }],
    ["HTTP API and function URL", { requestContext: { http: { method: "POST" } }, body }],
    ["base64", { httpMethod: "POST", body: Buffer.from(body).toString("base64"), isBase64Encoded: true }],
  ];

  it("takes every kind of event, and answers as the kind needs", async () => {
    const seen: string[] = [];
    const handler = lambdaNotificationHandler({
      ...signer.trust,
      onChange: ({ objectId }) => void seen.push(objectId),
    });
    for (const [kind, event] of http(await signer.change({ ObjectId: "S01-É" })))
      expect([kind, (await handler(event)).statusCode]).toEqual([kind, 200]);
    const Sns = JSON.parse(await signer.change({ ObjectId: "S02" })) as object;
    expect(await handler({ Records: [{ Sns }] })).toMatchObject({ statusCode: 200, body: "ok" });
    expect(seen).toEqual(["S01-É", "S01-É", "S01-É", "S02"]);
  });

  it("refuses what is no notification without asking for another delivery", async () => {
    const errors: unknown[] = [];
    const handler = lambdaNotificationHandler({
      ...signer.trust,
      onChange: () => undefined,
      onError: (error) => errors.push(error),
    });
    const events: [LambdaHttpEvent | LambdaSnsEvent, number][] = [
      [{ httpMethod: "GET", body: null }, 405],
      [{ httpMethod: "POST", body: null }, 400],
      [{ httpMethod: "POST", body: "%%%", isBase64Encoded: true }, 400],
      [{ Records: [] }, 400],
      [{ Records: [{ Sns: {} }] }, 400],
      [{ hello: 1 } as LambdaHttpEvent, 400],
    ];
    for (const [event, status] of events) expect((await handler(event)).statusCode).toBe(status);
    expect(errors).toHaveLength(5);
  });

  it("throws for a trigger whose work failed, so that Lambda tries again", async () => {
    const handler = lambdaNotificationHandler({
      ...signer.trust,
      onChange: () => Promise.reject(new Error("database is down")),
    });
    const body = await signer.change();
    await expect(handler({ Records: [{ Sns: JSON.parse(body) as object }] })).rejects.toMatchObject({
      code: "notification.not-processed",
    });
    expect((await handler({ httpMethod: "POST", body })).statusCode).toBe(500);
  });
});

test("Fastify's reply in place of a ServerResponse is refused before any work is done", async () => {
  const seen: string[] = [];
  const onChange = ({ objectId }: ChangeNotification): void => void seen.push(objectId);
  const handle = nodeNotificationHandler({ ...signer.trust, onChange });
  const request = { method: "POST", body: await signer.change() };
  const reply = { code: () => undefined, send: () => undefined };
  await expect(handle(request as never, reply as never)).rejects.toMatchObject({
    code: "notification.bad-option",
    message: expect.stringContaining("with Fastify use fastifyNotifications") as string,
  });
  expect(seen).toEqual([]);
});

describe("fastifyNotifications, with an object that has Fastify's four functions", () => {
  type Route = Parameters<FastifyPart["post"]>[2];

  it("reads the body as bytes for its own route, and answers through the reply", async () => {
    const parsers: string[] = [];
    const routes = new Map<string, Route>();
    const app: FastifyPart = {
      removeContentTypeParser: (type) => parsers.push(`without ${String(type)}`),
      addContentTypeParser: (type, { parseAs }) => parsers.push(`${type} as ${parseAs}`),
      post: (path, _, handler) => routes.set(path, handler),
    };
    const seen: string[] = [];
    const options = { ...signer.trust, onChange: ({ objectId }: ChangeNotification) => void seen.push(objectId) };
    await fastifyNotifications("/ipn", options)(app);
    expect(parsers).toEqual([
      "without text/plain",
      "text/plain as buffer",
      "without application/json",
      "application/json as buffer",
    ]);
    const answers: unknown[] = [];
    const reply = {
      code: (status: number) => answers.push(status),
      headers: () => undefined,
      send: (text: string) => answers.push(text),
    };
    const body = Buffer.from(await signer.change({ ObjectId: "S03" }));
    await routes.get("/ipn")?.({ body }, reply);
    await routes.get("/ipn")?.({ body: undefined }, reply);
    expect(answers).toEqual([200, "ok", 400, "notification.unreadable-envelope"]);
    expect(seen).toEqual(["S03"]);
  });

  it("refuses missing options at once", () => {
    expect(() => fastifyNotifications("/ipn", {} as never)).toThrow(/`onChange` is needed/);
  });
});
