import { describe, expect, test } from "vitest";
import { canonicalRequest } from "./canonical-request.ts";
import { canonicalPath } from "./encode.ts";
import { canonicalQuery, type Query } from "./query.ts";
import { sha256Hex } from "./sha256.ts";
import { stringToSign } from "./string-to-sign.ts";

/** Published vectors of the official Java (region `EU`) and .NET (region `eu`) clients; `-` where one of them has none. */
interface Vector {
  readonly name: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly query?: Query;
  readonly canonical: readonly [path: string, query: string];
  readonly EU: string;
  readonly eu: string;
}

const UNRESERVED = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RESERVED = '@#$%^&+=/,?><`";:\\|][{} ';
const RESERVED_ENCODED = "%40%23%24%25%5E%26%2B%3D%2F%2C%3F%3E%3C%60%22%3B%3A%5C%7C%5D%5B%7B%7D%20";

const VECTORS: readonly Vector[] = [
  {
    name: "vanilla",
    method: "GET",
    path: "/",
    canonical: ["/", ""],
    EU: "bb49552975c396f1e49d5510e1555b8b0627dc491bc61aaefdb561f202ad8020",
    eu: "13fdf6db844bdfb9e9c0e27a4251ca04e60c29ca2132249c5dd1cb09c26e22f5",
  },
  {
    name: "empty path",
    method: "GET",
    path: "",
    canonical: ["/", ""],
    EU: "bb49552975c396f1e49d5510e1555b8b0627dc491bc61aaefdb561f202ad8020",
    eu: "-",
  },
  {
    name: "slashes",
    method: "GET",
    path: "///foo//",
    canonical: ["/foo/", ""],
    EU: "-",
    eu: "d8e13e1857bc9b5056cc8ccb2699812faa2c68960e00483b1390fdaf4a991cc4",
  },
  {
    name: "unreserved path",
    method: "GET",
    path: `/${UNRESERVED}`,
    canonical: [`/${UNRESERVED}`, ""],
    EU: "a0e5dd63e175587f29d51c6b08be5c746a568209ac66ab1f967e0ba515aa80bc",
    eu: "585e034d38ed3d64c0cd77a9f357a4b4a0fc093eebe06f4b06f66845e3543038",
  },
  {
    name: "UTF-8 path",
    method: "GET",
    path: "/\u1234",
    canonical: ["/%E1%88%B4", ""],
    EU: "77f6544c8fb336d430895659da1e30415a1558b4b013f4d7926bb3a6275f701d",
    eu: "-",
  },
  {
    name: "UTF-8 query name",
    method: "GET",
    path: "/",
    query: { "\u1234": "bar" },
    canonical: ["/", "%E1%88%B4=bar"],
    EU: "ef1007307504f2ca9f0b6310b04056f5d3d6d18e7bf3d90663133f19ec132ecc",
    eu: "f0597d2fdcf97baf28002461796e916a74e35073b44042296d2ed45bacf6ecf0",
  },
  {
    name: "vanilla POST",
    method: "POST",
    path: "/",
    canonical: ["/", ""],
    EU: "54156f5badd6da7fa630b2c334c808ad376530001d334ae9960457215aa626d3",
    eu: "322307b5dae22c3d59350c3de9202a488f337f674c8f430b186282008264bd2b",
  },
  {
    name: "POST with query",
    method: "POST",
    path: "/",
    query: { foo: "bar" },
    canonical: ["/", "foo=bar"],
    EU: "cc82525870b2d03666c287fd8b2c0d2fc6fa1693d9f357d27f7cac8cbcc12832",
    eu: "9d61b5abddbfdcaf7810a8e83dfffe0a5d5f272d2676c0550d974d5383e94cd5",
  },
  {
    name: "GET with query",
    method: "GET",
    path: "/",
    query: { foo: "bar" },
    canonical: ["/", "foo=bar"],
    EU: "6837f80baf1801c75db8119cffbadc26a89d20adb9cf3f3de4ce0fac31b4ae52",
    eu: "-",
  },
  {
    name: "value order",
    method: "GET",
    path: "/",
    query: { foo: ["b", "a"] },
    canonical: ["/", "foo=a&foo=b"],
    EU: "a33266ec31c7f0ca8a0738eb49fb8c81319f14374a0b86d52e6911a9748a6d42",
    eu: "937de37fb8aed8af4214c373580c72f40c525202d1975df6836ba6ed0062b902",
  },
  {
    name: "name order",
    method: "GET",
    path: "/",
    query: { b: "foo", a: "foo" },
    canonical: ["/", "a=foo&b=foo"],
    EU: "6615ba7ca3734e97b35013f77c74d111ce2fa63ab52be161ad41bcd4b010120f",
    eu: "457de2535eedbd6ef25f5c8ec4653ee885b99838d722189928f4fdf8d3c3ef4f",
  },
  {
    name: "numbered names",
    method: "GET",
    path: "/",
    query: { "A.1": "foo", "A.2": "foo", "A.10": "foo" },
    canonical: ["/", "A.1=foo&A.10=foo&A.2=foo"],
    EU: "29d908d70c4bb50d62272976787245b52ed52e569fdae56ef3aa6d8979978ee7",
    eu: "43ae5290e6742d30e3822b62b6d759afedafbe01534f778175c336b455d632e7",
  },
  {
    name: "value order with case",
    method: "GET",
    path: "/",
    query: { foo: ["aha", "Zoo"] },
    canonical: ["/", "foo=Zoo&foo=aha"],
    EU: "f379cbd2e2fc9d5d50667a07ec22996335f731b474bb8bd366647d05d958c9d5",
    eu: "7a4d89bd832cb93f2102f66bc8d3a0bc5f224c0bb758eab261dcd34a8ed2f117",
  },
  {
    name: "unreserved query",
    method: "GET",
    path: "/",
    query: { [UNRESERVED]: UNRESERVED },
    canonical: ["/", `${UNRESERVED}=${UNRESERVED}`],
    EU: "892abddd6e79db3feb5695b318af639c3e863494f6b4df32ec24fff4c1562a73",
    eu: "aa69ca06d93d9220f9aa16314d8556e18e1b0ae39802cd169bd3af6c08cd7164",
  },
  {
    name: "reserved query",
    method: "POST",
    path: "/",
    query: { [RESERVED]: RESERVED },
    canonical: ["/", `${RESERVED_ENCODED}=${RESERVED_ENCODED}`],
    EU: "66bbbf2b5d6d297a9393abbc0b4f9d62e30666bb0ec0dea8f1d4e45551440e4c",
    eu: "50709f5220d06911feee2d6aa8bf8453c8517f44527c0912e62b905d26c7e08f",
  },
  {
    name: "spaces in query",
    method: "POST",
    path: "/",
    query: { "f oo": "b ar" },
    canonical: ["/", "f%20oo=b%20ar"],
    EU: "99be3aeb19b5a1aebafc807d59f3740d3e604ae31cf928592fa70739ea64bb32",
    eu: "79481e4e38a053f7be8bda701c0d302d39df18bf468578b133c3be8e93fea86a",
  },
];

