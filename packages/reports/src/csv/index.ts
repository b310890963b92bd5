/** Comma-separated text: the strict tokenizer and the line writer that the reports are read and written with. */
export { decodeCell } from "./decode.ts";
export { CELL, nextLine, SCAN, Tokenizer, type ScanResult } from "./tokenizer.ts";
export { csvLine, type CsvLineOptions } from "./write.ts";
