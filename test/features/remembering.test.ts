import assert from "node:assert/strict";
import { Workspace } from "../../server/src/features/workspace";
import { defineRule, type Rule, type RuleContext } from "../../server/src/lint/rule";
import { findSettingRead } from "../../server/src/project/codeIndex";
import { inStatements } from "../../server/src/syntax/statements";
import { MemoryFileSystem } from "../harness/memoryFileSystem";
import { testParser } from "../harness/parser";

const ROOT = "/home/ann/shop";
const BASE = `${ROOT}/shop/settings/base.py`;
const VIEWS = `${ROOT}/shop/views.py`;
const FILES = {
  "manage.py": 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\n',
  "shop/__init__.py": "",
  "shop/views.py": "TITLE = 'Shop'\n",
  "shop/settings/__init__.py": "",
  "shop/settings/base.py": "# The shop.\nCOLOUR = 'red'\nSIZE = 3\n",
  "shop/settings/production.py": "from .base import *\n",
};

/** A rule that tells when it is run, and does what it is given to do. */
function probe(ran: string[], id: string, ask: (context: RuleContext<"here", "one">) => void): Rule {
  return defineRule<"here", "one">({
    id,
    category: "security",
    severity: "error",
    audience: "production",
    messages: { here: "{setting} is wrong." },
    fixes: { one: { safety: "safe", title: "Delete it" } },
    doc: "",
    check(context) {
      ran.push(id);
      ask(context);
    },
  });
}

interface Shop {
  readonly workspace: Workspace;
  /** Shows a text in an editor and gives the rules that the next analysis has run. */
  edit(path: string, text: string): Promise<readonly string[]>;
}

async function open(rules: (ran: string[]) => readonly Rule[]): Promise<Shop> {
  const ran: string[] = [];
  const files = new MemoryFileSystem(FILES, ROOT);
  const workspace = new Workspace(ROOT, { files, parser: await testParser(), rules: rules(ran) });
  await workspace.analyse();
  return {
    workspace,
    async edit(path, text) {
      ran.length = 0;
      workspace.setOverlay(path, text);
      await workspace.analyse();
      return [...ran];
    },
  };
}

