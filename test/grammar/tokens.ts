import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createOnigScanner, createOnigString, loadWASM } from "vscode-oniguruma";
import { type IGrammar, INITIAL, Registry } from "vscode-textmate";

const root = join(__dirname, "..", "..");
const fromHere = createRequire(__filename);
const injection = "django-settings-lint.injection";

/** Where each grammar comes from: ours, and the Python grammars that VS Code ships. */
const grammars: Readonly<Record<string, string>> = {
  [injection]: join(root, "syntaxes", "django-settings-lint.json"),
  "source.python": fromHere.resolve("tm-grammars/grammars/python.json"),
  "source.regexp.python": fromHere.resolve("tm-grammars/grammars/regexp.json"),
};

/** VS Code's tokenizer for Python with our grammar injected, as the manifest says. */
export async function pythonWithInjection(): Promise<IGrammar> {
  const wasm = join(dirname(fromHere.resolve("vscode-oniguruma")), "onig.wasm");
  await loadWASM(readFileSync(wasm).buffer);
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async (scope) => {
      const path = grammars[scope];
      return path === undefined ? null : JSON.parse(readFileSync(path, "utf8"));
    },
    getInjections: (scope) => (scope === "source.python" ? [injection] : undefined),
  });
  const grammar = await registry.loadGrammar("source.python");
  if (grammar === null) throw new Error("the Python grammar did not load");
  return grammar;
}

/** The texts that our grammar gives a scope of its own, line by line: `[text, scope without its last part]`. */
export function ours(grammar: IGrammar, text: string): [string, string][] {
  const found: [string, string][] = [];
  let stack = INITIAL;
  for (const line of text.split("\n")) {
    const result = grammar.tokenizeLine(line, stack);
    stack = result.ruleStack;
    for (const token of result.tokens) {
      const scope = token.scopes.at(-1) ?? "";
      if (!scope.endsWith(".django-settings-lint")) continue;
      found.push([line.slice(token.startIndex, token.endIndex), scope.replace(/\.django-settings-lint$/, "")]);
    }
  }
  return found;
}
