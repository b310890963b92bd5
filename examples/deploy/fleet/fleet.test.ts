import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSandbox, tradeDemo, type StartedSandbox } from "@amazon-pay-kit/sandbox";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blocksOf } from "../../../tests/docs/pages.ts";
import { startPostgres } from "../../../tests/postgres/server.ts";
import { startS3 } from "../../../tests/s3/server.ts";
import { ComposeHost, freePort, programsOf, type Ended, type StandIn } from "../testing/compose-host.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const apay = join(root, "packages/cli/bin/apay.js");
const DAYS = 12;
const DAY = 86_400_000;

const has = (program: string): boolean => spawnSync(program, ["--version"]).status === 0;
/** Databases and roles belong to a server: it has to be one of this test's own. */
const own = (process.env["APAY_TEST_DATABASE_URL"] ?? "") === "" && process.env["CITUS_COORDINATOR_URL"] === undefined;
const runs = own && ((has("pgbouncer") && has("psql")) || process.env["CI"] !== undefined);

/** In place of the image `postgres`: a user and a database from its environment, and passwords that are asked for. */
async function startDatabase(environment: Readonly<Record<string, string>>): Promise<StandIn> {
  const server = await startPostgres();
  const admin = new URL(await server.createDatabase());
  const { POSTGRES_USER: user = "", POSTGRES_DB: name = "", POSTGRES_PASSWORD: password = "" } = environment;
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  await client.query(`create role ${user} login superuser password '${password}'`);
  await client.query(`create database ${name} owner ${user}`);
  const file = (await client.query<{ hba_file: string }>("show hba_file")).rows[0]?.hba_file ?? "";
  writeFileSync(file, "host all apay 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
  await client.query("select pg_reload_conf()");
  await client.end();
  // Nobody comes in without a password any more.
  const url = `postgres://${user}@${admin.host}/${name}`;
  for (;;) {
    const anonymous = new pg.Client({ connectionString: url });
    const refused = await anonymous.connect().then(
      () => false,
      () => true,
    );
    await anonymous.end().catch(() => undefined);
    if (refused) break;
  }
  return { addresses: { "@postgres/": `@${admin.host}/`, postgres: admin.host }, stop: () => server.stop() };
}

/** In place of the image of pgbouncer: the settings that its entry point makes of the environment. */
async function startPooler(folder: string, environment: Readonly<Record<string, string>>): Promise<StandIn> {
  const port = await freePort();
  mkdirSync(folder);
  const [host = "", serverPort = ""] = (environment["DB_HOST"] ?? "").split(":");
  const name = environment["DB_NAME"] ?? "";
  const users = join(folder, "users.txt");
  const settings = [
    "[databases]",
    `${name} = host=${host} port=${serverPort} auth_user=${environment["DB_USER"]}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    `auth_file = ${users}`,
    `auth_type = ${environment["AUTH_TYPE"]}`,
    `pool_mode = ${environment["POOL_MODE"]}`,
    `default_pool_size = ${environment["DEFAULT_POOL_SIZE"]}`,
    `max_client_conn = ${environment["MAX_CLIENT_CONN"]}`,
  ];
  const file = join(folder, "pgbouncer.ini");
  writeFileSync(file, settings.join("\n"));
  writeFileSync(users, `"${environment["DB_USER"]}" "${environment["DB_PASSWORD"]}"\n`);
  const id = (flag: string): number => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  const identity = process.getuid?.() === 0 ? { uid: id("-u"), gid: id("-g") } : undefined;
  if (identity !== undefined) for (const path of [folder, file, users]) chownSync(path, identity.uid, identity.gid);
  const child = spawn("pgbouncer", [file], { stdio: "ignore", ...identity });
  return { addresses: { "pgbouncer:6432": `127.0.0.1:${port}` }, stop: () => void child.kill("SIGKILL") };
}

// Debian has pgbouncer and psql, and CI installs them; elsewhere they are packages of the system.
describe.skipIf(!runs)("a fleet on one host, as examples/deploy/README.md says", () => {
  const home = mkdtempSync(join(tmpdir(), "apay-fleet-"));
  const folder = join(home, "deploy/fleet");
  const PASSWORDS = { OWNER_PASSWORD: "of-the-owner", WORKER_PASSWORD: "of-workers", READER_PASSWORD: "of-readers" };
  const ran: (Ended & { readonly line: string })[] = [];
  let started: StartedSandbox;
  let host: ComposeHost;

  /** What the reader does where the page says so: every password, and the account with its key. */
  function fillIn(): void {
    const values: Record<string, string> = {
      ...PASSWORDS,
      BUCKET_USER: "S3RVER",
      BUCKET_PASSWORD: "S3RVER",
      DASHBOARD_TOKEN: "a-token-of-some-length",
    };
    const text = readFileSync(join(folder, ".env"), "utf8");
    writeFileSync(
      join(folder, ".env"),
      text.replace(/^(\w+)=.*$/gm, (line, name: string) => (name in values ? `${name}=${values[name]}` : line)),
    );
    const [merchant] = started.ready.merchants;
    const key = merchant?.keys[0];
    copyFileSync(key?.privateKeyFile ?? "", join(folder, "config/shop.pem"));
    const file = join(folder, "config/apay.config.json");
    const config = JSON.parse(readFileSync(file, "utf8")) as { accounts: { shop: object } };
    Object.assign(config.accounts.shop, {
      region: merchant?.region,
      publicKeyId: key?.publicKeyId,
      endpoint: started.ready.https,
      caFile: started.ready.caFile,
    });
    // The address of the bucket is the compose file's; here it is somewhere else.
    writeFileSync(file, JSON.stringify(config).replace("http://bucket:9000", bucket));
  }
  let bucket = "";

  beforeAll(async () => {
    if (!existsSync(join(root, "packages/cli/dist/bundle/main.js")))
      throw new Error("apay is not built: npm run build");
    started = await startSandbox({ port: 0, httpsPort: 0, seed: "fleet", processing: "straight" });
    await started.sandbox.clock.advance(-DAYS * DAY);
    await tradeDemo(started.sandbox, { days: DAYS, orders: 30, seed: "fleet" });
    // The pooler runs as a user who owns no more than its own folder in it.
    chmodSync(home, 0o711);
    cpSync(join(root, "examples/deploy"), join(home, "deploy"), { recursive: true });
    const s3 = await startS3();
    bucket = s3.endpoint;
    host = new ComposeHost({
      folder,
      bin: programsOf(join(home, "bin"), apay),
      standIns: {
        postgres: startDatabase,
        bucket: () => Promise.resolve({ addresses: {}, stop: () => s3.stop() }),
        pgbouncer: (environment) => startPooler(join(home, "pgbouncer"), environment),
      },
    });
    const block = blocksOf("examples/deploy/README.md").find(({ code }) => code.includes("docker compose up"));
    for (const line of (block?.code ?? "").split("\n").filter((text) => text !== "")) {
      const words = line.replace(/ +#.*$/, "");
      const run = /^docker compose run --rm (\S+) (.*)$/.exec(words);
      if (words === "cd fleet") continue;
      if (words.startsWith("docker compose up")) {
        fillIn();
        // Their images bring what this machine has no program for; the bucket is there already, and promtool reads the rules elsewhere.
        await host.up(["make-bucket", "prometheus"]);
      } else if (run !== null) ran.push({ line: words, ...(await host.run(run[1] ?? "", (run[2] ?? "").split(" "))) });
      else execFileSync("sh", ["-ec", words], { cwd: folder });
    }
  });
  afterAll(async () => {
    await host?.down();
    await started?.close();
    rmSync(home, { recursive: true, force: true });
  });

  const portOf = (service: string, inside: string): number => host.staying.get(service)?.[0]?.ports.get(inside) ?? 0;

  it("runs every command of the page", () => {
    expect(ran.map(({ line, status, err }) => [line, status, err])).toEqual([
      ["docker compose run --rm worker jobs status", 0, expect.anything()],
      ["docker compose run --rm worker api tokens create erp --for shop", 0, expect.anything()],
    ]);
    expect(host.staying.get("worker")).toHaveLength(2);
  });

  it("gives a program the settlements of the shop, reconciled by the workers", async () => {
    const token = /\S{30,}/.exec(ran[1]?.out ?? "")?.[0] ?? "";
    const url = `http://127.0.0.1:${portOf("api", "8582")}/v1/settlements`;
    await expect
      .poll(
        async () => {
          const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
          return (
            ((await answer.json()) as { settlements?: { status?: string }[] }).settlements?.map(
              ({ status }) => status,
            ) ?? answer.status
          );
        },
        { interval: 500 },
      )
      .toEqual(expect.arrayContaining(["balanced"]));
    expect((await fetch(url)).status).toBe(401);
  });

  it("shows them in the dashboard to whoever has the token of .env, and changes nothing there", async () => {
    const port = portOf("dashboard", "8581");
    const url = `http://localhost:${port}/settlements`;
    const bearer = { authorization: "Bearer a-token-of-some-length" };
    const page = await (await fetch(url, { headers: bearer })).text();
    expect(page).toContain("/settlements/");
    expect((await fetch(url)).status).toBe(401);
  });

  it("has the bytes of each report in the bucket, by both workers' hands or one's", async () => {
    const verified = await host.run("worker", ["archive", "verify"]);
    expect([verified.status, verified.err]).toEqual([0, expect.anything()]);
    expect(verified.out).toMatch(/[1-9]\d* files?/);
  });

  it("migrates again when it is put up again, and its workers go on", async () => {
    await host.up(["make-bucket", "prometheus"]);
    const alive = host.staying.get("worker")?.map(({ child }) => child.exitCode);
    expect(alive).toEqual([null, null]);
  });
});
