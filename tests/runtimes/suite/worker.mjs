/** Runs the cases inside a request: for workerd. `?service=` is the address of the stand-in service. */
import { runCases } from "./cases.mjs";

export default {
  async fetch(request) {
    return Response.json(await runCases(new URL(request.url).searchParams.get("service")));
  },
};
