import { ScoredBooks } from "./books.ts";
import { judge, type Judgement } from "./judge.ts";
import { makeWorld } from "./world.ts";

/**
 * Makes the world of a seed, keeps its books with `apay`, and judges what they find.
 *
 * @param databaseUrl an empty PostgreSQL database. Default: SQLite
 * @param look is shown the folder before it is taken away
 */
export async function scoreWorld(
  seed: number,
  databaseUrl?: string,
  look: (folder: string) => void = () => {},
): Promise<Judgement> {
  const world = makeWorld(seed);
  const books = new ScoredBooks(world, databaseUrl);
  try {
    await books.keep();
    look(books.folder);
    return judge(world, await books.exceptions());
  } finally {
    books.close();
  }
}
