import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { integer, seededRandom, type Random } from "@amazon-pay-kit/sdk/random";

/** What was done to connections. */
export interface WireFigures {
  connections: number;
  /** Reset at once or in the middle of the answer. */
  cuts: number;
  /** Held back for some seconds. */
  stalls: number;
  /** Ended in the middle of the answer, as if it were over. */
  truncations: number;
  bytes: number;
}

/** A way over TCP that breaks now and then. It cannot see what goes over it: that is encrypted. */
export interface Wire {
  readonly port: number;
  readonly figures: WireFigures;
  /** Share of connections that something happens to. */
  rate: number;
  close(): Promise<void>;
}

const FATES = ["cut", "stall", "truncate"] as const;

type Fate = { what: (typeof FATES)[number] | "well"; readonly after: number };

/** What happens next to a connection, and after how many bytes: clients keep connections open for many answers. */
function fateOf(random: Random, rate: number, passed: number): Fate {
  const after = passed + integer(random, 0, 6000);
  if (random.fraction() >= rate) return { what: "well", after };
  return { what: FATES[integer(random, 0, FATES.length - 1)] ?? "cut", after };
}

/** Opens a way to a port of this machine. */
export async function openWire(to: number, seed: string, rate: number): Promise<Wire> {
  const random = seededRandom(seed);
  const open = new Set<Socket>();
  const figures: WireFigures = { connections: 0, cuts: 0, stalls: 0, truncations: 0, bytes: 0 };
  const server = createServer((near) => {
    figures.connections += 1;
    const far = connect(to, "127.0.0.1");
    let passed = 0;
    let fate = fateOf(random, wire.rate, passed);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    far.on("data", (piece: Buffer) => {
      passed += piece.length;
      figures.bytes += piece.length;
      if (passed < fate.after) {
        near.write(piece);
        return;
      }
      if (fate.what === "well") {
        fate = fateOf(random, wire.rate, passed);
        near.write(piece);
        return;
      }
      const part = piece.subarray(0, Math.max(0, piece.length - (passed - fate.after)));
      if (fate.what === "cut") {
        figures.cuts += 1;
        near.resetAndDestroy();
      } else if (fate.what === "truncate") {
        figures.truncations += 1;
        near.end(part);
        far.destroy();
      } else {
        figures.stalls += 1;
        far.pause();
        setTimeout(
          () => {
            near.write(piece);
            far.resume();
          },
          integer(random, 500, 3000),
        ).unref();
        fate = fateOf(random, wire.rate, passed);
      }
    });
    far.on("end", () => near.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const wire: Wire = {
    port: (server.address() as AddressInfo).port,
    figures,
    rate,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
  return wire;
}
