/** createCharge over HTTPS on loopback: both clients, and one written by hand, against the same small server in a process of its own. */
import { generateKeyPairSync } from "node:crypto";
import { child } from "../child.mjs";
import { alternate, line } from "../compare.mjs";

export const client = {
  name: "client",
  async run(scale) {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" });
    const server = child("charge-server");
    const workers = { kit: child("charge-client"), official: child("charge-client"), raw: child("charge-client") };
    try {
      const { port, ca } = await server.ask("start");
      for (const [kind, worker] of Object.entries(workers)) await worker.ask("start", { kind, pem, port, ca });
      const lines = [];
      for (const inFlight of [1, 32]) {
        const count = inFlight === 1 ? Math.ceil(scale.calls / 5) : scale.calls;
        const hammer = (kind) => async () => {
          const { seconds, cpu } = await workers[kind].ask("hammer", { inFlight, count });
          return { units: count, cpu, figures: { seconds } };
        };
        const { kit, official, raw } = await alternate(
          { kit: hammer("kit"), official: hammer("official"), raw: hammer("raw") },
          { rounds: scale.rounds },
        );
        const rate = kit.rate / official.rate;
        const cpu = kit.cpuPerUnit / official.cpuPerUnit;
        const work = `createCharge over HTTPS, ${inFlight} in flight`;
        const shared = { against: "official Node SDK", ours: kit, theirs: official };
        lines.push(
          line({
            ...shared,
            work: `${work}: calls a second`,
            ratio: rate,
            target: "≥ 2",
            met: rate >= 2,
            note: `${Math.round(kit.rate)} against ${Math.round(official.rate)} a second`,
          }),
          line({
            ...shared,
            work: `${work}: CPU a call`,
            ratio: cpu,
            target: "≤ 0.5",
            met: cpu <= 0.5,
            note: `${Math.round(kit.cpuPerUnit * 1e6)} against ${Math.round(official.cpuPerUnit * 1e6)} µs`,
          }),
        );
        const overRaw = kit.cpuPerUnit / raw.cpuPerUnit;
        lines.push(
          line({
            work: `${work}: CPU a call`,
            against: "node:https and a raw signature",
            ours: kit,
            theirs: raw,
            ratio: overRaw,
            cpuRatio: overRaw,
            target: inFlight === 1 ? "≤ 1.15" : "reported",
            met: inFlight === 1 ? overRaw <= 1.15 : null,
            note: `${Math.round(kit.cpuPerUnit * 1e6)} against ${Math.round(raw.cpuPerUnit * 1e6)} µs`,
          }),
        );
      }
      return lines;
    } finally {
      await Promise.all([server, ...Object.values(workers)].map((one) => one.end()));
    }
  },
};
