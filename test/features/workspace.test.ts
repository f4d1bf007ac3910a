import assert from "node:assert/strict";
import { Cancelled, NEVER_CANCELLED } from "../../server/src/base/cancellation";
import { UNDISTURBED, type Turns } from "../../server/src/base/turns";
import type { Analysis } from "../../server/src/features/analysis";
import { applyFileEdits } from "../../server/src/lint/applyEdits";
import { fixFindings, safeFixesOf } from "../../server/src/features/fixAll";
import { Workspace } from "../../server/src/features/workspace";
import type { Module } from "../../server/src/syntax/ast";
import { rules } from "../../server/src/rules/index";
import { MemoryFileSystem } from "../harness/memoryFileSystem";
import { testParser } from "../harness/parser";
import { SHOP } from "../lsp/shop";

const ROOT = "/home/ann/shop";
const BASE = `${ROOT}/shop/settings/base.py`;
const PRODUCTION = `${ROOT}/shop/settings/production.py`;

async function workspaceOf(
  contents: Readonly<Record<string, string>> = SHOP,
): Promise<{ readonly files: MemoryFileSystem; readonly workspace: Workspace }> {
  const files = new MemoryFileSystem(contents, ROOT);
  return { files, workspace: new Workspace(ROOT, { files, parser: await testParser(), rules }) };
}

