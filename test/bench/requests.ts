import { join } from "node:path";
import type { Diagnostic } from "vscode-languageserver";
import { effectiveSettingsRequest, variablesRequest } from "../../server/src/protocol";
import { LspClient, PULLING, uriOf } from "../harness/lspClient";
import { EDIT_KINDS } from "./edits";
import { LINES, withProject } from "./keystroke";
import { summary, type Measurement } from "./measurement";

const WARM_UP = 20;
const BASE = "shop/settings/base.py";
/** What texts of the module name, and an environment that overrides some of it: there are links and notes to make. */
const FURTHER = {
  "shop/feature1/__init__.py": "",
  "shop/feature1/reports.py": "",
  "shop/settings/staging.py": 'from .production import *\n\nFEATURE_7_LIMIT = 9\nFEATURE_40_NAME = "shop"\n',
};

/** Where a round of requests is made: each in another section of the module, so that no place is asked about twice in a row. */
interface Round {
  readonly textDocument: { readonly uri: string };
  /** Inside the name of a setting. */
  readonly position: { readonly line: number; readonly character: number };
  readonly finding: Diagnostic;
}

/** The parameters of each request. */
const REQUESTS: Readonly<Record<string, (round: Round) => object>> = {
  "textDocument/hover": place,
  "textDocument/completion": place,
  "textDocument/definition": place,
  "textDocument/references": (round) => ({ ...place(round), context: { includeDeclaration: true } }),
  "textDocument/documentHighlight": place,
  "textDocument/documentSymbol": document,
  "textDocument/foldingRange": document,
  "textDocument/codeAction": ({ textDocument, finding }) => ({
    textDocument,
    range: finding.range,
    context: { diagnostics: [finding] },
  }),
  "textDocument/codeLens": document,
  "textDocument/inlayHint": ({ textDocument }) => ({
    textDocument,
    range: { start: { line: 0, character: 0 }, end: { line: LINES, character: 0 } },
  }),
  "textDocument/documentLink": document,
  "workspace/symbol": () => ({ query: "FEATURE_3" }),
  [effectiveSettingsRequest]: () => ({}),
  [variablesRequest]: () => ({}),
};

function place({ textDocument, position }: Round): object {
  return { textDocument, position };
}

function document({ textDocument }: Round): object {
  return { textDocument };
}

/** From a request about the module of 1,000 lines to its answer, each the first one of its kind since the last keystroke. */
export async function measureRequests(rounds: number): Promise<readonly Measurement[]> {
  const times = new Map(Object.keys(REQUESTS).map((method) => [method, [] as number[]]));
  await withProject(async (root, files) => {
    const path = join(root, BASE);
    const lines = (files[BASE] ?? "").split("\n");
    const names = lines.flatMap((line, at) => (/^FEATURE_\d+_HOST/.test(line) ? [at] : []));
    const settings = { codeLens: { enabled: true }, inlayHints: { enabled: true } };
    const client = await LspClient.start({ folders: [root], capabilities: PULLING, settings });
    await client.open(path);
    for (let n = 0; n < rounds + WARM_UP; n++) {
      const finding = await findingAfterKeystroke(client, path, lines, n);
      const position = { line: names[n % names.length] ?? 0, character: 5 };
      const round = { textDocument: { uri: uriOf(path) }, position, finding };
      for (const [method, params] of Object.entries(REQUESTS)) {
        const started = performance.now();
        const answer = await client.connection.sendRequest(method, params(round));
        const time = performance.now() - started;
        if (isEmpty(answer)) throw new Error(`${method} has no answer, so there is nothing to measure`);
        if (n >= WARM_UP) times.get(method)?.push(time);
      }
    }
    await client.stop();
  }, FURTHER);
  return [...times].map(([method, taken]) => summary(method, taken));
}

/** Types a letter into a comment, waits for the diagnostics and gives one of them. */
async function findingAfterKeystroke(
  client: LspClient,
  path: string,
  lines: readonly string[],
  n: number,
): Promise<Diagnostic> {
  const keystroke = EDIT_KINDS[0]?.keystroke(lines, n);
  if (keystroke === undefined) throw new Error("there is no kind of edit");
  await client.change(path, [{ range: { start: keystroke.at, end: keystroke.at }, text: keystroke.text }]);
  const [finding] = await client.diagnostics(path);
  if (finding === undefined) throw new Error("nothing is found in the module");
  return finding;
}

/** `null`, an empty list, or an object whose lists are all empty. */
function isEmpty(answer: unknown): boolean {
  if (typeof answer !== "object" || answer === null) return true;
  if (Array.isArray(answer)) return answer.length === 0;
  const lists: unknown[] = Object.values(answer).filter(Array.isArray);
  return lists.length > 0 && lists.every(isEmpty);
}
