/** What a command costs before it does anything, beside a Node that runs an empty file. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "../command-cpu.mjs";
import { figure, line, median } from "../compare.mjs";
import { writeSettlement } from "../settlement-file.mjs";

const APAY = fileURLToPath(new URL("../../../packages/cli/bin/apay.js", import.meta.url));
const COMMANDS = [
  { title: "apay --version", args: () => ["--version"], target: 1.3 },
  { title: "apay --help", args: () => ["--help"], target: 1.3 },
  { title: "apay parse of a file of ten rows", args: ({ file }) => ["parse", file], target: 2.5 },
  {
    title: "apay settlements list",
    args: ({ books }) => ["settlements", "list", "--data-dir", books],
    target: 2.5,
  },
];

export const start = {
  name: "start",
  async run(scale) {
    const folder = join(scale.folder, "start");
    mkdirSync(folder, { recursive: true });
    const place = { file: join(folder, "small.csv"), books: join(folder, "books"), empty: join(folder, "empty.mjs") };
    writeFileSync(place.empty, "");
    await writeSettlement(place.file, { rows: 10 });
    const runs = { node: [], ...Object.fromEntries(COMMANDS.map(({ title }) => [title, []])) };
    // Four processes are short: more rounds than elsewhere, and none that counts before the books are there.
    const rounds = scale.name === "full" ? 15 : scale.rounds;
    for (let round = -1; round < rounds; round += 1) {
      const found = [["node", runCommand([process.execPath, place.empty], { cwd: folder }).cpu]];
      for (const { title, args } of COMMANDS) {
        found.push([title, runCommand([process.execPath, APAY, ...args(place)], { cwd: folder }).cpu]);
      }
      if (round >= 0) for (const [name, cpu] of found) runs[name].push(cpu);
    }
    const theirs = { cpu: median(runs.node), rounds };
    return COMMANDS.map(({ title, target }) => {
      const ours = { cpu: median(runs[title]), rounds };
      const ratio = ours.cpu / theirs.cpu;
      return line({
        work: `${title}: CPU`,
        against: "node, an empty file",
        ours,
        theirs,
        ratio,
        cpuRatio: ratio,
        target: `≤ ${target}`,
        met: ratio <= target,
        note: `${figure(ours.cpu * 1000)} against ${figure(theirs.cpu * 1000)} ms`,
      });
    });
  },
};
