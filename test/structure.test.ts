import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { pathToFileURL } from "node:url";
import { parseSync, Visitor, type CallExpression, type NewExpression } from "oxc-parser";
import { djangoChecks } from "../server/src/django/checks";
import { checksOf } from "../server/src/lint/rule";
import { rules } from "../server/src/rules/index";
import { identityOf, readCases } from "./harness/cases";
import { circlesOf } from "./harness/circles";

const root = join(__dirname, "..");

/** The layers of the server; a folder imports only from folders with a smaller number, and from itself. */
const layers: Readonly<Record<string, number>> = {
  base: 0,
  syntax: 1,
  documents: 1,
  python: 2,
  project: 3,
  django: 3,
  lint: 4,
  rules: 5,
  features: 6,
  lsp: 7,
  cli: 7,
  entry: 8,
};

/** The rooms of the evaluator; files of one import only from those before it. */
const rooms: readonly string[] = ["values", "semantics", "program", "interpreter", "libraries"];

interface Import {
  /** The importing file, relative to the repository, with forward slashes. */
  readonly from: string;
  /** What it names: a package, or a file relative to the repository without extension. */
  readonly to: string;
}

const notOurs = new Set(["node_modules", "dist", "out", ".cache", ".git"]);

/** All files under a folder of the repository, relative to it, with forward slashes. */
function filesUnder(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : filesUnder(path);
    return entry.isFile() ? [path] : [];
  });
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

