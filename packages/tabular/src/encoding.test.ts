import { Buffer } from "node:buffer";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { CODE_PAGES } from "./code-pages.ts";
import { type Declared, decodedText, encodingName, likelyEncoding } from "./encoding.ts";

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function decode(bytes: readonly number[] | Uint8Array, declared: Declared = {}, size = 3): Promise<string> {
  let text = "";
  for await (const piece of decodedText(inPieces(Uint8Array.from(bytes), size), declared)) text += piece;
  return text;
}

/** 振込 in Shift_JIS, ﾀｱ in its half-width kana. */
const SJIS = [0x90, 0x55, 0x8d, 0x9e, 0x0a, 0xc0, 0xb1];

describe("decodedText", () => {
  it("refuses what is no UTF-8 with its line and a likely encoding", async () => {
    const german = Buffer.from("a\nb\nM\u00fcller;x\n", "latin1");
    for (const size of [1, 2, 5, 100]) {
      await expect(decode(german, {}, size)).rejects.toMatchObject({
        code: "table.encoding",
        option: "encoding",
        line: 3,
        message: expect.stringContaining("--encoding windows-1252") as unknown,
      });
    }
    await expect(decode(SJIS, {}, 100)).rejects.toThrow("--encoding shift_jis");
  });

  it("refuses bytes that are not of the encoding that was named", async () => {
    await expect(decode([0x61, 0x81, 0x0a], { encoding: "cp932" })).rejects.toThrow("not shift_jis");
    await expect(decode([0xc3], { encoding: "utf-8" })).rejects.toMatchObject({ code: "table.encoding" });
    await expect(decode([0x61, 0xc3])).rejects.toMatchObject({ code: "table.encoding" });
    await expect(decode([0x61], { encoding: "ebcdic" })).rejects.toMatchObject({ code: "table.unknown-encoding" });
  });

  it("refuses an option that the file's own mark contradicts", async () => {
    await expect(decode([0xef, 0xbb, 0xbf, 0x61], { encoding: "windows-1252" })).rejects.toThrow("marked as utf-8");
    expect(await decode([0xfe, 0xff, 0, 0x61], { encoding: "utf-16" })).toBe("a");
  });

  it("reads the bytes 80 to 9F of windows-1252 as the signs that they are there", async () => {
    const bytes = Array.from({ length: 32 }, (_, at) => 0x80 + at);
    const signs = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
    for (const size of [1, 32]) expect(await decode(bytes, { encoding: "cp1252" }, size)).toBe(signs);
  });

  it("reads ISO-8859-15, Shift_JIS, EUC-JP and UTF-16 with and without a mark", async () => {
    expect(await decode([0xa4, 0xbd], { encoding: "iso-8859-15" })).toBe("€œ");
    for (const size of [1, 2, 9]) expect(await decode(SJIS, { encoding: "Shift_JIS" }, size)).toBe("振込\nﾀｱ");
    expect(await decode([0xbf, 0xb6, 0xb9, 0xfe], { encoding: "euc-jp" })).toBe("振込");
    expect(await decode(Buffer.from("\ufeffDate\n", "utf16le"))).toBe("Date\n");
    expect(await decode(Buffer.from("Date\n", "utf16le"))).toBe("Date\n");
    expect(await decode(Buffer.from("Date\n", "utf16le").swap16())).toBe("Date\n");
  });

  it("takes off a byte order mark, however the pieces fall", async () => {
    for (const size of [1, 2, 3, 4]) expect(await decode([0xef, 0xbb, 0xbf, 0x61], {}, size)).toBe("a");
    expect(await decode([])).toBe("");
    expect(await decode([0x61], { usual: "shift_jis" })).toBe("a");
  });

  it("keeps one that stands elsewhere, however the pieces fall", async () => {
    for (const declared of [{}, { usual: "windows-1252" }, { encoding: "utf-8" }])
      for (const size of [1, 2, 3, 4, 50])
        expect(await decode(Buffer.from("abcd\uFEFFe\uFEFF\uFEFF"), declared, size)).toBe("abcd\uFEFFe\uFEFF\uFEFF");
  });

  it("takes the usual encoding of a layout only where the first letter is no UTF-8", async () => {
    const usual = { usual: "windows-1252" };
    for (const size of [1, 2, 3, 50]) {
      expect(await decode(Buffer.from("abc\nMüller €"), usual, size)).toBe("abc\nMüller €");
      expect(await decode([...Buffer.from("abc\nM"), 0xfc, 0x72, 0x80], usual, size)).toBe("abc\nMür€");
      await expect(decode([...Buffer.from("ü\n"), 0xfc, 0x72], usual, size)).rejects.toMatchObject({ line: 2 });
      expect(await decode([0x61, 0x62, 0x63, 0x64, 0xe4], usual, size)).toBe("abcdä");
    }
  });
});

