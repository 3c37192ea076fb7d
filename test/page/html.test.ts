import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeText, scriptJson } from "../../page/escape.ts";
import { pageHtml } from "../../page/html.ts";
import { HOSTILE } from "./results-fixture.ts";

const head = {
  title: HOSTILE[1]!,
  subject: "of tests",
  facts: [{ label: "Data", text: HOSTILE[0]! }],
  notes: [...HOSTILE],
};
const page = pageHtml({ head, data: { text: HOSTILE }, scripts: ["first()", "second()"], style: "a{}" });

describe("escaping", () => {
  test("text keeps what it says and has no markup", () => {
    expect(escapeText(`<a href="x">'&amp;'</a>`)).toBe("&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;&#39;&lt;/a&gt;");
  });

  test("JSON in a script parses to the same and can end neither the script nor a line", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...HOSTILE), (value, hostile) => {
        const text = scriptJson({ value, [hostile]: hostile });
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify({ value, [hostile]: hostile })));
        expect(text).not.toMatch(/<|\u2028|\u2029/);
      }),
    );
  });
});

describe("the page", () => {
  test("has the data's strings in no form that is markup", () => {
    expect(page).not.toContain("<img");
    expect(page.match(/<script/g)).toHaveLength(3);
    expect(page.match(/<\/script>/g)).toHaveLength(3);
    expect(page).not.toContain("<!--");
    const data = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)![1]!;
    expect(JSON.parse(data)).toEqual({ text: HOSTILE });
  });

  test("forbids every connection and every script but its own", () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!;
    const hash = (script: string): string => createHash("sha256").update(script).digest("base64");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src 'sha256-${hash("first()")}' 'sha256-${hash("second()")}';`);
    expect(policy).not.toMatch(/connect-src|script-src[^;]*unsafe|https?:|\*/);
    expect(page).not.toMatch(/\b(src|href)="(?!data:,")/);
  });

  test("refuses a script that would end itself within HTML", () => {
    expect(() => pageHtml({ head, data: {}, scripts: ["'</script>'"], style: "" })).toThrow(/would end it within HTML/);
  });
});
