import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { withoutOuterNpm } from "../../scripts/npmEnvironment.mjs";

const root = join(__dirname, "..", "..");

describe("a fresh machine", function () {
  this.timeout(30_000);

  it("is set up by CI with what the README tells people to type, in that order", () => {
    const typed = /```sh\n(npm run setup:editor\n[^`]*)```/.exec(readFileSync(join(root, "README.md"), "utf8"))?.[1];
    const commands = typed?.trim().split("\n") ?? [];
    assert.ok(commands.length >= 3);
    const ci = readFileSync(join(root, ".ci", "run"), "utf8");
    const places = commands.map(
      (command) => new RegExp(`^[^#\\n]*\\b${command}(?: 2>&1.*)?$`, "m").exec(ci)?.index ?? -1,
    );
    assert.ok(!places.includes(-1), `CI does not type ${commands[places.indexOf(-1)]}`);
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
  });

  it("lets an npm below npm say what it runs on itself", () => {
    const folder = mkdtempSync(join(tmpdir(), "settings-"));
    try {
      const show = 'node -p "JSON.stringify(process.env)"';
      writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "fresh", scripts: { show } }));
      const env = { ...process.env, npm_config_registry: "http://registry.example/" };
      const options = { cwd: folder, env, encoding: "utf8" } as const;
      const below = JSON.parse(execFileSync("npm", ["run", "--silent", "show"], options)) as Record<string, string>;
      assert.match(below["npm_config_user_agent"] ?? "", new RegExp(`node/v${process.versions.node}`));
      const cleaned = withoutOuterNpm(below);
      for (const name of ["npm_config_user_agent", "npm_execpath", "npm_node_execpath", "npm_lifecycle_event", "NODE"])
        assert.equal(cleaned[name], undefined, name);
      assert.doesNotMatch(cleaned["PATH"] ?? "", /node_modules[\\/]\.bin|node-gyp-bin/);
      assert.equal(cleaned["npm_config_registry"], "http://registry.example/");
      const own = (process.env["PATH"] ?? "").split(delimiter).filter((each) => !/node_modules|node-gyp/.test(each));
      for (const each of own) assert.ok(cleaned["PATH"]?.split(delimiter).includes(each), each);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
