import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { parse } from "yaml";

/** Of a service in a compose file, what the fleet's has. */
interface Service {
  readonly image?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, { readonly condition: string }>>;
  readonly deploy?: { readonly replicas: number };
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
}

/** What runs in place of a container whose image is somebody else's, and where. */
export interface StandIn {
  /** As the other services name it, for example `bucket:9000`, with the address where it is. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly stop?: () => void | Promise<void>;
}

/** How a process that was to end went. */
export interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** A process that stays. */
export interface Staying {
  readonly child: ChildProcess;
  /** Ports of the container, with those of this machine. */
  readonly ports: ReadonlyMap<string, number>;
  /** All that it has written so far. */
  readonly written: () => string;
}

/** Any port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Values of `.env`. */
function environmentFile(path: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [, name = "", value = ""] of readFileSync(path, "utf8").matchAll(/^(\w+)=(.*)$/gm)) values[name] = value;
  return values;
}

/** `ENV` of a Dockerfile. */
function imageEnvironment(path: string): Record<string, string> {
  const line = /^ENV (.*)$/m.exec(readFileSync(path, "utf8"))?.[1] ?? "";
  return Object.fromEntries(line.split(" ").map((pair) => pair.split("=") as [string, string]));
}

/**
 * Carries out a compose file as processes of this machine: the order of `depends_on`, the values of `.env`, environments, commands,
 * mounted files, replicas and health checks are those of the file. Containers of other images are stood in for.
 *
 * @example
 * const host = new ComposeHost({ folder, bin, standIns: { postgres: startDatabase } });
 * await host.up();
 */
export class ComposeHost {
  readonly #folder: string;
  readonly #bin: string;
  readonly #standIns: Readonly<Record<string, (environment: Readonly<Record<string, string>>) => Promise<StandIn>>>;
  readonly #addresses = new Map<string, string>();
  readonly #stops: (() => void | Promise<void>)[] = [];
  readonly staying = new Map<string, Staying[]>();

  constructor(options: {
    /** Of the compose file and its `.env`. */
    readonly folder: string;
    /** A folder with the programs that images bring. */
    readonly bin: string;
    /** By service, what starts in its place; it is given the service's environment. */
    readonly standIns: Readonly<Record<string, (environment: Readonly<Record<string, string>>) => Promise<StandIn>>>;
  }) {
    this.#folder = options.folder;
    this.#bin = options.bin;
    this.#standIns = options.standIns;
  }

