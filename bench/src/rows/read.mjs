/** Reading a settlement file into typed rows, against parsers that give strings, and against reading its bytes. */
import { join } from "node:path";
import { statSync } from "node:fs";
import { child } from "../child.mjs";
import { alternate, figure, line } from "../compare.mjs";
import { writeSettlement } from "../settlement-file.mjs";

/** The slowest contender reads a file of a tenth: its rate is the same, and the others need not wait for it. */
const SLOW = 10;

const CONTENDERS = {
  kit: { title: "kit, typed rows" },
  udsv: { title: "uDSV, strings", target: 1 },
  papaparse: { title: "PapaParse, strings", target: 3 },
  csvParse: { title: "csv-parse, strings", target: 8, slow: true },
  plain: { title: "plain read of the bytes" },
};

export const read = {
  name: "read",
  async run(scale) {
    const path = join(scale.folder, "settlement.csv");
    const short = join(scale.folder, "settlement-short.csv");
    const few = Math.max(scale.rows / SLOW, 200);
    await writeSettlement(path, { rows: scale.rows });
    await writeSettlement(short, { rows: few });
    const workers = Object.fromEntries(Object.keys(CONTENDERS).map((name) => [name, child("read")]));
    try {
      const works = Object.fromEntries(
        Object.entries(CONTENDERS).map(([name, { slow }]) => [
          name,
          async () => {
            const rows = slow ? few : scale.rows;
            const { seconds, cpu, ...found } = await workers[name].ask(name, { path: slow ? short : path });
            if (found.rows !== undefined && found.rows !== rows) {
              throw new Error(`${name} has read ${found.rows} rows of ${rows}`);
            }
            return { units: rows, cpu, figures: { seconds } };
          },
        ]),
      );
      const found = await alternate(works, { rounds: scale.rounds });
      const megabytes = statSync(path).size / 1e6;
      return Object.entries(CONTENDERS)
        .filter(([name]) => name !== "kit")
        .map(([name, { title, target }]) => {
          const ratio = found.kit.rate / found[name].rate;
          return line({
            work: `read a settlement file of ${scale.rows.toLocaleString("en-US")} rows`,
            against: title,
            ours: found.kit,
            theirs: found[name],
            ratio,
            cpuRatio: found[name].cpuPerUnit / found.kit.cpuPerUnit,
            target: target === undefined ? "" : `≥ ${target}`,
            met: target === undefined ? null : ratio >= target,
            note: `${figure(found.kit.rate / 1e6)} M rows a second, ${figure((megabytes * found.kit.rate) / scale.rows)} MB a second`,
          });
        });
    } finally {
      await Promise.all(Object.values(workers).map((worker) => worker.end()));
    }
  },
};
