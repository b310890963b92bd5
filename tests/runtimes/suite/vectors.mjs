/**
 * The canonical request vectors of the official Java and .NET SDKs (docs/amazon-pay/requests.md): same headers, empty payload, region
 * `eu`; the hash is the second line of the string to sign.
 */
const SYMBOLS = '@#$%^&+=/,?><`";:\\|][{} ';
const UNRESERVED = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export const HEADERS = {
  "X-Amz-Pay-Region": "eu",
  Accept: "application/json",
  "content-type": " application/json ",
  "x-amz-pay-date": "20180524T223710Z",
  "x-amz-pay-host": "pay-api.amazon.eu",
};

export const VECTORS = [
  ["GET", "/", [], "13fdf6db844bdfb9e9c0e27a4251ca04e60c29ca2132249c5dd1cb09c26e22f5"],
  ["GET", "///foo//", [], "d8e13e1857bc9b5056cc8ccb2699812faa2c68960e00483b1390fdaf4a991cc4"],
  ["GET", `/${UNRESERVED}`, [], "585e034d38ed3d64c0cd77a9f357a4b4a0fc093eebe06f4b06f66845e3543038"],
  ["GET", "/", [["\u1234", "bar"]], "f0597d2fdcf97baf28002461796e916a74e35073b44042296d2ed45bacf6ecf0"],
  ["POST", "/", [], "322307b5dae22c3d59350c3de9202a488f337f674c8f430b186282008264bd2b"],
  ["POST", "/", [["foo", "bar"]], "9d61b5abddbfdcaf7810a8e83dfffe0a5d5f272d2676c0550d974d5383e94cd5"],
  [
    "GET",
    "/",
    [
      ["foo", "b"],
      ["foo", "a"],
    ],
    "937de37fb8aed8af4214c373580c72f40c525202d1975df6836ba6ed0062b902",
  ],
  [
    "GET",
    "/",
    [
      ["b", "foo"],
      ["a", "foo"],
    ],
    "457de2535eedbd6ef25f5c8ec4653ee885b99838d722189928f4fdf8d3c3ef4f",
  ],
  [
    "GET",
    "/",
    [
      ["A.10", "foo"],
      ["A.2", "foo"],
      ["A.1", "foo"],
    ],
    "43ae5290e6742d30e3822b62b6d759afedafbe01534f778175c336b455d632e7",
  ],
  [
    "GET",
    "/",
    [
      ["foo", "aha"],
      ["foo", "Zoo"],
    ],
    "7a4d89bd832cb93f2102f66bc8d3a0bc5f224c0bb758eab261dcd34a8ed2f117",
  ],
  ["GET", "/", [[UNRESERVED, UNRESERVED]], "aa69ca06d93d9220f9aa16314d8556e18e1b0ae39802cd169bd3af6c08cd7164"],
  ["POST", "/", [[SYMBOLS, SYMBOLS]], "50709f5220d06911feee2d6aa8bf8453c8517f44527c0912e62b905d26c7e08f"],
  ["POST", "/", [["f oo", "b ar"]], "79481e4e38a053f7be8bda701c0d302d39df18bf468578b133c3be8e93fea86a"],
];
