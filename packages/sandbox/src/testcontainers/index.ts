import { systemClock } from "@amazon-pay-kit/sdk/clock";
import { SandboxError } from "../errors.ts";

/** As much of a container of the package `testcontainers` as is needed: `new GenericContainer(image)`. */
export interface ContainerDefinition<Started extends StartedContainer> {
  withExposedPorts(...ports: number[]): this;
  withCommand(command: string[]): this;
  start(): Promise<Started>;
}

/** As much of a started container as is needed. */
export interface StartedContainer {
  getHost(): string;
  getMappedPort(port: number): number;
  exec(command: string[]): Promise<{ readonly output: string; readonly exitCode: number }>;
}

/** Options of the sandbox in the container. */
export interface ContainerOptions {
  /** The same seed gives the same ids and history. Default: chosen by chance. */
  readonly seed?: number | string | undefined;
  /** Further options, as `npx @amazon-pay-kit/sandbox --help` lists them: `["--strict"]`. */
  readonly options?: readonly string[] | undefined;
  /** Milliseconds until it must answer. Default 60,000. */
  readonly timeoutMs?: number | undefined;
  /** Default: the global one. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/** A sandbox in a container, with what a client of any language needs. */
export interface ContainerSandbox<Started> {
  /** For `stop()`, logs and so on. */
  readonly container: Started;
  /** From this machine: `http://localhost:49153`. */
  readonly http: string;
  readonly https: string;
  /** Certificate of the sandbox's authority, PEM. */
  readonly ca: string;
  readonly merchants: readonly ContainerMerchant[];
  /** Options for `new AmazonPay(…)`. Default region: the first merchant's. */
  client(region?: "na" | "eu" | "jp"): {
    readonly region: "na" | "eu" | "jp";
    readonly publicKeyId: string;
    readonly privateKey: string;
    readonly baseUrl: string;
  };
}

/** A merchant of the sandbox. */
export interface ContainerMerchant {
  readonly merchantId: string;
  readonly storeId: string;
  readonly region: "na" | "eu" | "jp";
  readonly currency: string;
  readonly keys: readonly { readonly publicKeyId: string; readonly privateKey: string }[];
}

/** The sandbox in the container does not answer, or not as one. */
export class ContainerSandboxError extends SandboxError {
  override name = "ContainerSandboxError";
  readonly code = "testcontainers.not-ready";
}

const [HTTP, HTTPS] = [8580, 8543];
const PAUSE = 200;

/**
 * Starts the sandbox's image with Testcontainers and waits until it answers. The package `testcontainers` is yours: hand its container in.
 *
 * @example
 * // definition: new GenericContainer("ghcr.io/OWNER/amazon-pay-sandbox"), of testcontainers
 * const sandbox = await startContainer(definition, { seed: 1 });
 * const pay = new AmazonPay(sandbox.client("eu"));
 * afterAll(() => sandbox.container.stop());
 * @throws ContainerSandboxError when it does not answer in time
 */
export async function startContainer<Started extends StartedContainer>(
  definition: ContainerDefinition<Started>,
  { seed, options = [], timeoutMs = 60_000, fetch: ask = (request) => fetch(request) }: ContainerOptions = {},
): Promise<ContainerSandbox<Started>> {
  const seeded = seed === undefined ? [] : ["--seed", String(seed)];
  const container = await definition
    .withExposedPorts(HTTP, HTTPS)
    .withCommand([...seeded, ...options])
    .start();
  const address = (scheme: string, port: number): string =>
    `${scheme}://${container.getHost()}:${container.getMappedPort(port)}`;
  const http = address("http", HTTP);
  const merchants = await merchantsOf(http, ask, Math.ceil(timeoutMs / PAUSE));
  const { output: ca, exitCode } = await container.exec(["cat", "/data/tls/ca.pem"]);
  if (exitCode !== 0)
    throw new ContainerSandboxError("the container has no /data/tls/ca.pem: is it the sandbox's image?");
  return {
    container,
    http,
    https: address("https", HTTPS),
    ca,
    merchants,
    client: (region) => {
      const merchant = merchants.find((each) => region === undefined || each.region === region);
      const [key] = merchant?.keys ?? [];
      if (merchant === undefined || key === undefined)
        throw new ContainerSandboxError(`the sandbox has no merchant in region ${region ?? "na"}`);
      return { region: merchant.region, ...key, baseUrl: http };
    },
  };
}

async function merchantsOf(
  http: string,
  ask: (request: Request) => Promise<Response>,
  attempts: number,
): Promise<ContainerMerchant[]> {
  let last: unknown = "no answer";
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      const response = await ask(new Request(`${http}/_sandbox/merchants`));
      if (response.ok) {
        const { merchants } = (await response.json()) as { readonly merchants: readonly ContainerMerchant[] };
        return merchants.map(({ merchantId, storeId, region, currency, keys }) => {
          const own = keys.map(({ publicKeyId, privateKey }) => ({ publicKeyId, privateKey }));
          return { merchantId, storeId, region, currency, keys: own };
        });
      }
      last = `status ${response.status}`;
    } catch (error) {
      last = error;
    }
    await systemClock.sleep(PAUSE);
  }
  throw new ContainerSandboxError(`the sandbox in the container does not answer at ${http}: ${String(last)}`);
}
