import type { TextFormat } from "../recognise/recognise-text.ts";
import { readBai2 } from "./bai2/read.ts";
import { readCamt } from "./camt/read.ts";
import { readMt940 } from "./mt940/read.ts";
import { readOfx } from "./ofx/read.ts";
import { readQif } from "./qif/read.ts";
import type { TextReader } from "./reader.ts";

/** The reader of each format of text: a new format is a row here, and one in `recognise/recognise-text.ts`. */
export const TEXT_READERS: Readonly<Partial<Record<TextFormat, TextReader>>> = {
  mt940: readMt940,
  camt: readCamt,
  ofx: readOfx,
  bai2: readBai2,
  qif: readQif,
};
