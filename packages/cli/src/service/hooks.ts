import { readFileSync } from "node:fs";
import type { Hook } from "@amazon-pay-kit/worker";
import type { HookConfig } from "../config/schema.ts";
import { CliError } from "../errors.ts";

function secretOf(hook: HookConfig): string {
  const path = hook.secretFile ?? "";
  try {
    return readFileSync(path, "utf8").trim();
  } catch (cause) {
    throw new CliError("config.hook-secret", `hook ${hook.name}: cannot read its secretFile ${path}`, {
      remedy: "make a file with a long random text that only you and the receiver know",
      cause,
    });
  }
}

/** Hooks of the configuration as the ledger takes them. */
export function hooksOf(configured: readonly HookConfig[]): Hook[] {
  return configured.map((hook) => {
    const { name, on, timeoutSeconds, disableAfterDays, allowPrivateAddress, command, url } = hook;
    const common = {
      name,
      ...(on === undefined ? {} : { on }),
      ...(timeoutSeconds === undefined ? {} : { timeoutMs: timeoutSeconds * 1000 }),
      ...(disableAfterDays === undefined ? {} : { disableAfterDays }),
    };
    const [program, ...args] = command ?? [];
    if (program !== undefined) return { ...common, command: [program, ...args] };
    return {
      ...common,
      url: url ?? "",
      secret: secretOf(hook),
      ...(allowPrivateAddress === undefined ? {} : { allowPrivateAddress }),
    };
  });
}
