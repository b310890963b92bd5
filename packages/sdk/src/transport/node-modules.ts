import type * as fs from "node:fs";
import type * as http from "node:http";
import type * as https from "node:https";
import type * as net from "node:net";
import type * as stream from "node:stream";
import type * as tls from "node:tls";
import type * as zlib from "node:zlib";

/** Node's modules by name. */
interface Modules {
  readonly "node:fs": typeof fs;
  readonly "node:http": typeof http;
  readonly "node:https": typeof https;
  readonly "node:net": typeof net;
  readonly "node:stream": typeof stream;
  readonly "node:tls": typeof tls;
  readonly "node:zlib": typeof zlib;
}

/** One of Node's modules where the runtime has it, asked for at run time so that bundles for other runtimes load. */
export function nodeModule<Name extends keyof Modules>(name: Name): Modules[Name] | undefined {
  return (globalThis.process as NodeJS.Process | undefined)?.getBuiltinModule?.(name) as Modules[Name] | undefined;
}

/** Whether this is Node itself and not a runtime that resembles it. */
export function isNode(): boolean {
  const scope = globalThis as { Bun?: unknown; Deno?: unknown; WebSocketPair?: unknown };
  const { process } = globalThis as { process?: NodeJS.Process };
  return (
    process?.versions?.node !== undefined &&
    scope.Bun === undefined &&
    scope.Deno === undefined &&
    scope.WebSocketPair === undefined
  );
}
