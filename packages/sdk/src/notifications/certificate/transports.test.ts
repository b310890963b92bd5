import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Issued, issue } from "../conformance/issued.ts";
import type { UnsignedEnvelope } from "../envelope/envelope.ts";
import { signEnvelope } from "../envelope/signature.ts";
import { verifyNotification } from "../verify.ts";

const local = { dnsNames: [], addresses: ["127.0.0.1"] };
let root: Issued;
let server: Server;
let host: string;
let body: string;

beforeAll(async () => {
  root = await issue({ authority: true, name: "Sandbox authority" });
  const tls = await issue(local, root);
  const signer = await issue(local, root);
  server = createServer({ key: tls.keyPem, cert: tls.pem }, (_request, response) => response.end(signer.pem));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const envelope: UnsignedEnvelope = {
    Type: "Notification",
    MessageId: "1",
    TopicArn: "arn:aws:sns:us-east-1:291180941288:Sandbox",
    Message: '{"MerchantID":"M","ObjectType":"CHARGE","ObjectId":"C","NotificationType":"STATE_CHANGE"}',
    Timestamp: new Date().toISOString(),
  };
  const certificateUrl = `https://${host}/signer.pem`;
  body = JSON.stringify(await signEnvelope(envelope, { pkcs8: signer.pkcs8, certificateUrl }));
});
afterAll(() => server.close());

it("fetches over TLS that the given authority vouches for, and over no other", async () => {
  const trustedHosts = [host];
  const unknown = await issue({ authority: true, name: "Unknown" });
  await expect(verifyNotification(body, { trustedHosts, ca: unknown.pem })).rejects.toMatchObject({
    code: "notification.certificate-unreachable",
  });
  const notification = await verifyNotification(body, { trustedHosts, ca: [unknown.pem, root.pem] });
  expect(notification).toMatchObject({ merchantId: "M", objectId: "C" });
});
