import assert from "node:assert/strict";
import { discoverProjects, type Discovery, type FoundProjects } from "../../server/src/project/discovery";
import { DiscoveryMemory } from "../../server/src/project/discoveryMemory";
import { SourceCache } from "../../server/src/project/sourceCache";
import { MemoryFileSystem } from "../harness/memoryFileSystem";
import { testParser } from "../harness/parser";
import { FULL, moduleLines, selects } from "./projects";

const FILES = {
  "manage.py": selects("shop.settings"),
  "requirements.txt": "Django==5.2.1\n",
  "shop/settings.py": `${FULL}COLOUR = "red"\n`,
  "shop/local.py": "from .settings import *\n",
};

/** Discovers the projects of a workspace that remembers, each time with other texts in editors. */
async function remembering(): Promise<(overlays: Readonly<Record<string, string>>) => Promise<Discovery>> {
  const files = new MemoryFileSystem(FILES, "/w");
  const parser = await testParser();
  const cache = new SourceCache(parser);
  const memory = new DiscoveryMemory<FoundProjects>();
  const { listing } = (await discoverProjects(files, "/w", { parser, cache })).snapshot;
  return (texts) => {
    const overlays = new Map(Object.entries(texts).map(([path, text]) => [`/w/${path}`, text]));
    return discoverProjects(files, "/w", { parser, cache, listing, overlays, memory });
  };
}

describe("project: what is remembered of a discovery", () => {
  it("finds the same projects when an edit changes nothing that tells them apart, and shows the new text", async () => {
    const discover = await remembering();
    const first = await discover({});
    for (const text of [`# Ours.\n${FULL}COLOUR = "red"\n`, `${FULL}COLOUR = "blue"\n`, `${FULL}\n\nCOLOUR = [1]\n`]) {
      const second = await discover({ "shop/settings.py": text });
      assert.equal(second.projects, first.projects);
      assert.equal(second.snapshot.text("/w/shop/settings.py"), text);
    }
  });

  it("looks again when what a module sets, what selects it or what is installed has changed", async () => {
    const discover = await remembering();
    assert.deepEqual(moduleLines((await discover({})).projects[0]), [
      "* shop.local development",
      "* shop.settings production?",
    ]);
    const debug = await discover({ "shop/settings.py": `${FULL}COLOUR = "red"\nDEBUG = True\n` });
    assert.notEqual(debug.projects, (await discover({})).projects);
    const selected = await discover({ "manage.py": selects("shop.local") });
    assert.deepEqual(moduleLines(selected.projects[0]), ["* shop.local development", "shop.settings base"]);
    const installed = await discover({ "requirements.txt": "Django==4.2.1\n" });
    assert.deepEqual(installed.projects[0]?.django?.version, [4, 2]);
  });

  it("finds a module that only an editor has", async () => {
    const discover = await remembering();
    const select = { "manage.py": selects("shop.production") };
    const before = await discover(select);
    const after = await discover({ ...select, "shop/production.py": "from .settings import *\n" });
    const isThere = ({ projects }: Discovery): boolean =>
      moduleLines(projects[0]).some((line) => line.includes("shop.production "));
    assert.deepEqual([before, after].map(isThere), [false, true]);
  });
});
