/** What the programs of the pages have to do with: a sandbox, and the keys of its merchants by region. */
export interface Facts {
  readonly http: string;
  readonly https: string;
  readonly caFile: string;
  readonly merchants: Readonly<Record<string, Reader>>;
}

/** A merchant as whom the programs call. */
export interface Reader {
  readonly merchantId: string;
  readonly storeId: string;
  readonly publicKeyId: string;
  readonly privateKeyFile: string;
}

/** What a block of a page exports. */
export type Exports = Readonly<Record<string, unknown>>;

/** Calls what the blocks of a page export, in the order in which a shop would. Gets the exports of all blocks together. */
export type Drive = (blocks: Exports, facts: Facts) => Promise<void>;

/** How one program went. */
export interface Ran {
  readonly name: string;
  readonly printed: readonly string[];
  readonly exported: readonly string[];
  /** Exported functions that were called. */
  readonly called: readonly string[];
  readonly error: string | null;
}

/** Calls the sandbox's control plane. */
export async function control(facts: Facts, path: string, body: object): Promise<Record<string, string>> {
  const answer = await fetch(`${facts.http}/_sandbox${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, string>;
}