const importPattern = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(["'])([^"'\n]+)\1/g;

function importsOf(path: string): Import[] {
  return [...read(path).matchAll(importPattern)].map((match) => {
    const to = match[2] ?? "";
    return { from: path, to: to.startsWith(".") ? posix.join(posix.dirname(path), to) : to };
  });
}

/** The files whose values a file imports, not only their types. */
function valueImportsOf(path: string): readonly string[] {
  const statements = read(path).matchAll(/^(?:import|export)\s+(type\s+)?([^;]*?)\s*from\s+"(\.[^"]+)"/gms);
  return [...statements].flatMap(([, type, names = "", to = ""]) => {
    const named = names.startsWith("{") ? names.slice(1, -1).split(",") : [names];
    const isOfTypes = named.every((name) => name.trim() === "" || name.trim().startsWith("type "));
    return type !== undefined || isOfTypes ? [] : [posix.join(posix.dirname(path), to)];
  });
}

function importsUnder(folder: string): Import[] {
  return filesUnder(folder)
    .filter((path) => path.endsWith(".ts"))
    .flatMap(importsOf);
}

/** The folder of the server that a path lies in, or undefined for other paths. */
function layerOf(path: string): string | undefined {
  return /^server\/src\/([^/]+)\//.exec(path)?.[1];
}

function show(imports: readonly Import[]): string[] {
  return imports.map(({ from, to }) => `${from} imports ${to}`);
}

describe("structure", () => {
  const server = importsUnder("server/src");
  const client = importsUnder("client/src");

  it("knows every folder of the server", () => {
    const folders = readdirSync(join(root, "server/src"), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    assert.deepEqual(
      folders.map((entry) => entry.name).filter((name) => !(name in layers)),
      [],
    );
  });

  it("imports only from layers below", () => {
    const wrong = server.filter(({ from, to }) => {
      const [importer, imported] = [layerOf(from), layerOf(to)];
      if (importer === undefined || imported === undefined || importer === imported) return false;
      return (layers[importer] ?? -1) <= (layers[imported] ?? Infinity);
    });
    assert.deepEqual(show(wrong), []);
  });

  it("keeps the rooms of the evaluator in order, with its entry above them", () => {
    const roomOf = (path: string): number => rooms.indexOf(/^server\/src\/python\/(\w+)\//.exec(path)?.[1] ?? "");
    const wrong = server.filter(({ from, to }) => {
      const [importer, imported] = [roomOf(from), roomOf(to)];
      return importer >= 0 && imported > importer;
    });
    assert.deepEqual(show(wrong), []);
    const known = filesUnder("server/src/python").filter((path) => roomOf(path) < 0);
    assert.deepEqual(known, ["server/src/python/evaluate.ts"]);
  });

  it("has no circles of imports in the evaluator", () => {
    const paths = filesUnder("server/src/python").filter((path) => path.endsWith(".ts"));
    const nameOf = (path: string): string => path.slice("server/src/python/".length, -".ts".length);
    const graph = new Map(
      paths.map((path) => [nameOf(path), valueImportsOf(path).map((to) => nameOf(`${to}.ts`))] as const),
    );
    assert.deepEqual(
      circlesOf(graph).map((circle) => circle.join(" ")),
      [],
    );
  });

  it("has no circles of imports outside of the evaluator, types included", () => {
    const isOutside = (path: string): boolean => !path.startsWith("server/src/python/");
    const graph = new Map<string, string[]>();
    for (const { from, to } of server)
      if (isOutside(from) && isOutside(to)) graph.set(from, [...(graph.get(from) ?? []), `${to}.ts`]);
    assert.deepEqual(circlesOf(graph), []);
  });

  it("speaks the language server protocol only in server/src/lsp", () => {
    const wrong = server.filter(({ from, to }) => to.startsWith("vscode") && layerOf(from) !== "lsp");
    assert.deepEqual(show(wrong), []);
  });

  it("never imports the editor's API into the server", () => {
    assert.deepEqual(show(server.filter(({ to }) => to === "vscode")), []);
  });

  it("touches Node only in entry and cli", () => {
    const wrong = server.filter(
      ({ from, to }) => to.startsWith("node:") && !["entry", "cli"].includes(layerOf(from) ?? ""),
    );
    assert.deepEqual(show([...wrong, ...client.filter(({ to }) => to.startsWith("node:"))]), []);
  });

  it("imports tree-sitter only in server/src/syntax", () => {
    const wrong = server.filter(({ from, to }) => /(?:^|-)tree-sitter/.test(to) && layerOf(from) !== "syntax");
    assert.deepEqual(show(wrong.filter(({ from }) => layerOf(from) !== "entry")), []);
  });

  it("hands no list over as arguments, which a long one overflows the stack with", () => {
    // These get two or three items that stand in the code.
    const short = ["djangoAtLeast", "argument", "assign", "hasApp"];
    const found = filesUnder("server/src").flatMap((path) => {
      if (!path.endsWith(".ts")) return [];
      const text = read(path);
      const spreads: string[] = [];
      const see = ({ callee, arguments: given, start }: CallExpression | NewExpression): void => {
        const last = callee.type === "MemberExpression" ? callee.property : callee;
        if (last.type === "Identifier" && short.includes(last.name)) return;
        if (given.some((each) => each.type === "SpreadElement"))
          spreads.push(`${path}:${text.slice(0, start).split("\n").length}`);
      };
      new Visitor({ CallExpression: see, NewExpression: see }).visit(parseSync(path, text).program);
      return spreads;
    });
    assert.deepEqual(found, [], "use append, largest or smallest of server/src/base/lists.ts");
  });

  it("looks names up in tables that have no others", () => {
    const found = filesUnder("server/src").flatMap((path) => {
      if (!path.endsWith(".ts")) return [];
      const text = read(path);
      return parseSync(path, text).program.body.flatMap((statement) => {
        const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
        if (declared?.type !== "VariableDeclaration") return [];
        return declared.declarations.flatMap(({ id, init }) => {
          const type =
            id.typeAnnotation === undefined || id.typeAnnotation === null
              ? ""
              : text.slice(id.typeAnnotation.start, id.typeAnnotation.end);
          const isTable = init === null || text.slice(init.start, init.end).startsWith("table(");
          return /^:\s*(?:Readonly<)?Record<string,/.test(type) && !isTable
            ? [`${path}: ${text.slice(id.start, id.start + 30)}`]
            : [];
        });
      });
    });
    // It asks `Object.hasOwn` first.
    assert.deepEqual(
      found.filter((each) => !each.startsWith("server/src/django/facts.ts: settings")),
      [],
      "use table of server/src/base/table.ts",
    );
  });

  it("calls parsers of data only in server/src/documents, which bounds what they get", () => {
    const parses = /import (?:type )?\{[^}]*\bparse\w*\b[^}]*\} from "(?:yaml|smol-toml)"|\bJSON\.parse\(/;
    // One string of JSON, and the package's own manifest.
    const known = [
      "server/src/python/libraries/stdlib/json.ts",
      "server/src/entry/cliMain.ts",
      "server/src/entry/serverMain.ts",
    ];
    const found = filesUnder("server/src").filter((path) => path.endsWith(".ts") && parses.test(read(path)));
    assert.deepEqual(
      found.filter((path) => !known.includes(path)),
      ["server/src/documents/parse.ts"],
    );
  });

  it("lets the client read nothing of the server but protocol.ts", () => {
    const wrong = client.filter(({ to }) => to.startsWith("server/") && to !== "server/src/protocol");
    assert.deepEqual(show(wrong), []);
    assert.deepEqual(show(importsOf("server/src/protocol.ts")), []);
  });

  it("never imports the tests or the client into the server", () => {
    assert.deepEqual(show(server.filter(({ to }) => /^(?:test|client|scripts)\//.test(to))), []);
  });

  describe("rules", () => {
    const ids = rules.map((rule) => rule.id);
    const sorted = (names: readonly string[]): string[] => [...new Set(names)].toSorted();
    const namesIn = (folder: string, ending: string): string[] =>
      sorted(
        filesUnder(folder)
          .filter((path) => path.endsWith(ending) && dirname(path) !== folder)
          .map((path) => posix.basename(path, ending)),
      );

    it("have distinct ids in kebab case", () => {
      assert.equal(sorted(ids).length, ids.length);
      assert.deepEqual(
        ids.filter((id) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)),
        [],
      );
    });

    it("stand in the folder of their category, one file and one page each", () => {
      const expected = sorted(rules.map((rule) => `server/src/rules/${rule.category}/${rule.id}`));
      const files = filesUnder("server/src/rules");
      const without = (ending: string): string[] =>
        files.flatMap((path) => (path.endsWith(ending) ? [path.slice(0, -ending.length)] : []));
      const sources = without(".ts").filter((path) => expected.includes(path));
      assert.deepEqual(sorted(sources), expected);
      assert.deepEqual(sorted(without(".md")), expected);
    });

    it("cover each of Django's checks that settings decide", () => {
      const covered = new Set(rules.flatMap(checksOf));
      const checks = sorted(djangoChecks.map(({ id }) => id));
      // Whether a model needs django.contrib.postgres, only the models say.
      assert.deepEqual(
        checks.filter((id) => !covered.has(id)),
        ["postgres.E005"],
      );
      assert.deepEqual(
        [...covered].filter((id) => !checks.includes(id)),
        [],
      );
    });

    it("have executable cases", () => {
      const cases = namesIn("test/rules", ".md");
      assert.deepEqual(
        ids.filter((id) => !cases.includes(id)),
        [],
      );
      assert.deepEqual(
        cases.filter((name) => !ids.includes(name)),
        [],
      );
    });

    it("show each of their messages in a case, so that none lacks a text for a placeholder", () => {
      const unseen = rules.flatMap(({ category, id, messages }) => {
        const cases = read(`test/rules/${category}/${id}.md`);
        const isShown = (message: string): boolean =>
          new RegExp(`finding(?:-above)?:.*\\b${id}/${message}\\b`).test(cases);
        return Object.keys(messages).flatMap((message) => (isShown(message) ? [] : [`${id}/${message}`]));
      });
      assert.deepEqual(unseen, []);
    });

    it("have no two cases with the same files", () => {
      const seen = new Map<string, string>();
      const twice = rules.flatMap(({ category, id }) =>
        readCases(read(`test/rules/${category}/${id}.md`)).flatMap((one) => {
          const key = `${id} ${identityOf(one)}`;
          const first = seen.get(key);
          seen.set(key, one.title);
          return first === undefined ? [] : [`${id}: "${first}" and "${one.title}"`];
        }),
      );
      assert.deepEqual(twice, []);
    });

    it("can be regraded in the editor's settings", () => {
      const manifest = JSON.parse(read("package.json"));
      const properties = manifest.contributes.configuration.properties;
      const overrides = properties["djangoSettingsLint.severityOverrides"].properties;
      assert.deepEqual(Object.keys(overrides), sorted(ids));
    });
  });

  it("has few settings, and a handler for each command", () => {
    const { contributes } = JSON.parse(read("package.json"));
    assert.ok(Object.keys(contributes.configuration.properties).length <= 12);
    const source = filesUnder("client/src").map(read).join("\n") + read("server/src/protocol.ts");
    const unknown = contributes.commands.filter(({ command }: { command: string }) => !source.includes(`"${command}"`));
    assert.deepEqual(unknown, []);
  });

  it("has current generated files", async function () {
    this.timeout(30_000);
    const script = pathToFileURL(join(root, "scripts", "generate.mjs")).href;
    const { outdatedFiles } = (await import(script)) as { outdatedFiles: () => Promise<string[]> };
    assert.deepEqual(await outdatedFiles(), [], "run: npm run generate");
  });

  it("names no folder of the machine it was written on", () => {
    // The bracket keeps this file from finding itself.
    const home = /[/]work[/](?:main|shared)|[/]root[/]/;
    const text = /\.(?:ts|mjs|cjs|js|json|md|ya?ml|toml|py|txt|cfg|ini)$|(?:^|\/)[^.]+$/;
    const found = filesUnder("").filter((path) => text.test(path) && home.test(read(path)));
    assert.deepEqual(found, []);
  });

  it("names no package registry in the lock file", () => {
    assert.ok(!read("package-lock.json").includes('"resolved"'));
  });

  it("locks optional packages for all systems, without which `npm ci` refuses", () => {
    const { packages }: { packages: Record<string, { optionalDependencies?: object }> } = JSON.parse(
      read("package-lock.json"),
    );
    const wanted = Object.values(packages).flatMap((each) => Object.keys(each.optionalDependencies ?? {}));
    const locked = Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, ""));
    assert.deepEqual(
      wanted.filter((name) => !locked.includes(name)),
      [],
    );
  });
});
