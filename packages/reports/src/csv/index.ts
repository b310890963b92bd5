/** Comma-separated text: the strict tokenizer and the line writer that reports are read and written with. */
export { readCsv, type CsvRecord, type ReadCsvOptions } from "./read.ts";
export { CELL, nextLine, SCAN, Tokenizer, type ScanResult } from "./tokenizer.ts";
export { csvLine, type CsvLineOptions } from "./write.ts";
