/** A settlement file into PostgreSQL: by the ledger, and by bare COPY with the server's own client. */
import { spawn, spawnSync } from "node:child_process";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { openFolderArchive, openLedger } from "@amazon-pay-kit/ledger";
import { serveWorks } from "../serve-works.mjs";

const ACCOUNT = { accountId: "shop", region: "na", environment: "live" };

async function emptyLedger(url, folder) {
  await rm(folder, { recursive: true, force: true });
  const ledger = await openLedger({ databaseUrl: url, archive: await openFolderArchive(folder) });
  await ledger.accounts.add(ACCOUNT);
  return ledger;
}

async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** What must be the same for everyone who has loaded the file. */
const checked = (url) =>
  withClient(url, async (client) => {
    const { rows } = await client.query(
      "select count(*)::int as rows, sum(net_minor)::float8 as net from settlement_row",
    );
    return rows[0];
  });

/** A server that still writes what others have done would be slow through no fault of ours or theirs. */
const settled = (url) => withClient(url, (client) => client.query("checkpoint"));

function psql(url, command) {
  return new Promise((resolve, reject) => {
    const started = spawn("psql", ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command", command, url], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    started.once("error", reject);
    started.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`psql ended with ${code}`))));
  });
}

const hasPsql = spawnSync("psql", ["--version"], { stdio: "ignore" }).status === 0;

serveWorks({
  async kit({ path, folder, url }, timer) {
    const ledger = await emptyLedger(url, folder);
    await settled(url);
    timer.begin();
    const loaded = await ledger.loadFile({ accountId: ACCOUNT.accountId, file: path });
    timer.stop();
    await ledger.close();
    if (loaded.state !== "loaded" || loaded.errors > 0) throw new Error(`not loaded: ${JSON.stringify(loaded)}`);
    return checked(url);
  },

  /** Writes the rows of a loaded ledger to a file as COPY wants it. */
  async dump({ url, copy }) {
    if (hasPsql) return psql(url, `\\copy settlement_row to '${copy}'`);
    const { to } = await import("pg-copy-streams");
    const { createWriteStream } = await import("node:fs");
    return withClient(url, (client) =>
      pipeline(client.query(to("copy settlement_row to stdout")), createWriteStream(copy)),
    );
  },

  async bare({ folder, url, copy }, timer) {
    await (await emptyLedger(url, folder)).close();
    await settled(url);
    timer.begin();
    if (hasPsql) await psql(url, `\\copy settlement_row from '${copy}'`);
    else {
      await withClient(url, (client) =>
        pipeline(createReadStream(copy), client.query(copyFrom("copy settlement_row from stdin"))),
      );
    }
    timer.stop();
    return { ...(await checked(url)), client: hasPsql ? "psql" : "pg-copy-streams" };
  },
});