describe("features: workspace", () => {
  it("gives the same analysis while nothing changes", async () => {
    const { workspace } = await workspaceOf();
    const first = await workspace.analyse();
    assert.deepEqual(
      first.findings.map(({ rule, site }) => [rule, site.file]),
      [["debug-enabled", BASE]],
    );
    assert.equal(workspace.setOverlay(BASE, SHOP["shop/settings/base.py"]), false);
    assert.equal(workspace.setOverlay(BASE, undefined), false);
    assert.equal(workspace.setOverlay(`${ROOT}/shop/views.py`, "x = 1\n"), false);
    assert.equal(await workspace.analyse(), first);
  });

  it("reads no file twice, and evaluates only what an edit concerns", async () => {
    const { files, workspace } = await workspaceOf();
    const before = await workspace.analyse();
    const reads = files.reads.length;
    workspace.setOverlay(PRODUCTION, `${SHOP["shop/settings/production.py"] ?? ""}DEBUG = False\n`);
    const after = await workspace.analyse();
    assert.equal(files.reads.length, reads);
    assert.deepEqual(after.findings, []);
    const evaluations = (analysis: typeof before): Map<string, object> =>
      new Map(analysis.projects.flatMap(({ entries }) => entries.map((each) => [each.module.name, each.evaluation])));
    const [old, fresh] = [evaluations(before), evaluations(after)];
    assert.equal(fresh.get("shop.settings.development"), old.get("shop.settings.development"));
    assert.notEqual(fresh.get("shop.settings.production"), old.get("shop.settings.production"));
  });

  it("tells the outcomes and the bindings of a module that may be missing by the same steps after an edit", async () => {
    const local = `${ROOT}/shop/settings/local.py`;
    const { files, workspace } = await workspaceOf();
    files.set(local, 'EMAIL_HOST = "mail.example"\n');
    const text = `${SHOP["shop/settings/production.py"] ?? ""}try:\n    from .local import *\nexcept ImportError:\n    pass\n`;
    for (const edited of [text, `${text}SITE_ID = 3\n`]) {
      workspace.setOverlay(PRODUCTION, edited);
      const { projects } = await workspace.analyse();
      const evaluation = projects[0]?.entries.find(({ module }) => module.file === PRODUCTION)?.evaluation;
      const [step] = evaluation?.outcomes("EMAIL_HOST")[0]?.steps ?? [];
      assert.ok(evaluation?.bindings.some((binding) => binding.step === step));
    }
  });

  it("takes up after a cancelled analysis what that left undone", async () => {
    const { workspace } = await workspaceOf();
    await workspace.analyse();
    workspace.setOverlay(PRODUCTION, `${SHOP["shop/settings/production.py"] ?? ""}DEBUG = False\n`);
    await assert.rejects(workspace.analyse({ isCancellationRequested: true }), Cancelled);
    assert.equal(workspace.needsAnalysis, true);
    assert.deepEqual((await workspace.analyse()).findings, []);
  });

  it("keeps evaluations usable after the run that made them was cancelled", async () => {
    const { files } = await workspaceOf();
    const token = { isCancellationRequested: false };
    let pauses = 0;
    const turns: Turns = {
      ...UNDISTURBED,
      pause: () => {
        // After the first entry module has been evaluated.
        if (++pauses === 3) token.isCancellationRequested = true;
        return Promise.resolve();
      },
    };
    const workspace = new Workspace(ROOT, { files, parser: await testParser(), rules, turns });
    await assert.rejects(workspace.analyse(token), Cancelled);
    assert.equal((await workspace.analyse()).findings.length, 1);
  });

  it("makes way for a message between files, and parses none of them again", async () => {
    const many = Array.from({ length: 50 }, (_, i) => [`shop/settings/more${i}.py`, `DEBUG = True\nSITE_ID = ${i}\n`]);
    const { files } = await workspaceOf({ ...SHOP, ...(Object.fromEntries(many) as Record<string, string>) });
    const parser = await testParser();
    const parsed: string[] = [];
    const parse = (text: string): Module => {
      if (text.includes("SITE_ID")) parsed.push(text);
      return parser.parse(text);
    };
    const token = { isCancellationRequested: false };
    const turns: Turns = {
      isWaiting: () => parsed.length > 5,
      pause: () => Promise.resolve(void (token.isCancellationRequested = parsed.length > 5)),
    };
    const workspace = new Workspace(ROOT, { files, parser: { backend: "wasm", parse }, rules, turns });
    await assert.rejects(workspace.analyse(token), Cancelled);
    assert.equal(parsed.length, 6);
    await workspace.analyse();
    assert.deepEqual([new Set(parsed).size, parsed.length], [50, 50]);
  });

  it("names a module that cannot be evaluated, and goes on with the others", async () => {
    const { files } = await workspaceOf();
    const parser = await testParser();
    const parse = (text: string): Module => {
      const module = parser.parse(text);
      if (!text.includes("ALLOWED_HOSTS")) return module;
      // No text makes such a tree; it stands for whatever mistake the evaluator may have.
      const target = { kind: "Name", id: "x", start: 0, end: 0 };
      const alien = { kind: "Assign", start: 0, end: 0, targets: [target] } as unknown as Module["body"][number];
      return { ...module, body: [...module.body, alien] };
    };
    const workspace = new Workspace(ROOT, { files, parser: { backend: "wasm", parse }, rules });
    const { notes, projects } = await workspace.analyse();
    assert.deepEqual(
      notes.map(({ file }) => file),
      [PRODUCTION],
    );
    assert.match(notes[0]?.message ?? "", /could not be evaluated/);
    assert.deepEqual(
      projects.flatMap(({ entries }) => entries.map(({ module }) => module.name)),
      ["shop.settings.development"],
    );
  });

  it("sees files that come and go, and nothing in folders that are skipped", async () => {
    const { files, workspace } = await workspaceOf();
    await workspace.analyse();
    assert.equal(workspace.filesChanged([{ path: `${ROOT}/node_modules/a/settings.py`, kind: "created" }]), false);
    assert.equal(workspace.filesChanged([{ path: `${ROOT}/.git/index.lock`, kind: "deleted" }]), false);
    files.delete(PRODUCTION);
    assert.equal(workspace.filesChanged([{ path: PRODUCTION, kind: "deleted" }]), true);
    const names = (await workspace.analyse()).projects.flatMap(({ project }) =>
      project.modules.map(({ name }) => name),
    );
    assert.deepEqual(names, ["shop.settings.base", "shop.settings.development"]);
  });

  it("analyses other texts without taking them over", async () => {
    const { workspace } = await workspaceOf();
    const own = await workspace.analyse();
    const other = await workspace.analyseWith(new Map([[PRODUCTION, "from .base import *\nDEBUG = False\n"]]));
    assert.deepEqual(other.findings, []);
    assert.equal(await workspace.analyse(), own);
  });

  it("applies safe fixes until none is left, also those that get in each other's way", async () => {
    const comment = "# django-settings-lint: ignore[debug-enabled, debug-enabled]";
    const production = `from .base import *\nDEBUG = False  ${comment}\n`;
    const { workspace } = await workspaceOf({ ...SHOP, "shop/settings/production.py": production });
    const analysis = await workspace.analyse();
    assert.equal(analysis.findings.length, 2);
    const fixed = (given: Analysis): ReturnType<typeof fixFindings> => {
      const context = { workspace, analysis: given, token: NEVER_CANCELLED };
      return fixFindings(
        context,
        safeFixesOf(PRODUCTION, () => true),
      );
    };
    const edits = await fixed(analysis);
    const text = applyFileEdits(edits ?? [], () => production)?.get(PRODUCTION) ?? "";
    assert.equal(text, "from .base import *\nDEBUG = False\n");
    const after = await workspace.analyseWith(new Map([[PRODUCTION, text]]));
    assert.equal(await fixed(after), undefined);
  });
});
