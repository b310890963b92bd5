import { crc32, createInflateRaw } from "node:zlib";
import type { InflationGuard } from "./inflation-guard.ts";
import { PieceReader } from "./piece-reader.ts";

/** Output is handed on in pieces of this size: larger ones are faster than zlib's default of 16 KiB. */
const PIECE = 256 * 1024;

const MAGIC = [0x1f, 0x8b];
const DEFLATED = 8;
const FLAG = { headSum: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 };
const WORD = 4;

/**
 * Unpacks a gzip file as it comes; several members one after another are one file, as the format has it, and zeros behind the
 * last one, with which tapes and blocks are filled up, are passed over.
 *
 * The members are told apart here, and not by the engine's `Gunzip`: what that makes of bytes behind a member depends on where
 * the pieces are cut.
 *
 * Throws the error of the guard's reader for `damaged-gzip` (also for a file that was cut off), `rest-after-gzip`, and for
 * what the guard stops. Errors of the source are passed on.
 */
export async function* gunzipped(
  packed: AsyncIterable<Uint8Array>,
  guard: InflationGuard,
): AsyncGenerator<Uint8Array, void, void> {
  const reader = new PieceReader(packed);
  const before = guard.packed;
  try {
    do {
      const start = reader.position;
      const broken = (why: string, cause?: unknown): Error => {
        const place = start === 0 ? "" : `, in the member that begins at byte ${start}`;
        return guard.refuse({ fault: "damaged-gzip", why: `${why}${place}`, cause });
      };
      await passHead(reader, broken);
      let sum = 0;
      let size = 0;
      for await (const { piece, position } of inflated(reader, broken)) {
        guard.packed = before + position;
        guard.count(piece.length, true);
        sum = crc32(piece, sum);
        size += piece.length;
        yield piece;
      }
      if ((await word(reader, broken)) !== sum) throw broken("its checksum does not match its contents");
      // The format keeps the size modulo 2 to the 32nd.
      if ((await word(reader, broken)) !== size % 2 ** 32) throw broken("its size does not match its contents");
    } while (await another(reader, guard));
  } finally {
    await reader.close();
  }
}

type Broken = (why: string, cause?: unknown) => Error;

async function byte(reader: PieceReader, broken: Broken): Promise<number> {
  const value = await reader.byte();
  if (value === undefined) throw broken("unexpected end of file");
  return value;
}

async function word(reader: PieceReader, broken: Broken): Promise<number> {
  let value = 0;
  for (let at = 0; at < WORD; at += 1) value += (await byte(reader, broken)) * 2 ** (8 * at);
  return value;
}

/** Reads the head of a member (RFC 1952, 2.3), of which nothing is needed. */
async function passHead(reader: PieceReader, broken: Broken): Promise<void> {
  let sum = 0;
  const next = async (): Promise<number> => {
    const value = await byte(reader, broken);
    sum = crc32(Uint8Array.of(value), sum);
    return value;
  };
  const pass = async (count: number): Promise<void> => {
    for (let left = count; left > 0; left -= 1) await next();
  };
  const passText = async (): Promise<void> => {
    while ((await next()) !== 0);
  };
  for (const expected of MAGIC) if ((await next()) !== expected) throw broken("incorrect header check");
  if ((await next()) !== DEFLATED) throw broken("unknown compression method");
  const flags = await next();
  if ((flags & FLAG.reserved) !== 0) throw broken("unknown header flags set");
  // Time, extra flags, operating system.
  await pass(6);
  if ((flags & FLAG.extra) !== 0) await pass((await next()) + 256 * (await next()));
  if ((flags & FLAG.name) !== 0) await passText();
  if ((flags & FLAG.comment) !== 0) await passText();
  if ((flags & FLAG.headSum) === 0) return;
  const found = sum & 0xffff;
  if ((await next()) + 256 * (await next()) !== found) throw broken("header crc mismatch");
}

/** Bytes that came out, and how many of the file were needed for it. */
interface Inflated {
  readonly piece: Uint8Array;
  readonly position: number;
}

/** Unpacks the deflate data that begin here; afterwards the reader stands at the first byte behind them. */
async function* inflated(reader: PieceReader, broken: Broken): AsyncGenerator<Inflated, void, void> {
  const start = reader.position;
  const inflate = createInflateRaw({ chunkSize: PIECE });
  let failure: Error | undefined;
  let wake = (): void => {};
  inflate.on("readable", () => wake());
  inflate.on("error", (error) => {
    failure = error;
    wake();
  });
  let fed = 0;
  try {
    for (;;) {
      const piece = await reader.piece();
      if (piece === undefined) throw broken("unexpected end of file");
      fed += piece.length;
      let written = false;
      // One piece at a time: the source may fill its memory anew, and how much of it was taken is known afterwards.
      inflate.write(piece, (error) => {
        failure ??= error ?? undefined;
        written = true;
        wake();
      });
      for (;;) {
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const whole = written;
        for (let out = read(inflate); out !== null; out = read(inflate))
          yield { piece: out, position: start + inflate.bytesWritten };
        if (failure !== undefined) throw broken(failure.message, failure);
        if (whole) break;
        if (!written) await woken;
      }
      const rest = fed - inflate.bytesWritten;
      if (rest === 0) continue;
      reader.putBack(piece.subarray(piece.length - rest));
      return;
    }
  } finally {
    inflate.destroy();
  }
}

function read(inflate: { readonly read: () => unknown }): Uint8Array | null {
  return inflate.read() as Uint8Array | null;
}

/** Whether another member follows; zeros up to the end of the file are none, and anything else is refused. */
async function another(reader: PieceReader, guard: InflationGuard): Promise<boolean> {
  const [one] = MAGIC;
  let piece = await reader.piece();
  if (piece === undefined) return false;
  if (piece[0] === one) {
    reader.putBack(piece);
    return true;
  }
  while (piece !== undefined) {
    const at = piece.findIndex((value) => value !== 0);
    if (at >= 0) throw guard.refuse({ fault: "rest-after-gzip", at: reader.position - piece.length + at });
    piece = await reader.piece();
  }
  return false;
}

/** Whether an error comes from unpacking, and not from the code that reads the result. */
export function isZlibError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && typeof error.code === "string" && error.code.startsWith("Z_");
}
