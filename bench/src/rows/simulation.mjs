/** The simulation: shops, a failing network and dying processes, and the books compared with the truth. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { alternate, figure, line } from "../compare.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));

const MERCHANTS = 3;
const DAYS = 6;

export const simulation = {
  name: "simulation",
  async run(scale) {
    let seed = 1;
    const found = await alternate(
      {
        kit: async () => {
          const args = ["--import", "tsx", "--conditions=@amazon-pay-kit/source", "simulation/run.ts", "--json"];
          args.push("--seed", String(seed), "--seeds", String(scale.seeds));
          seed += scale.seeds;
          args.push("--merchants", String(MERCHANTS), "--days", String(DAYS));
          // A world in which the books differ from the truth ends with status 1, and so this comparison.
          await promisify(execFile)(process.execPath, args, { cwd: root });
          return { units: scale.seeds * MERCHANTS * DAYS };
        },
      },
      { rounds: scale.rounds, warmUp: false },
    );
    return [
      line({
        work: "simulation",
        against: "–",
        ours: found.kit,
        theirs: null,
        value: `${figure(found.kit.rate)} merchant-days a second`,
        target: "reported",
        note: "with faults and crashes, the books compared with the truth, start of the processes included",
      }),
    ];
  },
};
