import { startSandbox } from "../../server/start-sandbox.ts";

// A sandbox of its own process, for tests that kill it: prints its ready file on one line.
const [dataDir = ""] = process.argv.slice(2);
const { ready } = await startSandbox({ dataDir, port: 0, httpsPort: 0, seed: 1 });
process.stdout.write(`${JSON.stringify(ready)}\n`);
