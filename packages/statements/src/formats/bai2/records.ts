import { UnusableStatementError } from "../../errors.ts";
import { withoutControls } from "../../text/controls.ts";
import { linesOf } from "../../text/lines.ts";

/** A record of BAI2 with its continuations. */
export interface Bai2Record {
  readonly line: number;
  /** `01`, `02`, `03`, `16`, `49`, `98`, `99`. */
  readonly code: string;
  /** What stands behind the code, by physical line, without the slash that ends it. */
  readonly parts: readonly string[];
}

const CODE = /^(01|02|03|16|49|88|98|99)(?:,|\/|$)/;

/** Continuations of one record; a text of a payment has some dozens. */
const MOST_PARTS = 10_000;

/**
 * The records of a BAI2 file. Records of 88 belong to the one before them.
 *
 * @throws UnusableStatementError `file.damaged` for a line that is no record
 */
export async function* bai2Records(pieces: AsyncIterable<string>): AsyncGenerator<Bai2Record, void, void> {
  let record: { line: number; code: string; parts: string[] } | null = null;
  for await (const { line, text } of linesOf(pieces)) {
    const plain = withoutControls(text).trimEnd();
    if (plain.trim() === "") continue;
    const code = CODE.exec(plain.trimStart())?.[1];
    // A text that no slash ends may go on in a line without a code.
    if (code === undefined && record?.code !== "16") {
      const message = `line ${line}: ${JSON.stringify(plain.slice(0, 40))} is no record of BAI2 (01, 02, 03, 16, 49, 88, 98, 99): download the file again`;
      throw new UnusableStatementError("file.damaged", message, { line });
    }
    const part = (code === undefined ? plain : plain.trimStart().slice(3)).replace(/\/$/, "");
    if (code === "88" || code === undefined) {
      if (record === null) {
        const message = `line ${line}: a continuation (88) with nothing before it: download the file again`;
        throw new UnusableStatementError("file.damaged", message, { line });
      }
      record.parts.push(part);
      if (record.parts.length > MOST_PARTS) {
        const message = `line ${line}: more than ${MOST_PARTS} continuations of one record`;
        throw new UnusableStatementError("file.too-large", message, { line });
      }
      continue;
    }
    if (record !== null) yield record;
    record = { line, code, parts: [part] };
  }
  if (record !== null) yield record;
}

/** The fields of a record whose last field is no text. */
export function fieldsOf({ parts }: Bai2Record): readonly string[] {
  return parts
    .join(",")
    .split(",")
    .map((field) => field.trim());
}
