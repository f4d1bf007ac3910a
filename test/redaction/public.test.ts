import assert from "node:assert/strict";
import { mayHoldSecret } from "../../server/src/lint/redaction/secretNames";
import { shapeSpans } from "../../server/src/lint/redaction/shapes";
import { maskSpans } from "../../server/src/lint/redaction/spans";
import { MemoryCli } from "../harness/memoryCli";
import { MASK, PUBLIC, PUBLIC_FILES } from "./publicProject";

describe("what is public is never masked:", function () {
  this.timeout(30_000);

  it("names, places and rule texts that are also words below a secret's name", async () => {
    const cli = new MemoryCli(PUBLIC_FILES);
    const { stdout } = await cli.run("check", "--format", "json");
    assert.ok((JSON.parse(stdout) as { findings: unknown[] }).findings.length > 3, stdout);
    for (const [line] of stdout.matchAll(/^.*\*{8}.*$/gm)) assert.fail(line);
    for (const format of ["sarif", "github"])
      assert.ok(!(await cli.run("check", "--format", format)).stdout.includes(MASK), format);
    for (const format of ["text", "json", "mermaid"])
      assert.ok(!(await cli.run("graph", "--format", format)).stdout.includes(MASK), format);
  });

  it("values of settings that everybody may know", async () => {
    const { stdout } = await new MemoryCli(PUBLIC_FILES).run("show", "production", "--format", "json");
    const [{ settings }] = (
      JSON.parse(stdout) as { modules: [{ settings: Record<string, { python?: string; masked?: true }> }] }
    ).modules;
    for (const [name, value] of Object.entries(PUBLIC)) assert.equal(settings[name]?.python, value);
    for (const name of ["ORDER_HOST", "SALES_HOST", "STORE_HOST"])
      assert.equal(settings[name]?.python, "'ship.example'");
    assert.equal(settings["ORDER_SECONDS"]?.python, "31536000");
    assert.deepEqual(
      Object.entries(settings).flatMap(([name, { masked }]) => (masked === true ? [name] : [])),
      ["BACKEND_SERVICE_KEY", "FORM_PASSWORD", "LOGINS", "SECRETS"],
    );
  });

  it("names of settings about passwords and tokens", () => {
    const names =
      "AUTH_USER_MODEL AUTH_PASSWORD_VALIDATORS PASSWORD_HASHERS PASSWORD_RESET_TIMEOUT KEY_PREFIX KEY_FUNCTION PRIMARY_KEY " +
      "STRIPE_PUBLISHABLE_KEY RECAPTCHA_SITE_KEY VAPID_PUBLIC_KEY CSRF_COOKIE_NAME AWS_ACCESS_KEY_ID TOKEN_MODEL MONKEY_PATCH " +
      "COMPASS_BEARING TOKENIZER ACCESS_TOKEN_LIFETIME CSRF_HEADER_NAME PASSWORD_MIN_LENGTH SECRETARY_EMAIL KEYBOARD PASSENGERS";
    assert.deepEqual(names.split(" ").filter(mayHoldSecret), []);
  });

  it("texts that only look a little like secrets", () => {
    const texts = [
      "https://example.org/path?email=a@b.example",
      "https://example.org:8000/@name",
      "postgres://{user}:{password}@host/db",
      "redis://ann:${REDIS_PASSWORD}@cache",
      "git@github.com:shop/shop.git",
      "Token authentication, Basic authentication and Bearer tokens",
      "Read password from the environment: it is set there.",
      "password=env('DB_PASSWORD')",
      "token=None",
      "http://[::1]:8000/@name",
      "whoever can read the repository can forge sessions: rotate the key: it is in the Git history",
      "starts with django-insecure-",
      "/usr/share/keys/public.pem",
      "sha256-of-something-long-and-readable",
    ];
    assert.deepEqual(
      texts.map((text) => maskSpans(text, shapeSpans(text))),
      texts,
    );
  });
});
