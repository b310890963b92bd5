import { archiveConformance } from "../conformance/index.ts";
import { openMemoryArchive } from "./open.ts";

archiveConformance("memory", async () => {
  const archive = openMemoryArchive();
  return {
    archive,
    overwrite: async (path, bytes) => void archive.objects.set(path, bytes),
    remove: async (path) => void archive.objects.delete(path),
  };
});