describe("features: what is remembered of rules", () => {
  it("runs a rule again when a setting has another value that it has read", async () => {
    const shop = await open((ran) => [
      probe(ran, "about-colour", ({ setting }) => void setting("COLOUR").isUnset),
      probe(ran, "about-size", ({ setting }) => void setting("SIZE").isUnset),
    ]);
    assert.deepEqual(await shop.edit(BASE, "# The shop.\nCOLOUR = 'blue'\nSIZE = 3\n"), ["about-colour"]);
    assert.deepEqual(await shop.edit(BASE, "# The shop.\nCOLOUR = 'blue'\n"), ["about-size"]);
  });

  it("runs a rule again when a setting is added, if it goes through all of them", async () => {
    const shop = await open((ran) => [
      probe(ran, "about-all", ({ evaluation }) => void evaluation.names),
      probe(ran, "about-size", ({ setting }) => void setting("SIZE").isUnset),
    ]);
    const text = `${FILES["shop/settings/base.py"]}WEIGHT = 4\n`;
    assert.deepEqual(await shop.edit(BASE, text), ["about-all"]);
  });

  it("runs a rule that searches the statements again when it would find something else", async () => {
    const calls = inStatements((statement) => (statement.kind === "Expr" ? [statement.value] : []));
    const titles = inStatements((statement) => (statement.kind === "Assign" ? [statement.value.kind] : []));
    const searching = (context: RuleContext<"here", "one">, search: typeof calls | typeof titles): void => {
      const source = context.source(BASE);
      assert.ok(source);
      search(source.ast);
    };
    const shop = await open((ran) => [
      probe(ran, "about-calls", (context) => searching(context, calls)),
      probe(ran, "about-kinds", (context) => searching(context, titles)),
    ]);
    assert.deepEqual(await shop.edit(BASE, "COLOUR = 'blue'\nSIZE = 3\n"), []);
    assert.deepEqual(await shop.edit(BASE, "COLOUR = 7\nSIZE = 3\n"), ["about-kinds"]);
    assert.deepEqual(await shop.edit(BASE, "COLOUR = 7\nSIZE = 3\nprint(SIZE)\n"), ["about-calls"]);
    assert.deepEqual(await shop.edit(BASE, "COLOUR = 7\nSIZE = 4\nprint(SIZE)\n"), []);
    assert.deepEqual(await shop.edit(BASE, "COLOUR = 7\nprint(COLOUR)\n"), ["about-calls", "about-kinds"]);
  });

  it("runs a rule that asks what all bindings come to when that is something else", async () => {
    const shop = await open((ran) => [
      probe(
        ran,
        "about-texts",
        ({ evaluation }) =>
          void evaluation.answer("has texts", ({ bindings }) => bindings.some(({ value }) => value.kind === "str")),
      ),
    ]);
    assert.deepEqual(await shop.edit(BASE, "COLOUR = 'blue'\nSIZE = 3\n"), []);
    assert.deepEqual(await shop.edit(BASE, "COLOUR = 7\nSIZE = 3\n"), ["about-texts"]);
  });

  it("finds what all settings have in their order, whichever of them an edit concerns", async () => {
    const found: string[] = [];
    const shop = await open((ran) => [
      probe(ran, "about-numbers", ({ inEachSetting }) => {
        const numbers = inEachSetting(({ name, outcomes }) =>
          outcomes.flatMap(({ value }) => (value.kind === "int" ? [`${name} ${value.value}`] : [])),
        );
        found.splice(0, found.length, ...numbers);
      }),
    ]);
    assert.deepEqual(found, ["SIZE 3"]);
    await shop.edit(BASE, "COLOUR = 7\nSIZE = 3\n");
    assert.deepEqual(found, ["COLOUR 7", "SIZE 3"]);
    await shop.edit(BASE, "COLOUR = 8\nSIZE = 3\n");
    assert.deepEqual(found, ["COLOUR 8", "SIZE 3"]);
    await shop.edit(BASE, "COLOUR = 8\nSIZE = 'S'\n");
    assert.deepEqual(found, ["COLOUR 8"]);
    await shop.edit(BASE, "COLOUR = 8\nWEIGHT = 2\nSIZE = 5\n");
    assert.deepEqual(found, ["COLOUR 8", "WEIGHT 2", "SIZE 5"]);
  });

  it("runs a rule again when code answers its question in another way, and not for other edits of code", async () => {
    const shop = await open((ran) => [
      probe(ran, "about-use", ({ snapshot, project }) => void findSettingRead(snapshot, project.root, "COLOUR")),
    ]);
    assert.deepEqual(await shop.edit(VIEWS, "TITLE = 'The shop'\n"), []);
    assert.deepEqual(await shop.edit(VIEWS, "TITLE = settings.COLOUR\n"), ["about-use"]);
  });

  it("runs no rule where nobody asks for findings", async () => {
    const ran: string[] = [];
    const files = new MemoryFileSystem(FILES, ROOT);
    const rules = [probe(ran, "about-size", ({ setting }) => void setting("SIZE").isUnset)];
    const workspace = new Workspace(ROOT, { files, parser: await testParser(), rules, withoutRules: true });
    const { projects } = await workspace.analyse();
    assert.deepEqual(
      projects[0]?.entries.map(({ module }) => module.name),
      ["shop.settings.production"],
    );
    assert.deepEqual(ran, []);
  });

  it("looks again only at the name that has changed, in a rule that goes through all names of all modules", async () => {
    const looked: string[] = [];
    const shop = await open(() => [
      {
        ...probe([], "about-all", ({ entries, inEachName }) => {
          inEachName(entries, (name, { module, evaluation }) => {
            looked.push(`${module.name} ${name}`);
            return evaluation.outcomes(name);
          });
        }),
        audience: "project",
      },
    ]);
    assert.deepEqual(looked, ["shop.settings.production COLOUR", "shop.settings.production SIZE"]);
    looked.length = 0;
    await shop.edit(BASE, "# The shop.\nCOLOUR = 'blue'\nSIZE = 3\nWEIGHT = 4\n");
    assert.deepEqual(looked, ["shop.settings.production COLOUR", "shop.settings.production WEIGHT"]);
  });

  it("moves a finding with its statement without running the rule", async () => {
    const shop = await open((ran) => [
      probe(ran, "about-size", ({ setting, report }) => {
        const proof = setting("SIZE").mustBe(() => true);
        if (proof !== undefined) report({ message: "here", proof });
      }),
    ]);
    const text = `# One line more.\n${FILES["shop/settings/base.py"]}`;
    assert.deepEqual(await shop.edit(BASE, text), []);
    const [finding] = shop.workspace.latest?.findings ?? [];
    assert.equal(text.slice(finding?.site.range.start, finding?.site.range.end), "SIZE");
  });

  it("makes the fix of a finding that it has kept from the text as it is now", async () => {
    const shop = await open((ran) => [
      probe(ran, "about-size", ({ setting, report }) => {
        const proof = setting("SIZE").mustBe(() => true);
        if (proof === undefined) return;
        report({ message: "here", proof, fixes: [{ id: "one", edit: (edit) => edit.assign(BASE, "SIZE", "4") }] });
      }),
    ]);
    const text = `# One line more.\n${FILES["shop/settings/base.py"]}`;
    await shop.edit(BASE, text);
    const edits = shop.workspace.latest?.findings[0]?.fixes[0]?.edits() ?? [];
    assert.deepEqual(
      edits.map(({ file, range }) => [file, text.slice(range.start, range.end)]),
      [[BASE, "3"]],
    );
  });
});
