import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";
import { type PostgresServer, startPostgres } from "./server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where test files ask for an empty database: the server starts with the first request of a run. */
    postgresServer: string;
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** One PostgreSQL a test run, started only when a test file asks for a database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<PostgresServer> | undefined;
  const provider = createServer((request, answer) => {
    // Requests are minutes apart: a connection that is kept open ends just when the next one is sent.
    answer.setHeader("connection", "close");
    server ??= startPostgres();
    const asked = async (running: PostgresServer): Promise<string> => {
      if (request.method !== "DELETE") return running.createDatabase(String(request.headers["x-test-file"] ?? ""));
      await running.dropDatabase?.(String(request.headers["x-database"]));
      return "dropped";
    };
    server.then(asked).then(
      (url) => answer.end(url),
      (error: unknown) => {
        answer.statusCode = 500;
        answer.end(error instanceof Error ? error.message : String(error));
      },
    );
  });
  project.provide("postgresServer", await listen(provider));
  return async () => {
    provider.close();
    provider.closeAllConnections();
    await server?.then((running) => running.stop()).catch(() => {});
  };
}
