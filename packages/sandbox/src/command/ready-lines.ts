import { dirname, join } from "node:path";
import type { ReadyFile } from "../server/ready-file.ts";

/** What a person is told when the sandbox accepts calls: where it is, and where its keys are. */
export function readyLines({ http, https, caFile, merchants }: ReadyFile): string[] {
  const key = merchants.flatMap(({ keys }) => keys)[0];
  return [
    `HTTP       ${http}`,
    `HTTPS      ${https}`,
    `CA file    ${caFile}`,
    `Inspector  ${http}/_sandbox/ui`,
    ...(key === undefined ? [] : [`Keys       ${join(dirname(key.privateKeyFile), "KEY ID.pem")}`]),
  ];
}
