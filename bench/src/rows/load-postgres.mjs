/** A settlement file into PostgreSQL, end to end; against bare COPY of the same rows into the same table. */
import { join } from "node:path";
import { tsImport } from "tsx/esm/api";
import { child } from "../child.mjs";
import { alternate, figure, line } from "../compare.mjs";
import { writeSettlement } from "../settlement-file.mjs";

export const loadPostgres = {
  name: "load-postgres",
  async run(scale) {
    const { startPostgres } = await tsImport("../../../tests/postgres/server.ts", import.meta.url);
    const path = join(scale.folder, "to-postgres.csv");
    const copy = join(scale.folder, "rows.copy");
    await writeSettlement(path, { rows: scale.rows });
    const server = await startPostgres({ durable: true });
    const worker = child("load-postgres");
    let client = "";
    try {
      const folder = join(scale.folder, "postgres-archive");
      const first = await server.createDatabase();
      const expected = await worker.ask("kit", { path, folder, url: first });
      await worker.ask("dump", { url: first, copy });
      const load = (work) => async () => {
        const url = await server.createDatabase();
        const found = await worker.ask(work, { path, folder, copy, url });
        if (found.rows !== scale.rows || found.net !== expected.net) {
          throw new Error(`${work} has loaded ${found.rows} rows, sum ${found.net}`);
        }
        client = found.client ?? client;
        return { units: scale.rows, cpu: found.cpu, figures: { seconds: found.seconds } };
      };
      const { kit, bare } = await alternate(
        { kit: load("kit"), bare: load("bare") },
        { rounds: scale.rounds, warmUp: false },
      );
      const ratio = kit.rate / bare.rate;
      return [
        line({
          work: `load ${scale.rows.toLocaleString("en-US")} rows into PostgreSQL, end to end`,
          against: `bare COPY by ${client}`,
          ours: kit,
          theirs: bare,
          ratio,
          target: "≥ 0.7",
          met: ratio >= 0.7,
          note: `${figure(kit.seconds)} against ${figure(bare.seconds)} s`,
        }),
      ];
    } finally {
      await worker.end();
      await server.stop();
    }
  },
};
