import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text as textOf } from "node:stream/consumers";
import type { Clock } from "@amazon-pay-kit/sdk/clock";
import { CliError } from "../errors.ts";

/** What became of a notification that was handed to the program under `--forward-to`. */
export interface Forwarded {
  readonly objectType: string | null;
  readonly objectId: string | null;
  readonly notificationType: string | null;
  readonly notificationId: string | null;
  /** What the program answered; null where it could not be reached. */
  readonly status: number | null;
  readonly millis: number;
  /** Why it could not be reached. */
  readonly error: string | null;
}

/** Headers of a delivery that the program may look at. */
const HEADERS = /^(content-type|user-agent|x-amz-sns-.*)$/;

/** How long the program may take, in milliseconds: as long as Amazon waits. */
const LONGEST = 15_000;

/** The address to forward to. @throws CliError for what is no http address */
export function forwardAddress(given: string | undefined): string {
  if (given === undefined) {
    throw new CliError("usage.forward-to", "--forward-to is missing", {
      remedy: "give the address of your notification handler: --forward-to http://localhost:3000/ipn",
    });
  }
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
    throw new CliError("usage.forward-to", `--forward-to: ${JSON.stringify(given)} is not an http or https address`, {
      remedy: "write it whole, with http://",
    });
  }
  return given;
}

/** Posts a notification to the program, byte for byte as it came. Never rejects. */
export async function forward(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  clock: Clock,
): Promise<Forwarded> {
  const started = clock.now();
  const about = subjectOf(body);
  try {
    const signal = AbortSignal.timeout(LONGEST);
    const answer = await fetch(url, { method: "POST", body, headers, redirect: "manual", signal });
    await answer.body?.cancel();
    return { ...about, status: answer.status, millis: clock.now() - started, error: null };
  } catch (error) {
    const { cause, message } = error as Error;
    const reason = cause instanceof Error && cause.message !== "" ? cause.message : message;
    return { ...about, status: null, millis: clock.now() - started, error: reason };
  }
}

/** A notification on a line for a person. */
export function forwardedText({ objectType, objectId, notificationType, status, millis, error }: Forwarded): string {
  const subject = [objectType ?? "a message that is no notification", objectId, notificationType]
    .filter((word) => word !== null)
    .join(" ");
  return status === null ? `${subject}  not delivered: ${error ?? ""}` : `${subject}  ${status}  ${millis} ms`;
}

type Subject = Pick<Forwarded, "objectType" | "objectId" | "notificationType" | "notificationId">;

function subjectOf(body: string): Subject {
  const read = (text: unknown): Readonly<Record<string, unknown>> => {
    try {
      const value: unknown = typeof text === "string" ? JSON.parse(text) : undefined;
      return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
    } catch {
      return {};
    }
  };
  const message = read(read(body)["Message"]);
  const member = (name: string): string | null =>
    typeof message[name] === "string" ? (message[name] as string) : null;
  return {
    objectType: member("ObjectType"),
    objectId: member("ObjectId"),
    notificationType: member("NotificationType"),
    notificationId: member("NotificationId"),
  };
}

/** A server on this machine that takes a sandbox's notifications and answers as the program did. */
export interface Receiver {
  readonly port: number;
  close(): Promise<void>;
}

/** Opens the server. `take` gives the status to answer with. */
export async function openReceiver(
  port: number,
  host: string,
  take: (body: string, headers: Readonly<Record<string, string>>) => Promise<number>,
): Promise<Receiver> {
  const server = createServer((request, reply) => {
    void textOf(request)
      .then((body) => take(body, kept(request)))
      .then(
        (status) => reply.writeHead(status).end(),
        () => reply.destroy(),
      );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
  return { port: (server.address() as AddressInfo).port, close: () => closed(server) };
}

function kept(request: IncomingMessage): Record<string, string> {
  const found = Object.entries(request.headers).filter(([name, value]) => HEADERS.test(name) && value !== undefined);
  return Object.fromEntries(found.map(([name, value]) => [name, String(value)]));
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
