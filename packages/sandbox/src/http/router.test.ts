import { describe, expect, it } from "vitest";
import { Router } from "./router.ts";

const row = (method: string, path: string) => ({ method, path });
const rows = [
  row("GET", "/things"),
  row("POST", "/things"),
  row("GET", "/things/:id"),
  row("DELETE", "/things/:id/parts/:part"),
  row("*", "/open/*"),
];
const router = new Router(rows);

describe("a router", () => {
  it("refuses two rows for the same", () => {
    expect(() => new Router([row("GET", "/a"), row("GET", "/a")])).toThrow("two routes for GET /a");
  });

  it.each([
    ["GET", "/nothing"],
    ["GET", "/things/1/2"],
    ["GET", "/things//"],
    ["GET", "/things/%ZZ"],
    ["GET", "/Things"],
    ["GET", "/"],
  ])("has nothing for %s %s", (method, path) => {
    expect(router.find(method, path)).toBeUndefined();
  });

  it("names the methods where only the method is wrong", () => {
    expect(router.find("PUT", "/things")).toEqual({ methods: ["GET", "POST"] });
    expect(router.find("GET", "/things/1/parts/2")).toEqual({ methods: ["DELETE"] });
  });

  it.each([
    ["GET", "/things", 0, {}],
    ["GET", "/things/", 0, {}],
    ["HEAD", "/things", 0, {}],
    ["POST", "/things", 1, {}],
    ["GET", "/things/a%2Fb", 2, { id: "a/b" }],
    ["DELETE", "/things/1/parts/2", 3, { id: "1", part: "2" }],
    ["PATCH", "/open", 4, {}],
    ["GET", "/open/as/far/as/it/goes", 4, {}],
  ])("finds %s %s", (method, path, index, params) => {
    const found = router.find(method, path);
    expect(found).toMatchObject({ row: rows[index] });
    expect({ ...(found as { params: object }).params }).toEqual(params);
  });
});
