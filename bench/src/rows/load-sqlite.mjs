/** A settlement file into SQLite, end to end: hash, archive, typed rows, indexes; against inserts of rows in memory. */
import { join } from "node:path";
import { child } from "../child.mjs";
import { alternate, figure, line } from "../compare.mjs";
import { writeSettlement } from "../settlement-file.mjs";

const CONTENDERS = {
  bare: { title: "bare prepared inserts of rows in memory", target: 0.7 },
  bareIndexesLast: { title: "the same, indexes built at the end" },
};

export const loadSqlite = {
  name: "load-sqlite",
  async run(scale) {
    const path = join(scale.folder, "to-sqlite.csv");
    await writeSettlement(path, { rows: scale.rows });
    const folder = (name) => join(scale.folder, `sqlite-${name}`);
    const workers = {
      kit: child("load-sqlite"),
      bare: child("load-sqlite", { execArgv: ["--max-old-space-size=8192"] }),
    };
    try {
      const expected = await workers.kit.ask("kit", { path, folder: folder("first") });
      await workers.bare.ask("remember", { folder: folder("first") });
      const load = (worker, work) => async () => {
        const { seconds, cpu, rows, net } = await workers[worker].ask(work, { path, folder: folder(work) });
        if (rows !== scale.rows || net !== expected.net) throw new Error(`${work} has loaded ${rows} rows, sum ${net}`);
        return { units: scale.rows, cpu, figures: { seconds } };
      };
      const found = await alternate(
        { kit: load("kit", "kit"), bare: load("bare", "bare"), bareIndexesLast: load("bare", "bareIndexesLast") },
        { rounds: scale.rounds, warmUp: false },
      );
      return Object.entries(CONTENDERS).map(([name, { title, target }]) => {
        const ratio = found.kit.rate / found[name].rate;
        return line({
          work: `load ${scale.rows.toLocaleString("en-US")} rows into SQLite, end to end`,
          against: title,
          ours: found.kit,
          theirs: found[name],
          ratio,
          cpuRatio: found[name].cpuPerUnit / found.kit.cpuPerUnit,
          target: target === undefined ? "" : `≥ ${target}`,
          met: target === undefined ? null : ratio >= target,
          note: `${figure(found.kit.seconds)} against ${figure(found[name].seconds)} s`,
        });
      });
    } finally {
      await Promise.all(Object.values(workers).map((worker) => worker.end()));
    }
  },
};
