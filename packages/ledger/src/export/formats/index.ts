import type { ExportFormat } from "../format.ts";
import { beancountFormat } from "./beancount.ts";
import { csvFormat } from "./csv.ts";
import { datevFormat } from "./datev.ts";
import { hledgerFormat } from "./hledger.ts";
import { ndjsonFormat } from "./ndjson.ts";
import { parquetFormat } from "./parquet.ts";
import { quickbooksFormat } from "./quickbooks.ts";
import { xeroFormat } from "./xero.ts";
import { xlsxFormat } from "./xlsx.ts";

/** Every format. A new one is one file and one line here. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [
  csvFormat,
  ndjsonFormat,
  parquetFormat,
  xlsxFormat,
  beancountFormat,
  hledgerFormat,
  datevFormat,
  xeroFormat,
  quickbooksFormat,
];
