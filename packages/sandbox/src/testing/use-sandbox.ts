import { createSandbox, type Sandbox, type SandboxOptions } from "../index.ts";
import { clientOptions, type ClientChoice, type ClientOptions } from "./client-options.ts";
import { makePermission, type PermissionSpec } from "./make-permission.ts";
import { payThrough, type PaidSession } from "./pay-through.ts";

/** A test runner's hooks. node:test calls the first two `before` and `after`. */
export interface SandboxHooks {
  readonly beforeAll: (work: () => Promise<void>) => unknown;
  readonly afterAll: (work: () => Promise<void>) => unknown;
  /** With it the sandbox is reset before each test. */
  readonly beforeEach?: ((work: () => Promise<void>) => unknown) | undefined;
}

/** A sandbox for the tests of a file. */
export interface SandboxInUse {
  /** @throws Error outside of tests */
  readonly sandbox: Sandbox;
  /** Options for `new AmazonPay(…)`. */
  client(choice?: ClientChoice): ClientOptions;
  /** A charge permission without a browser. */
  permission(spec?: PermissionSpec): Promise<{ readonly chargePermissionId: string }>;
  /** Plays the buyer of a checkout session. */
  payThrough(checkoutSessionId: string, instrument?: string): Promise<PaidSession>;
}

/**
 * One sandbox for all tests of a file: started before, closed after, and reset before each where the hook is given.
 *
 * @example
 * const pay = useSandbox({ beforeAll, afterAll, beforeEach }); // vitest, jest
 *
 * @example
 * const pay = useSandbox({ beforeAll: before, afterAll: after, beforeEach }); // node:test
 */
export function useSandbox(hooks: SandboxHooks, options: SandboxOptions = {}): SandboxInUse {
  let started: Sandbox | undefined;
  const current = (): Sandbox => {
    if (started === undefined) throw new Error("the sandbox runs only while tests do: use it inside of a test or hook");
    return started;
  };
  hooks.beforeAll(async () => {
    started = await createSandbox(options);
  });
  hooks.beforeEach?.(async () => {
    await current().idle();
    current().reset();
  });
  hooks.afterAll(async () => {
    await started?.close();
    started = undefined;
  });
  return {
    get sandbox() {
      return current();
    },
    client: (choice) => clientOptions(current(), choice),
    permission: (spec) => makePermission(current(), spec),
    payThrough: (checkoutSessionId, instrument) => payThrough(current(), checkoutSessionId, instrument),
  };
}
