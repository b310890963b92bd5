import { books, growth } from "./books.mjs";
import { client } from "./client.mjs";
import { daily } from "./daily.mjs";
import { footprint } from "./footprint.mjs";
import { loadPostgres } from "./load-postgres.mjs";
import { loadSqlite } from "./load-sqlite.mjs";
import { memory } from "./memory.mjs";
import { read } from "./read.mjs";
import { records } from "./records.mjs";
import { sandbox } from "./sandbox.mjs";
import { sign } from "./sign.mjs";
import { start } from "./start.mjs";
import { simulation } from "./simulation.mjs";

/** Every comparison: a file and a line here. */
export const ROWS = [
  sign,
  client,
  footprint,
  read,
  memory,
  daily,
  records,
  loadSqlite,
  loadPostgres,
  books,
  growth,
  sandbox,
  start,
  simulation,
];
