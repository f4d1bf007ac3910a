import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import type { CodeAction, Range } from "vscode-languageserver/node";
import { LspClient, PULLING } from "../harness/lspClient";
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

  it("offers the fixes, the suppression and the rule's page, in this order and without edits", async () => {
    const diagnostics = await client.diagnostics(base);
    const actions = await client.actions(base, DEBUG_LINE, diagnostics);
    assert.deepEqual(
      actions.map(({ title, edit, command }) => [title, edit, command?.command, command?.arguments]),
      [
        ["Set DEBUG = False in shop.settings.production", undefined, undefined, undefined],
        ["Suppress debug-enabled here", undefined, undefined, undefined],
        ["Show the page of debug-enabled", undefined, "djangoSettingsLint.explainRule", ["debug-enabled"]],
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
    assert.match(text, /^DEBUG = True {2}# django-settings-lint: ignore\[debug-enabled\]$/m);
    await client.type(base, text);
    assert.deepEqual(await client.rules(base), []);
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
        ["Set DEBUG = False in shop.settings.production", 1],
        ["Suppress debug-enabled here", 1],
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
