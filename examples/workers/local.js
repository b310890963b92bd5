/** Runs the Worker on Node, with the bindings of `.dev.vars`: nothing to install, and no account. */
import { createServer } from "node:http";
import worker from "./src/worker.js";

const { PORT = "3000" } = process.env;
process.loadEnvFile(".dev.vars");
const { SANDBOX } = process.env;

createServer(async (request, response) => {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, headers } = request;
    const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks) };
    const answer = await worker.fetch(
      new Request(new URL(request.url, `http://localhost:${PORT}`), { method, headers, ...body }),
      { SANDBOX },
    );
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  } catch (error) {
    console.error(error);
    response.writeHead(500).end("something went wrong");
  }
}).listen(Number(PORT), "127.0.0.1", () => console.log(`open http://localhost:${PORT}`));
