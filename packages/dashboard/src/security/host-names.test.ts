import { expect, it } from "vitest";
import { HostNames, hostName } from "./host-names.ts";

it("takes a host for the same however it is spelt, and for no other", () => {
  const names = new HostNames();
  for (const given of ["Books.Example:443", "127.0.0.1:8581", "[::1]:8581", "bücher.example"])
    expect([given, names.add(given)]).toEqual([given, true]);
  for (const same of ["books.example", "books.example:443", "books.example:80", "BOOKS.EXAMPLE.", "[::1]:8581"])
    expect([same, names.has(same)]).toEqual([same, true]);
  expect(names.has("xn--bcher-kva.example")).toBe(true);
  for (const other of ["books.example:8581", "127.0.0.1", "evil.example", "books.example.evil.example", "", "a b"])
    expect([other, names.has(other)]).toEqual([other, false]);
});

it.each(["https://books.example", "books.example/", "user@books.example", "a b", "", "books.example:99999", "a\\b"])(
  "%s is no host",
  (given) => {
    expect(hostName(given)).toBeUndefined();
    expect(new HostNames().add(given)).toBe(false);
  },
);
