import { timingSafeEqual } from "node:crypto";
import type { Engine } from "../../engine/engine.ts";
import type { Route } from "../../module.ts";
import type { Answer } from "../../http/call.ts";
import type { EvidenceFile } from "./files.ts";

/**
 * The place for a file's bytes that Upload File names. Only their number is kept: nobody reads evidence in a sandbox, and
 * what is not kept cannot leak.
 */
export function evidenceUploads(engine: Engine): Route {
  return {
    method: "PUT",
    path: "/evidence-files/:fileId",
    handle: (call, { fileId }) => {
      const files = engine.state.extra<EvidenceFile>("files");
      const file = files.get(fileId ?? "");
      const token = new URLSearchParams(call.query).get("token") ?? "";
      if (file === undefined || !sameText(token, file.token)) return text(404, "There is no such file.");
      if (engine.now() > file.urlExpiresAt) return text(403, "The address has expired. Call Upload File again.");
      file.size = call.body.length;
      files.put(file.id, file);
      return { status: 200, headers: {} };
    },
  };
}

const text = (status: number, body: string): Answer => ({
  status,
  headers: { "content-type": "text/plain; charset=utf-8" },
  body,
});

function sameText(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
