import type * as crypto from "node:crypto";

/** Node's cryptography module, as far as a runtime has it. */
export type NodeCrypto = typeof crypto;

let found: NodeCrypto | false | undefined;

/**
 * Node's cryptography where the runtime has it (Node, Bun, Deno), otherwise undefined.
 *
 * Workers have a `node:crypto` under the flag nodejs_compat, but theirs signs with no parsed key; WebCrypto does.
 *
 * Asked for at run time and not imported, so that one module graph loads on every runtime and in every bundler.
 */
export function nodeCrypto(): NodeCrypto | undefined {
  found ??=
    ("WebSocketPair" in globalThis
      ? undefined
      : (globalThis.process as NodeJS.Process | undefined)?.getBuiltinModule?.("node:crypto")) ?? false;
  return found === false ? undefined : found;
}
