import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readXml } from "./read-xml.ts";
import { XmlError } from "./xml-error.ts";

describe("reading XML", () => {
  it.each([
    ["", /no element/],
    ["   ", /no element/],
    ["text", /text outside/],
    ["<a>", /<a> is not closed/],
    ["<a></b>", /closes nothing/],
    ["</a>", /closes nothing/],
    ["<a/><b/>", /second element/],
    ["<a/>x", /text outside/],
    ["<![CDATA[x]]><a/>", /text outside/],
    ["<a b='1' b='2'/>", /twice/],
    ["<a b=1/>", /no XML at character 0/],
    ["<a b='<'/>", /no XML at character 0/],
    ["< a/>", /no XML at character 0/],
    ["<a><!-- -- --></a>", /no XML at character 3/],
    ["<a><![CDATA[x</a>", /no XML at character 3/],
    ["<a>&</a>", /entity/],
    ["<a>&nbsp;</a>", /entity/],
    ["<a>&constructor;</a>", /entity/],
    ["<a>&#0;</a>", /entity/],
    ["<a>&#xD800;</a>", /entity/],
    ["<a>&#x110000;</a>", /entity/],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', /no XML at character 0/],
    ['<a><?php echo "x" ?></a>', /no XML at character 3/],
    ["<a><?xml version='1.0'?></a>", /no XML at character 3/],
    ["<a>".repeat(33), /more than 32 levels/],
  ])("refuses %j", (text, why) => {
    expect(() => readXml(text)).toThrowError(why);
    expect(() => readXml(text)).toThrowError(XmlError);
  });

  it("refuses what is too long", () => {
    expect(() => readXml(`<a>${"x".repeat(16_777_216)}</a>`)).toThrowError(/longer than/);
  });

  it("reads elements of any namespace, attributes, entities, CDATA and comments, and trims", () => {
    const text = `\uFEFF<?xml version="1.0" encoding="UTF-8"?>
      <!-- hello -->
      <m:a xmlns:m="urn:x" xmlns="urn:y" one='1' m:two="&quot;2&quot;">
        before <b/> <b c="&#x41;&#66;"> x &amp; y
        </b> <!-- in between --> <![CDATA[ <raw> & ]]>
      </m:a>
      `;
    expect(readXml(text)).toEqual({
      name: "a",
      attributes: { one: "1", two: '"2"' },
      text: expect.stringMatching(/^before\s+<raw> &$/) as string,
      children: [
        { name: "b", attributes: {}, text: "", children: [] },
        { name: "b", attributes: { c: "AB" }, text: "x & y", children: [] },
      ],
    });
    expect(readXml("<a>".repeat(32) + "</a>".repeat(32)).name).toBe("a");
  });

  it("gives back every text that was escaped", () => {
    const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(readXml(`<a><b>${escaped(text)}</b></a>`).children[0]?.text).toBe(text.trim());
      }),
    );
  });

  it("fails on anything else only with its own error, and in linear time", () => {
    const pieces = fc.constantFrom(
      "<",
      ">",
      "/",
      "a",
      " ",
      "=",
      '"',
      "'",
      "<a>",
      "</a>",
      "&",
      ";",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "<?",
      "x:y",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        try {
          readXml(parts.join(""));
        } catch (error) {
          expect(error).toBeInstanceOf(XmlError);
        }
      }),
      { numRuns: 2000 },
    );
    const started = performance.now();
    for (const hard of [`<a${" ".repeat(200_000)}`, `<a ${"b='1' ".repeat(50_000)}`, `<!--${"-".repeat(200_000)}`]) {
      expect(() => readXml(hard)).toThrowError(XmlError);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
