import { createReadStream } from "node:fs";
import { toContractLine } from "../contract-line.ts";
import { OrdersError } from "../errors.ts";
import type { OrdersOptions } from "../options.ts";
import { readOrders } from "../read-orders.ts";

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Every event of some bytes, a text or a fixture, as `apay records parse` prints it. */
export async function printed(
  file: Uint8Array | string | { readonly fixture: string },
  options: OrdersOptions = {},
): Promise<Readonly<Record<string, unknown>>[]> {
  const source =
    typeof file === "string"
      ? one(new TextEncoder().encode(file))
      : file instanceof Uint8Array
        ? one(file)
        : createReadStream(new URL(`../fixtures/${file.fixture}`, import.meta.url), { highWaterMark: 17 });
  const lines: Readonly<Record<string, unknown>>[] = [];
  for await (const event of readOrders(source, options)) lines.push(toContractLine(event));
  return lines;
}

/** What a person sees of each row, shortly: `2 charge captured 49.90 USD #1001`, `3 skipped paid-otherwise`, `4 record.time`. */
export async function seen(file: Parameters<typeof printed>[0], options: OrdersOptions = {}): Promise<string[]> {
  return (await printed(file, options)).flatMap((line) => {
    if (line["type"] === "record") {
      const { kind, status, amount, currency, orderId, transactionId } = line;
      return [`${line["line"]} ${kind} ${status} ${amount} ${currency} ${orderId ?? transactionId}`];
    }
    if (line["type"] === "skipped") return [`${line["line"]} skipped ${line["reason"]}`];
    return line["type"] === "error" ? [`${line["line"]} ${line["code"]}`] : [];
  });
}

/** The error with which a file is refused as a whole. */
export async function refusalOf(
  file: Parameters<typeof printed>[0],
  options: OrdersOptions = {},
): Promise<OrdersError> {
  try {
    await printed(file, options);
  } catch (error) {
    if (error instanceof OrdersError) return error;
    throw error;
  }
  throw new Error("the file was read");
}
