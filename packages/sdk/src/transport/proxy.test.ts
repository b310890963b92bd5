import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { AmazonPay } from "../amazon-pay.ts";
import { TEST_KEY } from "../conformance/client-fixture.ts";
import { answer, startSecureService, type LocalService } from "../conformance/service.ts";
import { MwsReports } from "../mws/index.ts";
import { environmentProxy } from "./proxy.ts";

/** A real CONNECT proxy on this machine, with what it was asked for. Every name leads to the given port. */
async function startProxy(port: number): Promise<Server & { asked: string[]; refuse: number; authorization: string }> {
  const proxy = Object.assign(createServer(), { asked: [] as string[], refuse: 0, authorization: "" });
  proxy.on("connect", (request, socket) => {
    proxy.asked.push(request.url ?? "");
    proxy.authorization = request.headers["proxy-authorization"] ?? "";
    if (proxy.refuse > 0) {
      socket.end(`HTTP/1.1 ${proxy.refuse} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const upstream = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [socket, upstream]) end.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, "127.0.0.1", resolve);
  });
  return proxy;
}

describe("a proxy", () => {
  let service: LocalService;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  let address: string;
  const clients: AmazonPay[] = [];
  const client = (more: object = {}): AmazonPay => {
    const pay = new AmazonPay({
      region: "na",
      publicKeyId: "SANDBOX-X",
      privateKey: TEST_KEY,
      baseUrl: service.origin,
      ca: service.ca,
      maxRetries: 0,
      ...more,
    });
    clients.push(pay);
    return pay;
  };
  beforeAll(async () => {
    service = await startSecureService((_request, response) => answer(response, 200, { chargeId: "C" }));
    proxy = await startProxy(Number(new URL(service.origin).port));
    address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  afterEach(() => {
    for (const pay of clients.splice(0)) pay.close();
    Object.assign(proxy, { asked: [], refuse: 0, authorization: "" });
  });
  afterAll(async () => {
    proxy.closeAllConnections();
    proxy.close();
    await service.close();
  });

  test("is tunnelled through, with its user, and its connection is used again", async () => {
    const pay = client({ proxy: address.replace("//", "//me:p%40ss%C3%A4@") });
    expect((await pay.charges.retrieve("C")).chargeId).toBe("C");
    expect((await pay.charges.retrieve("C")).chargeId).toBe("C");
    expect(proxy.asked).toEqual([new URL(service.origin).host]);
    expect(Buffer.from(proxy.authorization.replace("Basic ", ""), "base64").toString()).toBe("me:p@ssä");
  });

  test("is not trusted with TLS: the certificate is that of the host behind it", async () => {
    const other = client({ proxy: address, ca: undefined });
    await expect(other.charges.retrieve("C")).rejects.toMatchObject({ code: "connection.tls" });
    const named = client({ proxy: address, baseUrl: "https://elsewhere.test" });
    await expect(named.charges.retrieve("C")).rejects.toMatchObject({ code: "connection.tls" });
    expect(proxy.asked.at(-1)).toBe("elsewhere.test:443");
  });

  test.each([
    [407, /asks for a user and a password/],
    [403, /refused with status 403/],
    [502, /refused with status 502/],
  ])("that answers %i is named, without its password", async (status, words) => {
    proxy.refuse = status;
    const error: Error = await client({ proxy: address.replace("//", "//me:secret@") })
      .charges.retrieve("C")
      .then(
        () => new Error("answered"),
        (thrown: Error) => thrown,
      );
    expect(error).toMatchObject({ code: "connection.proxy", message: expect.stringMatching(words) as string });
    expect(error.message + String(error.cause)).not.toContain("secret");
  });

  test("that is not there is named", async () => {
    const gone = await startProxy(1);
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => {
      gone.close(resolve);
    });
    await expect(client({ proxy: `127.0.0.1:${port}` }).charges.retrieve("C")).rejects.toMatchObject({
      code: "connection.proxy",
      message: expect.stringContaining(`the proxy 127.0.0.1:${port} could not be reached`) as string,
    });
  });

  test("comes from the environment, also for MWS; this machine's own addresses are asked directly", async () => {
    const before = { ...process.env };
    Object.assign(process.env, { HTTPS_PROXY: address, https_proxy: "", no_proxy: "", NO_PROXY: "" });
    try {
      const remote = { baseUrl: "https://elsewhere.test", maxRetries: 0 };
      await expect(client(remote).charges.retrieve("C")).rejects.toMatchObject({ code: "connection.tls" });
      const seller = { region: "na", sellerId: "A", accessKeyId: "K", secretKey: "S", ca: service.ca } as const;
      await expect(new MwsReports({ ...seller, ...remote }).getReportList()).rejects.toThrow(/certificate/);
      expect(proxy.asked).toEqual(["elsewhere.test:443", "elsewhere.test:443"]);
      expect((await client().charges.retrieve("C")).chargeId).toBe("C");
      await expect(client({ ...remote, proxy: false }).charges.retrieve("C")).rejects.toMatchObject({
        code: "connection.dns",
      });
      expect(proxy.asked).toHaveLength(2);
    } finally {
      for (const name of ["HTTPS_PROXY", "https_proxy", "no_proxy", "NO_PROXY"]) {
        delete process.env[name];
        if (before[name] !== undefined) process.env[name] = before[name];
      }
    }
  });

  test.each(["socks5://127.0.0.1:1", "http://", "::", "ftp://x"])("%j is refused as an address", (given) => {
    expect(() => client({ proxy: given }).charges).toThrowError(/`proxy` must be an address/);
  });

  test("beside a `fetch` is refused: it would be ignored", () => {
    const fetch = (request: Request): Promise<Response> => globalThis.fetch(request);
    expect(() => client({ proxy: address, ca: undefined, fetch })).toThrowError(/`proxy` works with/);
  });
});

describe("NO_PROXY", () => {
  test.each([
    ["*", "pay-api.amazon.com", false],
    ["amazon.com", "pay-api.amazon.com", false],
    [".amazon.com", "pay-api.amazon.com", false],
    ["*.amazon.com", "pay-api.amazon.com", false],
    ["PAY-API.AMAZON.COM", "pay-api.amazon.com", false],
    ["a.example, pay-api.amazon.com:443", "pay-api.amazon.com", false],
    ["pay-api.amazon.com:8443", "pay-api.amazon.com", true],
    ["azon.com", "pay-api.amazon.com", true],
    ["pay-api.amazon.eu", "pay-api.amazon.com", true],
    ["", "pay-api.amazon.com", true],
    ["2001:db8::1", "[2001:db8::1]", false],
    ["10.0.0.1 10.0.0.2", "10.0.0.2", false],
    ["10.0.0.0/8", "10.200.3.4", false],
    ["10.0.0.0/8", "11.0.0.1", true],
    ["10.0.0.0/8:8443", "10.0.0.1", true],
    ["10.0.0.0/99", "10.0.0.1", true],
    ["10.0.0.5-10.0.0.9", "10.0.0.7", false],
    ["10.0.0.5-10.0.0.9", "10.0.0.10", true],
    ["2001:db8::/32", "[2001:db8:5::1]", false],
    ["2001:db8::/32", "[2001:db9::1]", true],
    ["2001:0db8:0:0:0:0:0:1", "[2001:db8::1]", false],
    ["[2001:db8::1]:443", "[2001:db8::1]", false],
    ["[2001:db8::1]:8443", "[2001:db8::1]", true],
    ["10.0.0.0/8", "pay-api.amazon.com", true],
    ["", "127.0.0.1", false],
    ["", "localhost", false],
    ["", "shop.localhost", false],
    ["", "[::1]", false],
  ])("%j: %s goes through the proxy: %j", (list, host, through) => {
    const env = { HTTPS_PROXY: "http://proxy.example:3128", NO_PROXY: list };
    expect(environmentProxy(new URL(`https://${host}`), env) !== undefined).toBe(through);
  });

  test("lower case comes first, and ALL_PROXY last", () => {
    const origin = new URL("https://pay-api.amazon.com");
    const of = (env: Record<string, string>): string | undefined => environmentProxy(origin, env)?.host;
    expect(of({ HTTPS_PROXY: "http://a:1", https_proxy: "http://b:1" })).toBe("b:1");
    expect(of({ ALL_PROXY: "http://a:1" })).toBe("a:1");
    expect(of({ HTTP_PROXY: "http://a:1" })).toBeUndefined();
    expect(() => of({ HTTPS_PROXY: "socks://user:secret@x" })).toThrowError(/^HTTPS_PROXY must be an address[^:]*http/);
  });
});
