import { describe, expect, it } from "vitest";
import { parseAuthorization } from "./authorization.ts";

const GOOD = "AMZN-PAY-RSASSA-PSS-V2 PublicKeyId=A, SignedHeaders=accept, Signature=AA==";

describe("an Authorization header that cannot be read", () => {
  it.each([
    ["nothing", "", "it must read: <algorithm> PublicKeyId=…"],
    ["blanks", "   ", "it must read: <algorithm>"],
    ["an algorithm alone", "AMZN-PAY-RSASSA-PSS ", "it must read: <algorithm>"],
    ["a line break in it", GOOD.replace("accept", "acc\nept"), "it must read: <algorithm>"],
    ["a part without a value", `${GOOD}, x`, "a part has no value"],
    ["a comma at its end", `${GOOD},`, "a part has no value"],
    ["a part twice", `${GOOD}, Signature=BB==`, "Signature comes twice"],
    ["two parts without a name", `${GOOD}, =a, =b`, " comes twice"],
    ["no key", GOOD.replace("PublicKeyId=A, ", ""), "PublicKeyId is missing"],
    ["an empty key", GOOD.replace("PublicKeyId=A", "PublicKeyId= "), "PublicKeyId is missing"],
    ["no names", GOOD.replace("SignedHeaders=accept, ", ""), "SignedHeaders is missing"],
    ["no signature", GOOD.replace(", Signature=AA==", ""), "Signature is missing"],
  ])("%s", (_what, header, why) => {
    const refusal = { code: "signature.malformed-authorization", message: expect.stringContaining(why) };
    expect(() => parseAuthorization(header)).toThrow(expect.objectContaining(refusal));
    expect(() => parseAuthorization(header)).toThrow(/^the Authorization header cannot be read: /);
  });

  it.each(["Bearer abc", "amzn-pay-rsassa-pss PublicKeyId=A", "AMZN-PAY-RSASSA-PSS-V3 PublicKeyId=A"])(
    "names another algorithm: %s",
    (header) => {
      expect(() => parseAuthorization(header)).toThrow(
        expect.objectContaining({
          code: "signature.unknown-algorithm",
          message:
            "the Authorization header names an unknown algorithm: use AMZN-PAY-RSASSA-PSS or AMZN-PAY-RSASSA-PSS-V2",
        }),
      );
    },
  );
});

it("takes white space around each part, and a part without a name or one that is not known", () => {
  const read = parseAuthorization(
    "  AMZN-PAY-RSASSA-PSS \t PublicKeyId = A ,Signature= AA==, SignedHeaders=a;b , =x, y=1  ",
  );
  expect(read).toEqual({
    algorithm: "AMZN-PAY-RSASSA-PSS",
    publicKeyId: "A",
    signedHeaders: "a;b",
    signature: "AA==",
  });
});
