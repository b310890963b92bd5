/** What lies in one folder at the top, or beside the folders. */
interface Group {
  readonly name: string;
  readonly paths: string[];
}

const STROKE = "/".codePointAt(0) ?? 0;

/** Whether storage that goes by the names of folders lists the one before the other, and S3, by the bytes of the keys, after it. */
function mayComeLater(name: string, first: string): boolean {
  return name.startsWith(first) && (name.codePointAt(first.length) ?? STROKE) < STROKE;
}

function* sorted(groups: readonly Group[]): Generator<string> {
  const ordered = groups.map(({ paths }) => paths.sort());
  yield* ordered.sort(([left = ""], [right = ""]) => (left < right ? -1 : 1)).flat();
}

/**
 * Puts listed paths in their order. S3 lists them in the order of their bytes, storage that keeps folders on a disk in that of the
 * folders: `a/` before `a-b/`. No more than one folder at the top is held, and those that are named like it and go on.
 */
export async function* inOrder(listed: AsyncIterable<string>): AsyncGenerator<string> {
  let held: Group[] = [];
  for await (const path of listed) {
    const name = path.includes("/") ? path.slice(0, path.indexOf("/")) : path;
    const last = held.at(-1);
    if (last?.name === name) {
      last.paths.push(path);
      continue;
    }
    const [first] = held;
    if (first !== undefined && !mayComeLater(name, first.name)) {
      yield* sorted(held);
      held = [];
    }
    held.push({ name, paths: [path] });
  }
  yield* sorted(held);
}