  #services(): Readonly<Record<string, Service>> {
    const values = environmentFile(join(this.#folder, ".env"));
    // As compose reads it: `$$` is a dollar, `${NAME:?}` has to be set, `${NAME:-}` may be empty.
    const text = readFileSync(join(this.#folder, "compose.yaml"), "utf8").replace(
      /\$\$|\$\{(\w+):([?-])\}/g,
      (all, name: string, must: string) => {
        if (all === "$$") return "$";
        if (must === "?" && (values[name] ?? "") === "") throw new Error(`.env does not set ${name}`);
        return values[name] ?? "";
      },
    );
    return (parse(text, { merge: true }) as { services: Record<string, Service> }).services;
  }

  /** Where a container's path is on this machine. */
  #mounted(service: Service): [inside: string, outside: string][] {
    const places: [string, string][] = [["/books", join(this.#folder, "volumes/books")]];
    for (const volume of service.volumes ?? []) {
      const [source = "", inside = ""] = volume.split(":");
      const outside = source.startsWith(".") ? join(this.#folder, source) : join(this.#folder, "volumes", source);
      if (!source.startsWith(".")) mkdirSync(outside, { recursive: true });
      places.push([inside, outside]);
    }
    return places;
  }

  #placed(text: string, service: Service): string {
    let placed = text;
    for (const [inside, outside] of this.#mounted(service))
      placed = placed.replaceAll(new RegExp(`(?<=^|\\s)${inside}(?=/|\\s|$)`, "g"), outside);
    // A name by itself is a host; within a longer text it needs what stands around it, since `postgres://` is none.
    for (const [name, address] of this.#addresses)
      placed = /\W/.test(name) ? placed.replaceAll(name, address) : placed === name ? address : placed;
    return placed;
  }

  #environment(service: Service): Record<string, string> {
    const own = { ...(service.image === "apay" ? imageEnvironment(join(this.#folder, "../Dockerfile")) : {}) };
    const all: Record<string, string> = {};
    for (const [name, value] of Object.entries({ ...own, ...service.environment }))
      all[name] = this.#placed(String(value), service);
    // The host of a database, without a port, for programs that read it from their environment.
    const [host, port] = (all["PGHOST"] ?? "").split(":");
    if (host !== undefined && port !== undefined) Object.assign(all, { PGHOST: host, PGPORT: port });
    return { ...all, PATH: `${this.#bin}:${process.env["PATH"] ?? ""}` };
  }

  #spawn(service: Service, command: readonly string[]): { child: ChildProcess; out: string[]; err: string[] } {
    const [program = "apay", ...args] = [...(service.entrypoint ?? ["apay"]), ...command].map((word) =>
      this.#placed(word, service),
    );
    const folder = join(this.#folder, "config");
    const child = spawn(program, args, {
      cwd: folder,
      env: this.#environment(service),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [out, err]: [string[], string[]] = [[], []];
    child.stdout?.on("data", (piece: Buffer) => void out.push(piece.toString()));
    child.stderr?.on("data", (piece: Buffer) => void err.push(piece.toString()));
    return { child, out, err };
  }

  async #toItsEnd(service: Service, command: readonly string[]): Promise<Ended> {
    const { child, out, err } = this.#spawn(service, command);
    const status = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve(code ?? -1));
    });
    return { status, out: out.join(""), err: err.join("") };
  }

  /** Ports that a command names are any free ones here. */
  async #start(name: string, service: Service): Promise<void> {
    const ports = new Map<string, number>();
    for (const word of service.command ?? []) if (/^\d{4,5}$/.test(word)) ports.set(word, await freePort());
    const moved = (word: string): string => {
      let text = word;
      for (const [from, to] of ports) text = text.replaceAll(from, String(to));
      return text;
    };
    const { child, out, err } = this.#spawn(service, (service.command ?? []).map(moved));
    const written = (): string => out.join("") + err.join("");
    this.staying.set(name, [...(this.staying.get(name) ?? []), { child, ports, written }]);
    this.#stops.push(() => void child.kill("SIGKILL"));
    const [kind, ...test] = service.healthcheck?.test ?? [];
    if (kind !== "CMD") return;
    for (let attempt = 1; ; attempt += 1) {
      if (child.exitCode !== null || attempt > 480)
        throw new Error(`${name} is not healthy, exit status ${child.exitCode}:\n${written()}`);
      const [program = "", ...args] = test.map(moved);
      try {
        execFileSync(program, args, { stdio: "ignore" });
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }

  /** `docker compose up -d`: steps run to their end again, what stays is started once. */
  async up(without: readonly string[] = []): Promise<void> {
    const services = this.#services();
    const done = new Set(without);
    while (done.size < Object.keys(services).length) {
      const ready = Object.entries(services).find(([name, { depends_on = [] }]) => {
        const needed = Array.isArray(depends_on) ? (depends_on as string[]) : Object.keys(depends_on);
        return !done.has(name) && needed.every((other) => done.has(other));
      });
      if (ready === undefined) throw new Error("services wait for each other");
      const [name, service] = ready;
      done.add(name);
      const standIn = this.#standIns[name];
      if (standIn !== undefined) {
        if (this.#addresses.has(name)) continue;
        const { addresses, stop } = await standIn(this.#environment(service));
        for (const [from, to] of Object.entries(addresses)) this.#addresses.set(from, to);
        if (stop !== undefined) this.#stops.push(stop);
        this.#addresses.set(name, this.#addresses.get(name) ?? name);
        continue;
      }
      const asked = Object.values(services).flatMap(({ depends_on = [] }) =>
        Array.isArray(depends_on) ? [] : Object.entries(depends_on as Record<string, { condition: string }>),
      );
      if (asked.some(([other, { condition }]) => other === name && condition === "service_completed_successfully")) {
        const ended = await this.#toItsEnd(service, service.command ?? []);
        if (ended.status !== 0) throw new Error(`${name} ended with ${ended.status}:\n${ended.out}${ended.err}`);
      } else if (!this.staying.has(name)) {
        for (let index = 0; index < (service.deploy?.replicas ?? 1); index += 1) await this.#start(name, service);
      }
    }
  }

  /** `docker compose run --rm SERVICE COMMAND…` */
  run(name: string, command: readonly string[]): Promise<Ended> {
    const service = this.#services()[name];
    if (service === undefined) throw new Error(`no such service: ${name}`);
    return this.#toItsEnd(service, command);
  }

  /** `docker compose down`. */
  async down(): Promise<void> {
    for (const stop of this.#stops.toReversed()) await stop();
  }
}

/** Puts `apay`, as it was built, on a PATH. */
export function programsOf(folder: string, program: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "apay"), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`, { mode: 0o755 });
  return folder;
}