const REGIONS = ["EU", "eu"] as const;
const ROWS = VECTORS.flatMap((vector) => REGIONS.map((region) => ({ ...vector, region, hash: vector[region] }))).filter(
  (row) => row.hash !== "-",
);

const build = (row: Vector, region: string): string =>
  canonicalRequest({
    method: row.method,
    path: row.path,
    query: row.query,
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-Amz-Pay-Date": "20180524T223710Z",
      "x-amz-pay-host": "pay-api.amazon.eu",
      "x-amz-pay-region": region,
    },
  });

describe("published vectors", () => {
  test.each(ROWS)("$name, region $region", (row) => {
    const canonical = build(row, row.region);
    expect(canonical.split("\n").slice(1, 3)).toEqual(row.canonical);
    for (const algorithm of ["AMZN-PAY-RSASSA-PSS", "AMZN-PAY-RSASSA-PSS-V2"] as const) {
      expect(stringToSign(canonical, algorithm)).toBe(`${algorithm}\n${row.hash}`);
    }
  });

  test("there are 28 of them", () => {
    expect(ROWS).toHaveLength(28);
  });

  test("the whole canonical request of the first, letter by letter", () => {
    expect(
      canonicalRequest({
        method: "get",
        path: "/",
        headers: [
          ["x-amz-pay-region", "eu"],
          ["x-amz-pay-host", "pay-api.amazon.eu"],
          ["x-amz-pay-date", "20180524T223710Z"],
          ["content-type", "application/json"],
          ["accept", "application/json"],
        ],
      }),
    ).toBe(
      "GET\n/\n\naccept:application/json\ncontent-type:application/json\nx-amz-pay-date:20180524T223710Z\nx-amz-pay-host:pay-api.amazon.eu\nx-amz-pay-region:eu\n\naccept;content-type;x-amz-pay-date;x-amz-pay-host;x-amz-pay-region\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });
});

describe("other published values", () => {
  test.each([
    ["payload", "239f59ed55e737c77147cf55ad0c1b030b6d7ee748a7426952f9b852d5a935e5"],
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ])("SHA-256 of %j", (text, hash) => {
    expect(sha256Hex(text)).toBe(hash);
  });

  test.each([
    ["/ /foo", "/%20/foo"],
    ["//", "/"],
    ["///foo//", "/foo/"],
    ["/\u1234", "/%E1%88%B4"],
    ["", "/"],
    ["/sandbox/in-store/v999/charge", "/sandbox/in-store/v999/charge"],
    ["/buyers/a%2Fb%3D", "/buyers/a%2Fb%3D"],
    ["/buyers/100%", "/buyers/100%25"],
    ["/a/./b/../c", "/a/c"],
    ["/a/..", "/"],
    ["/..//", "/"],
    ["/a//", "/a/"],
    ["/a///b", "/a/b"],
    ["/a/.", "/a/"],
    ["/./a", "/a"],
    ["/.a/.b", "/.a/.b"],
    ["/..a", "/..a"],
    ["/a/b/../../c/", "/c/"],
    ["/a/b/..", "/a/"],
    ["a/b", "/a/b"],
    ["/a%2fb", "/a%2fb"],
    ["/%%41%4", "/%25%41%254"],
    ["/a b%20c d", "/a%20b%20c%20d"],
    ["/(a)*!'", "/%28a%29%2A%21%27"],
    ["/a%é", "/a%25%C3%A9"],
    ["/😀%F0%9F%98%80", "/%F0%9F%98%80%F0%9F%98%80"],
    ["/\uD800", "/%EF%BF%BD"],
  ])("path %j becomes %j", (path, canonical) => {
    expect(canonicalPath(path)).toBe(canonical);
    expect(canonicalPath(canonical)).toBe(canonical);
  });

  test("the button payload's string to sign", () => {
    const payload =
      '{"storeId":"amzn1.application-oa2-client.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx","webCheckoutDetails":{"checkoutReviewReturnUrl":"https://localhost/test/CheckoutReview.php","checkoutResultReturnUrl":"https://localhost/test/CheckoutResult.php"}}';
    expect(stringToSign(payload, "AMZN-PAY-RSASSA-PSS")).toBe(
      "AMZN-PAY-RSASSA-PSS\n8dec52d799607be40f82d5c8e7ecb6c171e6591c41b1111a576b16076c89381c",
    );
  });
});

describe("query", () => {
  test.each<[Query | undefined, string]>([
    [undefined, ""],
    ["", ""],
    ["flag", "flag="],
    [{}, ""],
    [[], ""],
    ["&&a=1&&b=2&", "a=1&b=2"],
    ["=1", "=1"],
    ["=", "="],
    ["a=b=c", "a=b%3Dc"],
    ["a%20b=%C3%A9", "a%20b=%C3%A9"],
    ["a=%41%zz", "a=%2541%25zz"],
    ["a=100%25", "a=100%25"],
    [
      { "\uD7FF": "1", "\uE000": "2", "\u{10FFFF}": "3", "\u{10000}": "4" },
      "%ED%9F%BF=1&%EE%80%80=2&%F0%90%80%80=4&%F4%8F%BF%BF=3",
    ],
    [{ ab: "1", a: "2", b: "3" }, "a=2&ab=1&b=3"],
    [{ a: [1, null, undefined, false, ""] }, "a=&a=1&a=false"],
    ["b=2&a=1&a=", "a=&a=1&b=2"],
    ["a=x+y", "a=x%2By"],
    ["a=%zz", "a=%25zz"],
    [{ pageSize: 10, nextToken: undefined, absent: null, yes: true }, "pageSize=10&yes=true"],
    [
      [
        ["z", "1"],
        ["a", "'"],
      ],
      "a=%27&z=1",
    ],
    [new URLSearchParams({ a: "b c" }), "a=b%20c"],
    [{ "\uFFFD": "1", "\u{1F600}": "2" }, "%EF%BF%BD=1&%F0%9F%98%80=2"],
    [{ a: "\uD800" }, "a=%EF%BF%BD"],
  ])("%j becomes %j", (query, canonical) => {
    expect(canonicalQuery(query)).toBe(canonical);
  });
});
