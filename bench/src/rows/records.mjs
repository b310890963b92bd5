/** The merchant's own records: a file read, checked and stored, against bare inserts of its rows into the same table. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { child } from "../child.mjs";
import { alternate, figure, line } from "../compare.mjs";
import { writeMonth } from "../month-files.mjs";

export const records = {
  name: "records",
  async run(scale) {
    const files = Math.max(2, Math.round(scale.rows / 2000));
    const month = join(scale.folder, "records-month");
    await writeMonth(month, { files, rows: 1000 });
    const workers = { kit: child("records"), bare: child("records") };
    const folders = { kit: join(scale.folder, "records-kit"), bare: join(scale.folder, "records-bare") };
    try {
      const path = join(month, "orders.csv");
      const wanted = await workers.kit.ask("kit", { path, folder: folders.kit });
      await workers.bare.ask("remember", { folder: folders.kit });
      const run = (who, work) => async () => {
        const found = await workers[who].ask(work, { path, folder: folders[who] });
        if (found.rows !== wanted.rows || found.total !== wanted.total) throw new Error(`${work} stored other records`);
        return { units: found.rows, cpu: found.cpu, figures: { seconds: found.seconds } };
      };
      const found = await alternate(
        { kit: run("kit", "kit"), bare: run("bare", "bare"), bareIndexesLast: run("bare", "bareIndexesLast") },
        { rounds: scale.rounds },
      );
      return [
        ["bare prepared inserts into the same table, its indexes kept", found.bare],
        ["the same, with the indexes built at the end", found.bareIndexesLast],
      ].map(([against, theirs]) => {
        const ratio = found.kit.cpuPerUnit / theirs.cpuPerUnit;
        return line({
          work: `import ${wanted.rows.toLocaleString("en-US")} own records, read and checked: CPU`,
          against,
          ours: found.kit,
          theirs,
          ratio,
          cpuRatio: ratio,
          target: "≤ 2",
          met: ratio <= 2,
          note: `${figure(found.kit.cpuPerUnit * 1e6)} against ${figure(theirs.cpuPerUnit * 1e6)} µs a record`,
        });
      });
    } finally {
      await Promise.all(Object.values(workers).map((one) => one.end()));
      for (const folder of [month, ...Object.values(folders)]) rmSync(folder, { recursive: true, force: true });
    }
  },
};
