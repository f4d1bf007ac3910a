// Writes what is derived from other sources into the files that hold it:
//
//   syntaxes/django-settings-lint.json   the names of Django's settings, from server/src/django/settings.json
//   package.json                         the rules that severityOverrides may name, from server/src/rules
//   docs/schemas/config.schema.json      what [tool.django-settings-lint] may hold, from server/src/lint
//
// node scripts/generate.mjs           writes
// node scripts/generate.mjs --check   writes nothing; names what is out of date and exits with 1

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format, resolveConfig } from "prettier";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
// Lets the server's TypeScript and the rules' pages be loaded from their sources, as in the tests.
require("../test/harness/register.cjs");

function readText(path) {
  return readFileSync(join(root, path), "utf8");
}

function grammar() {
  const path = "syntaxes/django-settings-lint.json";
  const document = JSON.parse(readText(path));
  const names = Object.keys(JSON.parse(readText("server/src/django/settings.json")).settings).toSorted();
  // `NAME =`, `NAME: type`, `NAME += ` and its kind, `NAME[...]`; not `NAME ==`.
  const assigned = "(?=\\s*(?:=(?!=)|:(?!=)|(?:[-+*/%&|^@]|//|\\*\\*|<<|>>)=|\\[))";
  document.repository.setting.match = `^(?:${names.join("|")})\\b${assigned}`;
  return { path, text: JSON.stringify(document) };
}

function rules() {
  return require("../server/src/rules/index.ts").rules;
}

function manifest() {
  const path = "package.json";
  const document = JSON.parse(readText(path));
  const { summaryOf } = require("../server/src/features/rulePage.ts");
  const setting = document.contributes.configuration.properties["djangoSettingsLint.severityOverrides"];
  setting.properties = Object.fromEntries(
    rules()
      .map((rule) => [rule.id, { enum: ["error", "warning", "info", "hint", "off"], description: summaryOf(rule) }])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  return { path, text: JSON.stringify(document, null, 2) };
}

function schema() {
  const { configSchema } = require("../server/src/lint/configSchema.ts");
  return { path: "docs/schemas/config.schema.json", text: JSON.stringify(configSchema(rules())) };
}

/** The generated files as they should be: `{ path, text }`, paths relative to the repository. */
export async function generatedFiles() {
  const options = await resolveConfig(join(root, "package.json"));
  return Promise.all(
    [grammar(), manifest(), schema()].map(async ({ path, text }) => ({
      path,
      text: await format(text, { ...options, filepath: path === "package.json" ? path : "generated.json" }),
    })),
  );
}

/** The paths of generated files that differ from what they should be. */
export async function outdatedFiles() {
  return (await generatedFiles())
    .filter(({ path, text }) => !existsSync(join(root, path)) || readText(path) !== text)
    .map(({ path }) => path);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  if (process.argv.includes("--check")) {
    const outdated = await outdatedFiles();
    for (const path of outdated) console.error(`${path} is out of date; run: npm run generate`);
    process.exitCode = outdated.length === 0 ? 0 : 1;
  } else {
    for (const { path, text } of await generatedFiles()) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  }
}