describe("encodingName and likelyEncoding", () => {
  it("knows the names that people use", () => {
    for (const name of ["cp932", "SJIS", "shift-jis", "Shift_JIS", "windows-31j"])
      expect(encodingName(name)).toBe("shift_jis");
    for (const name of ["latin1", "ISO-8859-1", "cp1252", "ANSI", "Windows-1252", "iso_8859-1"])
      expect(encodingName(name)).toBe("windows-1252");
    for (const name of ["cp850", "IBM850", "ibm-850", "DOS-850", "oem 850", "850"])
      expect(encodingName(name)).toBe("cp850");
    expect([encodingName("CP866"), encodingName("ibm866")]).toEqual(["ibm866", "ibm866"]);
    for (const name of ["cp500", "1047", "utf-7"]) expect(() => encodingName(name)).toThrow("--encoding takes");
    expect([encodingName("latin9"), encodingName("ISO8859-15")]).toEqual(["iso-8859-15", "iso-8859-15"]);
    expect(encodingName("utf16")).toBe("utf-16le");
  });

  it("proposes the encoding of German, French and Japanese text", () => {
    for (const text of ["Umsätze für Überweisungen", "Libellé opération débit à échéance", "Größe – Maß"]) {
      const bytes = Buffer.from(text.replace("–", "\u0096"), "latin1");
      expect(likelyEncoding(bytes)).toBe("windows-1252");
    }
    expect(likelyEncoding(Uint8Array.from(SJIS))).toBe("shift_jis");
  });

  it.each([
    ["euc-jp", "振込入金 アマゾンペイメント お預り金額"],
    ["euc-kr", "거래일시 적요 출금액 입금액 잔액 거래점"],
    ["gb18030", "交易日期 摘要 收入 支出 余额 对方户名"],
  ])("proposes %s for text of its language", (encoding, text) => {
    expect(likelyEncoding(iconv.encode(text, encoding))).toBe(encoding);
  });
});

/** Names under which iconv-lite has an encoding, where they are not ours. */
const ICONV: Readonly<Record<string, string>> = { "x-mac-centraleurope": "maccenteuro" };

/** Every byte, alone and behind a letter, as far as the encoding has it. */
async function lettersOf(encoding: string): Promise<readonly string[]> {
  const letters: string[] = [];
  for (let byte = 0x80; byte <= 0xff; byte++) {
    const decoded = decode([0x61, byte], { encoding }, 1).then((text) => text.slice(1));
    letters.push(await decoded.catch(() => "\ufffd"));
  }
  return letters;
}

describe("letters, compared with iconv-lite", () => {
  const single = [...Object.keys(CODE_PAGES), "windows-1250", "windows-1252", "iso-8859-2", "iso-8859-15"];
  it.each(single)("%s", async (encoding) => {
    const bytes = Buffer.from(Array.from({ length: 128 }, (_, at) => 0x80 + at));
    const theirs = [...iconv.decode(bytes, ICONV[encoding] ?? encoding)];
    const ours = await lettersOf(encoding);
    // Control characters that the WHATWG has where an encoding has no letter.
    const compared = ours.map((letter, at) => (/^[\u0080-\u009f]$/.test(letter) ? theirs[at] : letter));
    expect(compared).toEqual(theirs);
  });

  it.each(["shift_jis", "euc-jp", "gbk", "euc-kr", "utf-16le"])("%s, texts of its language", async (encoding) => {
    const text = "Konto 口座 125,007\n漢字 テスト 中文 计 한국어 計\n".replace(/[^\0-\u007f]/g, (letter) =>
      iconv.decode(iconv.encode(letter, encoding), encoding) === letter ? letter : "x",
    );
    for (const size of [1, 2, 3, 100])
      expect(await decode(iconv.encode(text, encoding), { encoding }, size)).toBe(text);
  });
});
