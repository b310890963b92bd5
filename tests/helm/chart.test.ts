import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { api } from "../../packages/cli/src/commands/api.ts";
import { dashboard } from "../../packages/cli/src/commands/dashboard.ts";
import { worker } from "../../packages/cli/src/commands/worker.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const chart = join(root, "examples/deploy/chart");
const read = (name: string): Record<string, unknown> =>
  parse(readFileSync(join(chart, name), "utf8")) as Record<string, unknown>;

type Values = Readonly<Record<string, unknown>>;

/** Defaults with what was given over them, as Helm merges: objects member by member, all else as a whole. */
function merged(under: Values, over: Values): Values {
  const isObject = (value: unknown): value is Values =>
    typeof value === "object" && value !== null && !Array.isArray(value);
  const both = (name: string, value: unknown): unknown =>
    isObject(value) && isObject(under[name]) ? merged(under[name], value) : value;
  return { ...under, ...Object.fromEntries(Object.entries(over).map(([name, value]) => [name, both(name, value)])) };
}

interface Container {
  readonly name: string;
  readonly args?: readonly string[];
  readonly image: string;
  readonly envFrom?: readonly { readonly secretRef: { readonly name: string } }[];
  readonly volumeMounts?: readonly { readonly name: string }[];
  readonly securityContext: object;
}
interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec: {
    readonly selector?: { readonly matchLabels: object };
    readonly template?: {
      readonly metadata: { readonly labels: object };
      readonly spec: {
        readonly containers: readonly Container[];
        readonly initContainers?: readonly Container[];
        readonly volumes: readonly { readonly name: string }[];
      };
    };
  };
}

// A program of Go's own, with the library that Debian has of it.
const environment = {
  ...process.env,
  GO111MODULE: "off",
  GOPATH: "/usr/share/gocode",
  GOFLAGS: "",
  GOCACHE: join(tmpdir(), "apay-go-cache"),
};
let program: string | undefined;

function rendered(values: Values): { readonly resources: Resource[]; readonly refused: string } {
  program ??= join(mkdtempSync(join(tmpdir(), "apay-render-")), "render");
  if (spawnSync(program, [chart], { input: "{}" }).error !== undefined)
    execFileSync("go", ["build", "-o", program, join(root, "tests/helm/render/main.go")], { env: environment });
  const { name, version, appVersion } = read("Chart.yaml");
  const input = JSON.stringify({
    Values: merged(read("values.yaml"), values),
    Chart: { Name: name, Version: version, AppVersion: appVersion },
    Release: { Name: "books", Namespace: "default", Service: "Helm" },
  });
  const { status, stdout, stderr } = spawnSync(program, [chart], { input, encoding: "utf8" });
  if (status !== 0) return { resources: [], refused: stderr };
  const resources = Object.entries(JSON.parse(stdout) as Record<string, string>).flatMap(([file, text]) =>
    parseAllDocuments(text, { uniqueKeys: true, strict: true }).flatMap((document) => {
      expect([file, document.errors]).toEqual([file, []]);
      const value = document.toJS() as Resource | null;
      return value === null ? [] : [value];
    }),
  );
  return { resources, refused: "" };
}

/** Where Kubernetes' own types are, by kind. */
const TYPES: Readonly<Record<string, string>> = {
  ConfigMap: "core/v1",
  Deployment: "apps/v1",
  Job: "batch/v1",
  PodDisruptionBudget: "policy/v1",
  Service: "core/v1",
};

/** What the compiler says of the resources, written out as values of Kubernetes' types: an unknown member is an error. */
function typeErrors(resources: readonly Resource[]): string {
  const folder = join(root, "tests/helm/.rendered");
  mkdirSync(folder, { recursive: true });
  const lines = resources.map(
    (resource, index) =>
      `export const r${index}: import("kubernetes-types/${TYPES[resource.kind]}").${resource.kind} = ${JSON.stringify(resource)};`,
  );
  writeFileSync(join(folder, "resources.ts"), lines.join("\n"));
  const options = {
    module: "esnext",
    moduleResolution: "bundler",
    strict: true,
    noEmit: true,
    types: [],
    skipLibCheck: true,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["resources.ts"] }));
  const { stdout } = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder], {
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true });
  return stdout;
}

