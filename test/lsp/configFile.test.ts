import assert from "node:assert/strict";
import type { CompletionItem, CompletionList } from "vscode-languageserver/node";
import { LspClient, uriOf } from "../harness/lspClient";
import { DiskProject, SHOP } from "./shop";

const CONFIG = "pyproject.toml";

describe("lsp: pyproject.toml", function () {
  this.timeout(20_000);
  let shop: DiskProject;
  let client: LspClient;
  let path: string;

  before(async () => {
    shop = new DiskProject({
      ...SHOP,
      "compose.yml":
        "services:\n  web:\n    build: .\n    environment:\n      SHOP_ZONE: Europe/Rome\n    command: gunicorn shop.wsgi\n",
    });
    path = shop.path(CONFIG);
    client = await LspClient.start({ folders: [shop.root] });
    await client.open(path, "", "toml");
  });
  after(() => {
    client.kill();
    shop.dispose();
  });

  /** Shows a text whose `|` is the cursor; gives its place. */
  async function show(marked: string): Promise<{ readonly line: number; readonly character: number }> {
    const before = marked.slice(0, marked.indexOf("|"));
    await client.type(path, marked.replace("|", ""));
    const lines = before.split("\n");
    return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  }

  async function completed(marked: string): Promise<readonly CompletionItem[]> {
    const position = await show(marked);
    const params = { textDocument: { uri: uriOf(path) }, position };
    const list = await client.connection.sendRequest<CompletionList>("textDocument/completion", params);
    return list.items;
  }

  async function labels(marked: string): Promise<readonly string[]> {
    return (await completed(marked)).map(({ label }) => label);
  }

  async function hovered(marked: string): Promise<string | undefined> {
    const { line, character } = await show(marked);
    return client.hover(path, line, character);
  }

  const TABLE = "[tool.django-settings-lint]\n";
  const KEYS = ["preset", "rules", "overrides", "roles", "assume", "django", "exclude", "require-reason"];

  it("completes the keys of the table, whether or not the rest of the file can be read", async () => {
    assert.deepEqual(await labels(`${TABLE}|`), KEYS);
    assert.deepEqual(await labels(`[project]\nname = "shop"\n\n${TABLE}pre|\n\n[tool.other]\nx = 1\n`), KEYS);
    const items = await completed(`${TABLE}req|`);
    const found = items.find(({ label }) => label === "require-reason");
    assert.match(JSON.stringify(found?.documentation), /suppression comments that give no reason/);
  });

  it("completes headers part by part, and those of lists only behind two brackets", async () => {
    assert.deepEqual(await labels("[tool.dja|"), ["django-settings-lint"]);
    assert.deepEqual(await labels("[tool.django-settings-lint.|]"), ["rules", "roles", "assume"]);
    assert.deepEqual(await labels("[[tool.django-settings-lint.o|]]"), ["overrides"]);
  });

  it("completes ids of rules with what they report, in every way to write them", async () => {
    for (const marked of [
      "[tool.django-settings-lint.rules]\ndebug|",
      `${TABLE}rules.debug|`,
      `${TABLE}rules = { debug| }`,
      `${TABLE}rules = { unused-suppression = "off", "debug|" }`,
      `[[tool.django-settings-lint.overrides]]\nroles = [\n  "test",\n]\nrules.debug|`,
      "[[tool.django-settings-lint.overrides]]\n[tool.django-settings-lint.overrides.rules]\r\ndebug|",
    ]) {
      const found = (await completed(marked)).find(({ label }) => label === "debug-enabled");
      assert.match(found?.detail ?? "", /DEBUG/, marked);
    }
  });

  it("completes values, in quotes where there are none yet", async () => {
    const grades = ["off", "hint", "info", "warning", "error"];
    assert.deepEqual(await labels(`${TABLE}rules = { debug-enabled = "|" }`), grades);
    assert.deepEqual(
      await labels(`${TABLE}rules.debug-enabled = |`),
      grades.map((grade) => `"${grade}"`),
    );
    assert.deepEqual(await labels(`${TABLE}preset = "st|"`), ["recommended", "strict", "all", "none"]);
    assert.deepEqual(await labels(`${TABLE}require-reason = |`), ["true", "false"]);
    assert.ok((await labels(`[[tool.django-settings-lint.overrides]]\nroles = ["test", "|"]`)).includes("production"));
  });

  it("completes the project's modules and variables", async () => {
    assert.ok((await labels("[tool.django-settings-lint.roles]\n|")).includes('"shop.settings.base"'));
    assert.ok((await labels('[tool.django-settings-lint.roles]\n"shop.|"')).includes("shop.settings.base"));
    assert.deepEqual(await labels("[tool.django-settings-lint.assume]\n|"), ["SHOP_ZONE"]);
  });

  it("completes nothing in other tables, in comments and in free texts", async () => {
    for (const marked of [
      "[tool.other]\n|",
      "[tool.other.roles]\n|",
      "|",
      "\n|",
      `[project]\nname = "|"\n${TABLE}`,
      `${TABLE}# pre|`,
      `${TABLE}django = "|"`,
      `${TABLE}colour.|`,
    ])
      assert.deepEqual(await labels(marked), [], marked);
  });

  it("shows a rule's page on its id, and what a key means on the key", async () => {
    assert.match((await hovered(`${TABLE}rules = { debug|-enabled = "off" }`)) ?? "", /^# debug-enabled/);
    assert.match(
      (await hovered('[tool.django-settings-lint.rules.debug|-enabled]\nseverity = "off"\n')) ?? "",
      /^# debug/,
    );
    assert.match((await hovered(`${TABLE}pre|set = "none"\n`)) ?? "", /\*\*preset\*\*: .*Default: `"recommended"`/);
    assert.equal(await hovered(`${TABLE}preset = "no|ne"\n`), undefined);
    assert.equal(await hovered("[project]\nna|me = 1\n"), undefined);
  });

  it("changes a word to the one that was meant", async () => {
    const text = `${TABLE}preset = "nome"\nrules = { debug-enable = "eror" }\nroels."shop.settings.base" = "base"\n`;
    await client.type(path, text);
    const diagnostics = await client.diagnostics(path);
    const whole = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const actions = await client.actions(path, whole, diagnostics);
    assert.deepEqual(
      actions.map(({ title, isPreferred, diagnostics: own }) => [title, isPreferred, own?.length]),
      [
        ['Change to "none"', true, 1],
        ['Change to "debug-enabled"', true, 1],
      ],
    );
    const mended = actions.reduce((made, { edit }) => client.applied(edit, path, made), text);
    assert.match(mended, /preset = "none"\nrules = \{ debug-enabled = "eror" \}/);
  });

  it("says nothing of a mistake that is written in a way that it cannot mend", async () => {
    await client.type(path, "[tool.django-settings-lint]\n[tool.django-settings-lint.ruels.debug-enabled]\nx = 1\n");
    const diagnostics = await client.diagnostics(path);
    assert.equal(diagnostics.length, 1);
    const range = diagnostics[0]?.range ?? assert.fail();
    assert.deepEqual(await client.actions(path, range, diagnostics), []);
  });
});
