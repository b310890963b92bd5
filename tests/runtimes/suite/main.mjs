/** Runs the cases in this process and prints one JSON line: for Node, Deno and Bun. The first argument is the service. */
import { runCases } from "./cases.mjs";

const scope = globalThis;
const [baseUrl] = scope.Deno?.args ?? scope.process.argv.slice(2);
console.log(JSON.stringify(await runCases(baseUrl)));
