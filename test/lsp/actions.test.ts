import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import type { CodeAction, Range, TextEdit } from "vscode-languageserver/node";
import { LspClient, PULLING, uriOf } from "../harness/lspClient";
import { DiskProject, SHOP } from "./shop";

const PRODUCTION = "shop/settings/production.py";
const DEBUG_LINE: Range = { start: { line: 6, character: 2 }, end: { line: 6, character: 2 } };
const ALL: Range = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
const FIX_ALL = "source.fixAll.djangoSettingsLint";

/** Two comments that suppress nothing, and an unsafe finding that must be left alone. */
const UNUSED = `${SHOP[PRODUCTION] ?? ""}A = 1  # django-settings-lint: ignore[debug-enabled]\nB = 2  # django-settings-lint: ignore[debug-enabled] -- old\nDEBUG = True\n`;

describe("lsp: code actions", function () {
  this.timeout(20_000);
  let shop: DiskProject;
  let client: LspClient;
  let base: string;
  let production: string;

  beforeEach(async () => {
    shop = new DiskProject();
    base = shop.path("shop/settings/base.py");
    production = shop.path(PRODUCTION);
    client = await LspClient.start({ folders: [shop.root], initializationOptions: { canExplainRule: true } });
    await client.open(base);
  });
  afterEach(() => {
    client.kill();
    shop.dispose();
  });

  function titled(actions: readonly CodeAction[], pattern: RegExp): CodeAction {
    const found = actions.find(({ title }) => pattern.test(title));
    assert.ok(found, `no action like ${pattern} in ${actions.map(({ title }) => title).join(", ")}`);
    return found;
  }

  it("offers the fixes, ways to silence and the rule's page, in this order and without edits", async () => {
    const diagnostics = await client.diagnostics(base);
    const actions = await client.actions(base, DEBUG_LINE, diagnostics);
    assert.deepEqual(
      actions.map(({ title, edit, command }) => [title, edit, command?.command, command?.arguments]),
      [
        ["Set DEBUG = False in shop.settings.production (unsafe)", undefined, undefined, undefined],
        ["Suppress debug-enabled on this line", undefined, undefined, undefined],
        ["Suppress debug-enabled in this file", undefined, undefined, undefined],
        ["Switch debug-enabled off in pyproject.toml", undefined, undefined, undefined],
        ["Explain debug-enabled", undefined, "djangoSettingsLint.explainRule", ["debug-enabled"]],
      ],
    );
    for (const action of actions) assert.deepEqual(action.diagnostics, diagnostics);
    assert.ok(actions.every(({ kind, isPreferred }) => kind === "quickfix" && isPreferred === undefined));
  });

  it("resolves a fix to an edit after which the finding is gone", async () => {
    const action = titled(await client.actions(base, DEBUG_LINE), /DEBUG = False/);
    const { edit } = await client.resolve(action);
    const text = client.applied(edit, production, SHOP[PRODUCTION]);
    await client.open(production, text);
    assert.deepEqual(await client.rules(base), []);
    assert.match(text, /^DEBUG = False$/m);
  });

  it("resolves the suppression to a comment after which the finding is gone", async () => {
    const action = titled(await client.actions(base, DEBUG_LINE), /^Suppress/);
    const { edit } = await client.resolve(action);
    const text = client.applied(edit, base);
    assert.match(text, /^DEBUG = True {2}# django-settings-lint: ignore\[debug-enabled\] -- reason$/m);
    await client.type(base, text);
    assert.deepEqual(await client.rules(base), []);
  });

  it("suppresses in the whole file, behind the comments at its top", async () => {
    await client.type(base, `#!/usr/bin/env python\n# Shop\n${SHOP["shop/settings/base.py"] ?? ""}`);
    const line = { start: { line: 8, character: 2 }, end: { line: 8, character: 2 } };
    const action = titled(await client.actions(base, line), /in this file$/);
    const text = client.applied((await client.resolve(action)).edit, base);
    assert.match(
      text,
      /^#!\/usr\/bin\/env python\n# Shop\n# django-settings-lint: file-ignore\[debug-enabled\] -- reason\nfrom/,
    );
    await client.type(base, text);
    assert.deepEqual(await client.rules(base), []);
  });

  for (const [how, config, expected] of [
    ["into a list of rules", undefined, 'rules = { debug-enabled = "off", unused-suppression = "warning" }'],
    [
      "into a table of rules",
      '[tool.django-settings-lint.rules]\nno-production-module = "off"\n',
      '[tool.django-settings-lint.rules]\ndebug-enabled = "off"\nno-production-module = "off"\n',
    ],
    [
      "beside other options",
      '[tool.django-settings-lint]\npreset = "strict"\n\n[tool.ruff]\n',
      '[tool.django-settings-lint]\nrules.debug-enabled = "off"\npreset = "strict"\n\n[tool.ruff]\n',
    ],
    [
      "into a file that has nothing of the kind",
      '[project]\nname = "shop"\n',
      '[project]\nname = "shop"\n\n[tool.django-settings-lint.rules]\ndebug-enabled = "off"\n',
    ],
  ] as const)
    it(`switches a rule off: ${how}`, async () => {
      const path = shop.path("pyproject.toml");
      if (config !== undefined) writeFileSync(path, config);
      client.kill();
      client = await LspClient.start({ folders: [shop.root] });
      await client.open(base);
      const action = titled(await client.actions(base, DEBUG_LINE), /^Switch debug-enabled off/);
      const text = client.applied((await client.resolve(action)).edit, path, readFileSync(path, "utf8"));
      assert.ok(text.includes(expected), text);
      await client.open(path, text, "toml");
      assert.ok(!(await client.rules(base)).includes("debug-enabled"));
      assert.deepEqual(await client.diagnostics(path), []);
    });

  it("makes a pyproject.toml to switch a rule off in, where there is none", async () => {
    rmSync(shop.path("pyproject.toml"));
    client.kill();
    client = await LspClient.start({ folders: [shop.root] });
    await client.open(base);
    const action = titled(await client.actions(base, DEBUG_LINE), /^Switch debug-enabled off/);
    const { edit } = await client.resolve(action);
    assert.equal((edit?.documentChanges?.[0] as { kind?: string } | undefined)?.kind, "create");
    const text = client.applied(edit, shop.path("pyproject.toml"), "");
    assert.equal(text, '[tool.django-settings-lint.rules]\ndebug-enabled = "off"\n');
  });

  it("fixes all of a rule in the file, and in the workspace", async () => {
    const comment = "# django-settings-lint: ignore[debug-enabled]";
    await client.open(production, `from .base import *\nDEBUG = False\nA = 1  ${comment}\nB = 2  ${comment}\n`);
    const development = shop.path("shop/settings/development.py");
    await client.open(development, `from .base import *\nC = 1  ${comment}\n`);
    const actions = await client.actions(production, ALL);
    const inFile = titled(actions, /^Fix all unused-suppression in this file$/);
    const one = (await client.resolve(inFile)).edit;
    assert.equal(client.applied(one, production), "from .base import *\nDEBUG = False\nA = 1\nB = 2\n");
    assert.equal(client.applied(one, development), client.text(development));
    const everywhere = (await client.resolve(titled(actions, /^Fix all unused-suppression in the workspace$/))).edit;
    assert.equal(client.applied(everywhere, development), "from .base import *\nC = 1\n");
    assert.ok(actions.some(({ title }) => title === "Apply all safe fixes in this file"));
  });

  it("shows edits first that are all elsewhere, and makes one change in several files whole", async () => {
    client.kill();
    const workspaceEdit = { ...PULLING.workspace?.workspaceEdit, changeAnnotationSupport: {} };
    const capabilities = { ...PULLING, workspace: { ...PULLING.workspace, workspaceEdit } };
    client = await LspClient.start({ folders: [shop.root], capabilities });
    await client.open(base);
    const fix = await client.resolve(titled(await client.actions(base, DEBUG_LINE), /DEBUG = False/));
    assert.deepEqual(Object.values(fix.edit?.changeAnnotations ?? {})[0]?.needsConfirmation, true);
    const here = await client.resolve(titled(await client.actions(base, DEBUG_LINE), /on this line$/));
    assert.equal(here.edit?.changeAnnotations, undefined);
  });

  it("leaves files alone that are saved, unless that is wanted", async () => {
    await client.open(production, UNUSED);
    const save = async (reason: number): Promise<TextEdit[]> =>
      client.connection.sendRequest("textDocument/willSaveWaitUntil", {
        textDocument: { uri: uriOf(production) },
        reason,
      });
    const onSave = { only: ["source.fixAll"], triggerKind: 2, diagnostics: [] };
    const asked = (context: object): Promise<CodeAction[]> =>
      client.connection.sendRequest("textDocument/codeAction", {
        textDocument: { uri: uriOf(production) },
        range: ALL,
        context,
      });
    assert.deepEqual(await save(1), []);
    assert.deepEqual(await asked(onSave), []);
    assert.equal((await asked({ ...onSave, triggerKind: 1 })).length, 1, "a person asks");
    assert.equal((await asked({ ...onSave, only: [FIX_ALL] })).length, 1, "their kind is named");
    client.settings = { fixOnSave: true };
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.until(() => client.refreshes > 0);
    const changes = { [uriOf(production)]: await save(1) };
    assert.equal(client.applied({ changes }, production), `${SHOP[PRODUCTION] ?? ""}A = 1\nB = 2\nDEBUG = True\n`);
    assert.deepEqual(await save(2), [], "the editor saves by itself");
    assert.equal((await asked(onSave)).length, 1);
  });

  it("gives no edit when the document has changed since the action was offered", async () => {
    const action = titled(await client.actions(base, DEBUG_LINE), /^Suppress/);
    await client.type(base, `# one more line\n${SHOP["shop/settings/base.py"] ?? ""}`);
    assert.equal((await client.resolve(action)).edit, undefined);
  });

  it("offers nothing where there is no finding", async () => {
    assert.deepEqual(
      await client.actions(base, { start: { line: 2, character: 0 }, end: { line: 2, character: 4 } }),
      [],
    );
    assert.deepEqual(await client.actions(shop.path("shop/views.py"), ALL), []);
    assert.deepEqual(await client.actions("untitled:Untitled-1".replace(/^/, "file:///nowhere/"), ALL), []);
  });

  it("prefers a safe fix, and honours the kinds that are asked for", async () => {
    await client.open(production, UNUSED);
    const line: Range = { start: { line: 3, character: 0 }, end: { line: 3, character: 60 } };
    const preferred = (await client.actions(production, line)).filter(({ isPreferred }) => isPreferred === true);
    assert.deepEqual(
      preferred.map(({ title }) => title),
      ["Remove debug-enabled from the suppression comment"],
    );
    assert.deepEqual(await client.actions(production, line, [], ["refactor"]), []);
    const kinds = async (only: string): Promise<unknown[]> => [
      ...new Set((await client.actions(production, ALL, [], [only])).map(({ kind }) => kind)),
    ];
    assert.deepEqual(await kinds("source"), [FIX_ALL]);
    assert.deepEqual(await kinds("source.fixAll"), [FIX_ALL]);
    assert.deepEqual(await kinds("source.organizeImports"), []);
    assert.deepEqual(await kinds("quickfix"), ["quickfix"]);
  });

  it("applies all safe fixes of a file, and only those", async () => {
    await client.open(production, UNUSED);
    const [action, ...rest] = await client.actions(production, ALL, [], [FIX_ALL]);
    assert.ok(action !== undefined && rest.length === 0 && action.edit === undefined);
    const text = client.applied((await client.resolve(action)).edit, production);
    assert.equal(text, `${SHOP[PRODUCTION] ?? ""}A = 1\nB = 2\nDEBUG = True\n`);
    await client.type(production, text);
    assert.deepEqual(await client.rules(production), ["debug-enabled"]);
    assert.deepEqual(await client.actions(production, ALL, [], [FIX_ALL]), []);
  });

  it("computes edits at once for a client that does not resolve, and makes no files where it cannot", async () => {
    client.kill();
    const capabilities = { ...PULLING, textDocument: { ...PULLING.textDocument, codeAction: {} }, workspace: {} };
    client = await LspClient.start({ folders: [shop.root], capabilities });
    await client.open(base);
    const actions = await client.actions(base, DEBUG_LINE);
    assert.deepEqual(
      actions.map(({ title, edit }) => [title, Object.keys(edit?.changes ?? {}).length]),
      [
        ["Set DEBUG = False in shop.settings.production (unsafe)", 1],
        ["Suppress debug-enabled on this line", 1],
        ["Suppress debug-enabled in this file", 1],
        ["Switch debug-enabled off in pyproject.toml", 1],
      ],
    );
    assert.equal(existsSync(shop.path(".env")), false);
  });
});

describe("lsp: code actions that move secrets", function () {
  this.timeout(20_000);
  const CACHES = `import environ

env = environ.Env()
SECRET_KEY = env("SECRET_KEY")
CACHES = {
    "default": {"LOCATION": "redis://:pwOne8sk3ks@one:6379/1"},
    "other": {"LOCATION": "redis://:pwTwo8sk3ks@two:6379/1"},
}
`;
  let shop: DiskProject;
  let client: LspClient;
  let production: string;

  beforeEach(async () => {
    shop = new DiskProject({
      ...SHOP,
      "pyproject.toml":
        '[tool.django-settings-lint]\npreset = "none"\nrules = { credentials-in-url = "error" }\n[tool.django-settings-lint.roles]\n"shop.settings.production" = "production"\n',
      [PRODUCTION]: CACHES,
      ".gitignore": ".env\n",
      ".env": "A=1\nREDIS_URL=redis://elsewhere\n",
    });
    production = shop.path(PRODUCTION);
    client = await LspClient.start({ folders: [shop.root] });
    await client.open(production);
  });
  afterEach(() => {
    client.kill();
    shop.dispose();
  });

  const resolved = async (line: number): Promise<CodeAction> => {
    const position = { line, character: 30 };
    const actions = await client.actions(production, { start: position, end: position });
    const action = actions.find(({ title }) => title.startsWith("Move "));
    assert.ok(action);
    return client.resolve(action);
  };

  it("see what the one before has changed, and the .env that git ignores as it is on disk", async () => {
    const env = shop.path(".env");
    for (const line of [5, 6]) {
      const { edit } = await resolved(line);
      const text = client.applied(edit, env, readFileSync(env, "utf8"));
      await client.type(production, client.applied(edit, production));
      // Nobody tells the server of a file that it has no use for.
      writeFileSync(env, text);
    }
    assert.equal(
      readFileSync(env, "utf8"),
      "A=1\nREDIS_URL=redis://elsewhere\nCACHES_URL=redis://:pwOne8sk3ks@one:6379/1\nCACHES_OTHER_URL=redis://:pwTwo8sk3ks@two:6379/1\n",
    );
    assert.deepEqual(await client.rules(production), []);
  });

  it("see what an editor shows of the .env that git ignores", async () => {
    const env = shop.path(".env");
    const unsaved = "REDIS_URL=redis://elsewhere\nCACHES_URL=redis://elsewhere\n";
    await client.open(env, unsaved);
    const { edit } = await resolved(5);
    const added = "CACHES_DEFAULT_URL=redis://:pwOne8sk3ks@one:6379/1\n";
    assert.equal(client.applied(edit, env, unsaved), unsaved + added);
    await client.close(env);
    const later = await resolved(5);
    assert.match(client.applied(later.edit, production), /env\("CACHES_URL"\)/);
  });

  it("say why they change nothing", async () => {
    writeFileSync(shop.path(".env"), 'A="begun\n');
    const { edit } = await resolved(5);
    assert.equal(edit, undefined);
    await client.until(() =>
      client.logged.some((message) => /Nothing was changed: \.env ends in the middle/.test(message)),
    );
  });

  it("change nothing where a link leads out of the folder, and say so", async () => {
    const outside = new DiskProject({ ".profile": "export PATH\n" });
    rmSync(shop.path(".env"));
    symlinkSync(outside.path(".profile"), shop.path(".env"));
    const { edit } = await resolved(5);
    assert.equal(edit, undefined);
    await client.until(() =>
      client.logged.some((message) => /\.env is a link to .*outside of this folder/.test(message)),
    );
    assert.deepEqual(await client.rules(production), ["credentials-in-url", "credentials-in-url"], "the server lives");
    outside.dispose();
  });
});
