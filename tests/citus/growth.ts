import { distribute, openPostgresStore } from "@amazon-pay-kit/ledger";
import { systemClock } from "@amazon-pay-kit/sdk/clock";
import pg from "pg";
import { fill } from "../scale/model.ts";
import { type Cluster, createOnCluster, dropFromCluster } from "./databases.ts";

/** Rows and accounts of the model, and how many connections ask at once for how long. */
const MODEL = { rows: 50_000, accounts: 200, connections: 8, seconds: 10 } as const;

interface Measured {
  readonly workers: number;
  /** Settlements of 500 rows that were summed a second, by all connections together. */
  readonly settlements: number;
  /** Share of the rows on the node that has most of them, in percent. */
  readonly largest: number;
}

async function settlementsASecond(url: string): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: MODEL.connections });
  try {
    const { rows: known } = await pool.query<{ account_id: string; settlement_id: string }>(
      "select distinct account_id, settlement_id from settlement_row order by 2",
    );
    const end = systemClock.now() + MODEL.seconds * 1000;
    const ask = async (from: number): Promise<number> => {
      let asked = 0;
      for (let at = from; systemClock.now() < end; at += MODEL.connections) {
        const one = known[at % known.length];
        await pool.query(
          "select count(*), sum(net_minor) from settlement_row where account_id = $1 and settlement_id = $2",
          [one?.account_id, one?.settlement_id],
        );
        asked += 1;
      }
      return asked;
    };
    const each = await Promise.all(Array.from({ length: MODEL.connections }, (_none, index) => ask(index)));
    return Math.round(each.reduce((sum, asked) => sum + asked, 0) / MODEL.seconds);
  } finally {
    await pool.end();
  }
}

async function measureWith(cluster: Cluster): Promise<Measured> {
  const name = `apay_citus_${process.pid}_growth`;
  try {
    const url = await createOnCluster(cluster, name);
    const store = await openPostgresStore(url);
    await distribute(store).finally(() => store.close());
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await fill(client, { table: "settlement_row", from: 0, to: MODEL.rows, accounts: MODEL.accounts });
      await client.query("analyze settlement_row");
      const { rows } = await client.query<{ share: number }>(
        `select (100 * max(size) / sum(size))::float8 as share from (
           select nodeport, nodename, sum(shard_size)::numeric as size from citus_shards
           where table_name = 'settlement_row'::regclass group by 1, 2) as node`,
      );
      return {
        workers: cluster.workers.length,
        settlements: await settlementsASecond(url),
        largest: Math.round(rows[0]?.share ?? 100),
      };
    } finally {
      await client.end();
    }
  } finally {
    await dropFromCluster(cluster, [name]);
  }
}

/**
 * What a worker adds: the scaled model on one worker and on all of them. Where the nodes share processors, questions a second say
 * nothing of more hosts; how evenly the rows lie does.
 */
export async function measureGrowth({ coordinator, workers }: Cluster): Promise<readonly string[]> {
  const one = await measureWith({ coordinator, workers: workers.slice(0, 1) });
  const all = await measureWith({ coordinator, workers });
  const hosts = new Set([coordinator, ...workers].map((url) => new URL(url).hostname));
  const shared =
    hosts.size <= workers.length ? ["  nodes share a host, so that they take processors from each other"] : [];
  return [
    `growth, ${MODEL.rows} rows of ${MODEL.accounts} accounts, ${MODEL.connections} connections:`,
    ...[one, all].map(
      ({ workers: count, settlements, largest }) =>
        `  ${count} worker${count === 1 ? "" : "s"}: ${settlements} settlements summed a second; the fullest node has ${largest} % of the rows`,
    ),
    ...shared,
  ];
}
