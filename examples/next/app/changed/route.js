import { changed } from "../../shop.js";

export const dynamic = "force-dynamic";

export async function GET() {
  return Response.json(changed);
}
