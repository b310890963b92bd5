import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { integer, seededRandom, type Random } from "@amazon-pay-kit/sdk/random";

/** What was done to connections. */
export interface WireFigures {
  connections: number;
  /** Reset at once, or in the middle of a question or an answer. */
  cuts: number;
  /** Held back for some seconds. */
  stalls: number;
  /** Ended in the middle, as if it were over. */
  truncations: number;
  bytes: number;
}

/** A way over TCP that breaks now and then, on the way there and on the way back. It does not look at what goes over it. */
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

/** Where the bytes of one direction come from and go to, and how the whole connection breaks. */
interface Direction {
  readonly from: Socket;
  readonly to: Socket;
  readonly cut: () => void;
}

/** Opens a way to a port of this machine. */
export async function openWire(to: number, seed: string, rate: number): Promise<Wire> {
  const random = seededRandom(seed);
  const open = new Set<Socket>();
  const figures: WireFigures = { connections: 0, cuts: 0, stalls: 0, truncations: 0, bytes: 0 };
  const forward = ({ from, to: target, cut }: Direction): void => {
    let passed = 0;
    let fate = fateOf(random, wire.rate, passed);
    from.on("data", (piece: Buffer) => {
      passed += piece.length;
      figures.bytes += piece.length;
      if (passed < fate.after) {
        target.write(piece);
        return;
      }
      if (fate.what === "well") {
        fate = fateOf(random, wire.rate, passed);
        target.write(piece);
        return;
      }
      const part = piece.subarray(0, Math.max(0, piece.length - (passed - fate.after)));
      if (fate.what === "cut") {
        figures.cuts += 1;
        cut();
      } else if (fate.what === "truncate") {
        figures.truncations += 1;
        target.end(part);
        from.destroy();
      } else {
        figures.stalls += 1;
        from.pause();
        setTimeout(
          () => {
            target.write(piece);
            from.resume();
          },
          integer(random, 500, 3000),
        ).unref();
        fate = fateOf(random, wire.rate, passed);
      }
    });
    from.on("end", () => target.end());
  };
  const server = createServer((near) => {
    figures.connections += 1;
    const far = connect(to, "127.0.0.1");
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    const cut = (): void => {
      near.resetAndDestroy();
      far.resetAndDestroy();
    };
    forward({ from: near, to: far, cut });
    forward({ from: far, to: near, cut });
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
