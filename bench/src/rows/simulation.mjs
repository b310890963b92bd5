/** The simulation: shops, a failing network and dying processes, and the books compared with the truth. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { alternate, figure, line } from "../compare.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));

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
          const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
          const { merchantDays, merchantDaysPerSecond } = JSON.parse(stdout);
          return { units: merchantDays, figures: { seconds: merchantDays / merchantDaysPerSecond } };
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
        note: "with faults and crashes, the books compared with the truth",
      }),
    ];
  },
};
