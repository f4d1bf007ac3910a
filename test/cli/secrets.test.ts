import assert from "node:assert/strict";
import { rules } from "../../server/src/rules/index";
import { MemoryCli } from "../harness/memoryCli";
import { leaks, type Surface } from "../redaction/plants";
import { PROJECTS, type PlantedProject } from "../redaction/projects";

/** Every command in every format that says something about a project. */
const COMMANDS: readonly (readonly string[])[] = [
  ["check"],
  ["check", "--quiet"],
  ["check", "--format", "json"],
  ["check", "--format", "sarif"],
  ["check", "--format", "github"],
  ["check", "--format", "gitlab"],
  ["check", "--format", "junit"],
  ["check", "--format", "grouped"],
  ["check", "--verbose"],
  ["check", "--django-parity"],
  ["check", "--django-parity", "--format", "json"],
  ["show"],
  ["show", "--format", "json"],
  ["show", "production"],
  ["show", "--diff", "development", "production"],
  ["graph"],
  ["graph", "--format", "json"],
  ["graph", "--format", "mermaid"],
  ["fix", "--diff"],
];

/** Each fix that a rule about secrets has. */
const FIXES = rules.flatMap((rule) =>
  /secret|password|credential/.test(rule.id)
    ? Object.entries(rule.fixes).flatMap(([id, { safety }]) => (safety === "manual" ? [] : [`${rule.id}:${id}`]))
    : [],
);

async function commandSurfaces({ files, hasFixes }: PlantedProject): Promise<readonly Surface[]> {
  const surfaces: Surface[] = [];
  const add = async (cli: MemoryCli, ...args: readonly string[]): Promise<void> => {
    const { code, stdout, stderr } = await cli.run(...args);
    assert.ok(!/should not have happened/.test(stderr), stderr);
    surfaces.push([`${args.join(" ")} (${code})`, stdout + stderr]);
  };
  for (const args of COMMANDS) await add(new MemoryCli(files), ...args);
  // Fixing hundreds of findings takes seconds, so it is tried on some projects.
  if (hasFixes !== true) return surfaces;
  for (const fix of FIXES) await add(new MemoryCli(files), "fix", "--fix", fix, "--diff");
  await add(new MemoryCli(files), "fix", "--unsafe", "--diff");
  // The summary of what was written, and what is said of the result.
  const fixed = new MemoryCli(files);
  await add(fixed, "fix", "--unsafe");
  await add(fixed, "check");
  return surfaces;
}

describe("no secret is printed", function () {
  this.timeout(120_000);

  it("of the hundreds that are planted", () => {
    assert.ok(PROJECTS.reduce((sum, { plants }) => sum + plants.length, 0) > 400);
  });

  it("but where it is asked for, which shows that the look-out sees", async () => {
    const found: string[] = [];
    for (const project of PROJECTS) {
      const { stdout } = await new MemoryCli(project.files).run("show", "--format", "json", "--reveal-secrets");
      found.push(...leaks(project.plants, [["show", stdout]]));
    }
    assert.ok(found.length > 300, `${found.length} found`);
  });

  for (const project of PROJECTS) {
    it(`by any command: ${project.name}`, async () => {
      const surfaces = await commandSurfaces(project);
      assert.deepEqual(leaks(project.plants, surfaces), []);
    });
  }
});
