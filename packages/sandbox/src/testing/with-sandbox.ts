import { createSandbox, type Sandbox, type SandboxOptions } from "../index.ts";

/**
 * Runs work with a sandbox of its own, and closes it whatever happens.
 *
 * @example await withSandbox(async (sandbox) => { await sandbox.clock.advance("P1D"); });
 */
export async function withSandbox<T>(
  work: (sandbox: Sandbox) => T | Promise<T>,
  options: SandboxOptions = {},
): Promise<T> {
  const sandbox = await createSandbox(options);
  try {
    return await work(sandbox);
  } finally {
    await sandbox.close();
  }
}
