/** The sandbox, which verifies every signature and writes every change down, against an emulator that does neither. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { privateKeySigner } from "@amazon-pay-kit/sdk";
import { signRequest } from "@amazon-pay-kit/sdk/signing";
import { child } from "../child.mjs";
import { alternate, figure, line } from "../compare.mjs";

const IN_FLIGHT = 32;

/** A request as it goes over the wire. */
function wire(method, path, host, headers, body = "") {
  const lines = Object.entries({ host, ...headers, "content-length": Buffer.byteLength(body) });
  return `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`;
}

/** Requests to the sandbox, signed as the client signs them. */
async function signed({ url, key }, calls) {
  const signer = privateKeySigner(readFileSync(key.privateKeyFile, "utf8"));
  const now = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const requests = [];
  for (const { method, path, body } of calls) {
    const request = {
      method,
      path,
      headers: {
        accept: "application/json",
        "content-type": "application/json",
        "x-amz-pay-date": now,
        "x-amz-pay-host": "pay-api.amazon.com",
        "x-amz-pay-region": "na",
        ...(method === "POST" && { "x-amz-pay-idempotency-key": randomUUID().replaceAll("-", "") }),
      },
      ...(body !== undefined && { body }),
    };
    const { headers } = await signRequest(request, { publicKeyId: key.publicKeyId, signer });
    requests.push(wire(method, path, new URL(url).host, { ...request.headers, ...headers }, body));
  }
  return requests;
}

/** An answer as long as that of getCharge. */
const ANSWER = JSON.stringify({ chargeId: "S01-5105180-3221187-C056351", padding: "0".repeat(780) });

/** getCharge beside a server that verifies nothing, knows nothing and writes nothing. */
async function againstBare({ servers, caller, kit, charges, count, scale }) {
  const bare = await servers.bare.ask("bare", { answer: ANSWER });
  const measured = (who, requestsOf) => async () => {
    const requests = await requestsOf();
    await servers[who].ask("cpuStart");
    const url = who === "kit" ? kit.url : bare.url;
    const { seconds } = await caller.ask("call", { url, requests, inFlight: Math.min(IN_FLIGHT, count), expect: 200 });
    const { used } = await servers[who].ask("cpuSince");
    return { units: count, cpu: used, figures: { seconds } };
  };
  const ids = charges.slice(-count);
  const host = new URL(bare.url).host;
  const found = await alternate(
    {
      kit: measured("kit", () =>
        signed(
          kit,
          ids.map((id) => ({ method: "GET", path: `/v2/charges/${id}` })),
        ),
      ),
      bare: measured("bare", () => ids.map((id) => wire("GET", `/v2/charges/${id}`, host, {}))),
    },
    { rounds: scale.rounds },
  );
  const ratio = found.kit.cpuPerUnit / found.bare.cpuPerUnit;
  return line({
    work: "sandbox, getCharge: CPU of the server, signature verified",
    against: "bare node:http, which verifies nothing",
    ours: found.kit,
    theirs: found.bare,
    ratio,
    cpuRatio: ratio,
    target: "≤ 8",
    met: ratio <= 8,
    note: `${figure(found.kit.cpuPerUnit * 1e6)} against ${figure(found.bare.cpuPerUnit * 1e6)} µs`,
  });
}

export const sandbox = {
  name: "sandbox",
  async run(scale) {
    const servers = { kit: child("emulator"), emulate: child("emulator"), bare: child("emulator") };
    const caller = child("caller");
    const count = scale.calls;
    const rounds = scale.rounds + 1;
    try {
      const kit = await servers.kit.ask("sandbox", {
        dataDir: join(scale.folder, "sandbox"),
        permissions: count * rounds,
      });
      const emulate = await servers.emulate.ask("emulate");
      let sent = 0;
      /** It allows a token 5,000 calls an hour. */
      const stripe = () => ({
        authorization: `Bearer sk_test_bench${Math.floor(sent++ / 1000)}`,
        "content-type": "application/x-www-form-urlencoded",
      });
      const host = new URL(emulate.url).host;
      const charges = { kit: [], emulate: [] };

      const works = {
        create: {
          title: "createCharge",
          nearest: "create a payment intent",
          kit: (round) =>
            signed(
              kit,
              kit.ids.slice(round * count, (round + 1) * count).map((chargePermissionId) => ({
                method: "POST",
                path: "/v2/charges",
                body: JSON.stringify({
                  chargePermissionId,
                  chargeAmount: { amount: "10.00", currencyCode: "USD" },
                  captureNow: true,
                }),
              })),
            ),
          emulate: () =>
            Array.from({ length: count }, () =>
              wire(
                "POST",
                "/v1/payment_intents",
                host,
                stripe(),
                "amount=1000&currency=usd&payment_method=pm_card_visa",
              ),
            ),
          expect: { kit: 201, emulate: 200 },
          idOf: { kit: '"chargeId":"([^"]+)"', emulate: '"id":"(pi_[^"]+)"' },
        },
        retrieve: {
          title: "getCharge",
          nearest: "retrieve a payment intent",
          kit: () =>
            signed(
              kit,
              charges.kit.slice(-count).map((id) => ({ method: "GET", path: `/v2/charges/${id}` })),
            ),
          emulate: () =>
            charges.emulate.slice(-count).map((id) => wire("GET", `/v1/payment_intents/${id}`, host, stripe())),
          expect: { kit: 200, emulate: 200 },
          idOf: {},
        },
      };

      const lines = [];
      for (const [name, work] of Object.entries(works)) {
        const round = { kit: 0, emulate: 0 };
        const measured = (who) => async () => {
          const requests = await work[who](round[who]);
          round[who] += 1;
          await servers[who].ask("cpuStart");
          const { seconds, ids } = await caller.ask("call", {
            url: who === "kit" ? kit.url : emulate.url,
            requests,
            inFlight: Math.min(IN_FLIGHT, count),
            expect: work.expect[who],
            idOf: work.idOf[who],
          });
          if (name === "create") charges[who].push(...ids);
          const { used } = await servers[who].ask("cpuSince");
          return { units: count, cpu: used, figures: { seconds } };
        };
        const found = await alternate(
          { kit: measured("kit"), emulate: measured("emulate") },
          { rounds: scale.rounds, warmUp: true },
        );
        const ratio = found.kit.rate / found.emulate.rate;
        lines.push(
          line({
            work: `sandbox, ${work.title}: signatures verified, durable`,
            against: `emulate's Stripe service, ${work.nearest}`,
            ours: found.kit,
            theirs: found.emulate,
            ratio,
            cpuRatio: found.emulate.cpuPerUnit / found.kit.cpuPerUnit,
            target: "≥ 1",
            met: ratio >= 1,
            note: `${Math.round(found.kit.rate)} against ${Math.round(found.emulate.rate)} a second`,
          }),
        );
      }
      lines.push(await againstBare({ servers, caller, kit, charges: charges.kit, count, scale }));
      await servers.kit.ask("close");
      await servers.emulate.ask("close");
      await servers.bare.ask("close");
      return lines;
    } finally {
      await Promise.all([caller, ...Object.values(servers)].map((one) => one.end()));
    }
  },
};