const archive = { bucket: "books", region: "eu-central-1" };
const LEAST: Values = { image: { repository: "registry.example/apay" }, config: { archive } };
const MOST: Values = {
  image: { repository: "registry.example/apay", digest: `sha256:${"a".repeat(64)}` },
  imagePullSecrets: [{ name: "pull" }],
  config: {
    archive,
    accounts: { shop: { region: "eu", publicKeyId: 'LIVE-"\n', privateKeyFile: "/etc/apay/keys/shop.pem" } },
  },
  secrets: { keys: "merchant-keys" },
  worker: {
    replicas: 5,
    nodeSelector: { disk: "ssd" },
    tolerations: [{ key: "books", operator: "Exists" }],
    affinity: { nodeAffinity: {} },
  },
  dashboard: { allowHosts: ["books.example:443", "other.example"], identityHeader: "X-Forwarded-User" },
  api: { replicas: 1 },
};
const LESS: Values = merged(LEAST, {
  migration: { enabled: false },
  dashboard: { enabled: false },
  api: { enabled: false },
});

const hasGo = spawnSync("go", ["version"]).status === 0;

describe.skipIf(!hasGo && process.env["CI"] === undefined)("the chart", () => {
  it.each([
    ["the least settings", LEAST, 9],
    ["all settings", MOST, 8],
    ["workers alone", LESS, 3],
  ])("with %s is what Kubernetes takes", (_, values, count) => {
    const { resources, refused } = rendered(values);
    expect(refused).toBe("");
    expect(resources).toHaveLength(count);
    expect(typeErrors(resources)).toBe("");
    expect(typeErrors([{ ...resources[0], speck: 1 } as unknown as Resource])).toContain("speck");
    expect(new Set(resources.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).size).toBe(count);
    for (const { kind, metadata, spec } of resources) {
      const at = `${kind} ${metadata.name}`;
      const pod = spec?.template?.spec;
      if (pod === undefined) continue;
      if (spec.selector !== undefined)
        expect([at, spec.template?.metadata.labels]).toEqual([at, spec.selector.matchLabels]);
      const volumes = pod.volumes.map(({ name }) => name);
      for (const { volumeMounts = [], securityContext, image } of [...pod.containers, ...(pod.initContainers ?? [])]) {
        for (const { name } of volumeMounts) expect([at, volumes.includes(name)]).toEqual([at, true]);
        expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true });
        expect(image).not.toMatch(/:$|@$/);
      }
    }
  });

  it("starts apay with options that it has, each with its own login to the database", () => {
    const { resources } = rendered(MOST);
    const logins: Record<string, string | undefined> = {};
    for (const { metadata, kind, spec } of resources) {
      const [container] = spec?.template?.spec.containers ?? [];
      if (kind !== "Deployment" || container === undefined) continue;
      const [name = "", ...words] = container.args ?? [];
      const known = new Set([
        "--json",
        ...({ api, dashboard, worker }[name]?.options ?? []).map(({ flags }) => flags.split(" ")[0]),
      ]);
      expect([metadata.name, words.filter((word) => word.startsWith("--") && !known.has(word))]).toEqual([
        metadata.name,
        [],
      ]);
      logins[name] = container.envFrom?.[0]?.secretRef.name;
    }
    expect(logins).toEqual({ worker: "apay-worker", dashboard: "apay-reader", api: "apay-reader" });
  });

  it("carries the configuration as it was given, and a digest before a tag", () => {
    const { resources } = rendered(MOST);
    const config = resources.find(({ kind }) => kind === "ConfigMap");
    expect(JSON.parse(config?.data?.["apay.config.json"] ?? "")).toEqual(MOST["config"]);
    const images = resources.flatMap(({ spec }) => spec?.template?.spec.containers.map(({ image }) => image) ?? []);
    expect(new Set(images)).toEqual(new Set([`registry.example/apay@sha256:${"a".repeat(64)}`, "postgres:18"]));
  });

  it.each([
    ["an image", { config: { archive } }, "image.repository"],
    ["a bucket", { image: { repository: "x" } }, "config.archive"],
  ])("refuses to go without %s, in words", (_, values, words) => {
    expect(rendered(values).refused).toContain(words);
  });
});
