import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KEY, run, shop, TemporaryProject } from "./command";
import { assertContract } from "./schemas";

describe("compare", function () {
  this.timeout(30_000);
  let before: TemporaryProject;
  let after: string;
  beforeEach(() => {
    before = new TemporaryProject(
      shop({
        "shop/settings/production.py":
          'from .base import *\nSECURE_SSL_REDIRECT = True\nHOSTS = ["a.example", "b.example"]\nAPI_TOKEN = "x"\n',
      }),
    );
    after = mkdtempSync(join(tmpdir(), "settings-after-"));
    cpSync(before.folder, after, { recursive: true });
  });
  afterEach(() => {
    before.remove();
    rmSync(after, { recursive: true, force: true });
  });

  function change(file: string, from: string, to: string): void {
    const path = join(after, file);
    const text = readFileSync(path, "utf8");
    assert.ok(text.includes(from));
    writeFileSync(path, text.replace(from, to));
  }

  const compared = (...options: string[]) => run(["compare", before.folder, after, ...options]);

  it("says that nothing changes", async () => {
    const { code, stdout } = await compared();
    assert.deepEqual([code, stdout], [0, "No effective setting changes.\n"]);
  });

  it("says what each environment gets differently, and where", async () => {
    change("shop/settings/production.py", "SECURE_SSL_REDIRECT = True\n", "");
    change("shop/settings/production.py", '"b.example"', '"c.example"');
    const { code, stdout } = await compared();
    assert.equal(code, 1);
    assert.equal(
      stdout,
      [
        "shop.settings.production (production)",
        "  HOSTS: - 'b.example', + 'c.example'  (shop/settings/production.py:2)",
        "  SECURE_SSL_REDIRECT: True -> unset  (shop/settings/production.py:2 removed)",
        "",
      ].join("\n"),
    );
    const document = JSON.parse((await compared("--format", "json")).stdout) as object;
    assertContract("compare", document);
    const markdown = (await compared("--format", "markdown")).stdout;
    assert.match(markdown, /^### production: `shop\.settings\.production`$/m);
    assert.match(markdown, /^\| `SECURE_SSL_REDIRECT` \| `True` \| `unset` \|/m);
  });

  it("follows a change of the base module into every environment", async () => {
    change("shop/settings/base.py", "DEBUG = True", "DEBUG = False");
    const { stdout } = await compared();
    assert.match(
      stdout,
      /^shop\.settings\.production \(production\)\n {2}DEBUG: True -> False {2}\(shop\/settings\/base\.py:\d+\)$/m,
    );
  });

  it("shows no secret", async () => {
    change("shop/settings/production.py", 'API_TOKEN = "x"', `API_TOKEN = "${KEY}"`);
    const { stdout } = await compared();
    assert.ok(!stdout.includes(KEY));
  });

  it("names a folder without settings", async () => {
    const { code, stderr } = await run(["compare", before.folder, join(tmpdir(), "no-such-folder")]);
    assert.equal(code, 2);
    assert.match(stderr, /no-such-folder/);
  });
});
