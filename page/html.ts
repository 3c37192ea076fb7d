/** One page as HTML: what a reader without scripts gets, the data, and the scripts that draw them. */

import { createHash } from "node:crypto";
import { escapeText, scriptJson } from "./escape.ts";
import type { PageHead } from "./page-head.ts";

export interface PageParts {
  readonly head: PageHead;
  /** Plain JSON. */
  readonly data: unknown;
  /** Scripts in order: the plotting library, then what draws. */
  readonly scripts: readonly string[];
  readonly style: string;
}

/**
 * The whole document. It asks nothing of any network: its policy allows no connection, no frame, no form, and of scripts only the ones
 * that stand in it, each by its SHA-256, so that a script or handler that came with the data would not run even if it were markup.
 */
export function pageHtml({ head, data, scripts, style }: PageParts): string {
  const sources = scripts.map((script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`);
  const policy = [
    "default-src 'none'",
    `script-src ${sources.join(" ")}`,
    // The plotting library sets styles of elements.
    "style-src 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const facts = head.facts.map(
    ({ label, text }) => `<div><dt>${escapeText(label)}</dt><dd>${escapeText(text)}</dd></div>`,
  );
  const notes = head.notes.map((note) => `<li>${escapeText(note)}</li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${escapeText(head.title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escapeText(head.title)}</h1>
<p>${escapeText(head.subject)}</p>
<dl class="facts">${facts.join("")}</dl>
${notes.length === 0 ? "" : `<ul class="notes" aria-label="Notes on the file">${notes.join("")}</ul>`}
</header>
<div id="page"><noscript><p>Charts, filters and tables are drawn by the scripts in this file; this browser runs none.</p></noscript></div>
<script type="application/json" id="data">${scriptJson(data)}</script>
${scripts.map((script) => `<script>${checkedScript(script)}</script>`).join("\n")}
</body>
</html>
`;
}

/** Nothing in a script of ours may end it early: a new version of the library is noticed here and not in a browser. */
function checkedScript(script: string): string {
  const found = /<\/script|<!--/i.exec(script);
  if (found !== null)
    throw new RangeError(`a script holds "${found[0]}" at ${found.index}, which would end it within HTML`);
  return script;
}
