/** createCharge over HTTPS on loopback: both clients against the same small server in a process of its own. */
import { fork } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { alternate, line } from "../compare.mjs";

const server = fileURLToPath(new URL("../charge-server.mjs", import.meta.url));
const worker = fileURLToPath(new URL("../charge-client.mjs", import.meta.url));
const COUNT = { 1: 600, 32: 3000 };

/** A child process that answers one message with one message. */
async function child(path, first) {
  const made = fork(path, [], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const ask = async (message) => {
    made.send(message);
    const [answer] = await once(made, "message");
    return answer;
  };
  return { ask, ready: await ask(first), end: () => made.kill() };
}

export const client = {
  name: "client",
  async run() {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" });
    const served = await child(server, { start: true });
    const lines = [];
    const contenders = {};
    for (const kind of ["kit", "official"]) contenders[kind] = await child(worker, { kind, pem, ...served.ready });
    try {
      for (const inFlight of [1, 32]) {
        const call = (kind) => async () => {
          const { seconds, cpu } = await contenders[kind].ask({ inFlight, count: COUNT[inFlight] });
          return { units: COUNT[inFlight], cpu, figures: { seconds } };
        };
        const found = await alternate({ kit: call("kit"), official: call("official") });
        const rate = found.official.seconds / found.kit.seconds;
        const cpu = found.kit.cpuPerUnit / found.official.cpuPerUnit;
        const work = `createCharge over HTTPS, ${inFlight} in flight`;
        lines.push(
          line(
            `${work}: rate`,
            "official Node SDK",
            found.kit,
            found.official,
            rate,
            "≥ 2",
            rate >= 2,
            "calls per second",
          ),
        );
        lines.push(
          line(
            `${work}: CPU`,
            "official Node SDK",
            found.kit,
            found.official,
            cpu,
            "≤ 0.5",
            cpu <= 0.5,
            "CPU per call",
          ),
        );
      }
    } finally {
      for (const contender of Object.values(contenders)) contender.end();
      served.end();
    }
    return lines;
  },
};
