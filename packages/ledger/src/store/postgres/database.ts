import pg from "pg";

const INT8 = 20;
const NUMERIC = 1700;

/** Whole numbers as `bigint`, so that nothing is rounded before the type rule of the ledger is applied. */
function wholeNumber(text: string): bigint | string {
  return /^-?\d+$/.test(text) ? BigInt(text) : text;
}

/**
 * How connections to PostgreSQL are kept: one whose other end vanished without a word (a firewall that forgets, a host that is
 * gone) is found out by the system within minutes instead of never, and a host that does not answer is not waited for longer.
 */
export const CONNECTION = {
  keepAlive: true,
  keepAliveInitialDelayMillis: 30_000,
  connectionTimeoutMillis: 60_000,
} as const;

/**
 * A pool of connections that gives 64-bit integers and sums exactly.
 *
 * @param url `postgres://user:password@host:port/database`
 */
export function connect(url: string, options: { readonly max?: number } = {}): pg.Pool {
  const pool = new pg.Pool({
    ...CONNECTION,
    connectionString: url,
    max: options.max ?? 10,
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === INT8 || oid === NUMERIC ? wholeNumber : pg.types.getTypeParser(oid, format as "text"),
    } as pg.CustomTypesConfig,
  });
  // A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
  pool.on("error", () => {});
  // So would one that breaks in somebody's hands between two questions, within a transaction: the next question tells of it.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}
