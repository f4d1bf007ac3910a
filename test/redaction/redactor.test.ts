import assert from "node:assert/strict";
import { Redactor } from "../../server/src/lint/redaction/redactor";
import { SecretTexts } from "../../server/src/lint/redaction/secretTexts";
import { maskSpans } from "../../server/src/lint/redaction/spans";
import { base64, LOOKS, SecretSource } from "./plants";

const MASK = "********";

describe("redaction: by value", () => {
  const source = new SecretSource(7);
  const secret = LOOKS["mixed"]?.(source) ?? "";
  const redactor = new Redactor({ texts: new Set([secret]), names: new Set(["MY_COPY"]) });

  it("takes out the whole, and parts of eight characters", () => {
    assert.equal(redactor.clean(`a ${secret} b`), `a ${MASK} b`);
    assert.equal(redactor.clean(`a ${secret.slice(4, 20)} b`), `a ${MASK} b`);
    assert.equal(redactor.clean(`${secret.slice(0, 8)}, ${secret.slice(30)}`), `${MASK}, ${MASK}`);
    assert.equal(redactor.clean(secret.slice(0, 7)), secret.slice(0, 7));
    assert.equal(redactor.clean("shop.settings.production"), "shop.settings.production");
  });

  it("takes out other forms", () => {
    const forms = [
      secret.toUpperCase(),
      secret.toLowerCase(),
      Array.from(secret).toReversed().join(""),
      base64(secret),
      Buffer.from(secret).toString("hex"),
    ];
    for (const form of forms) assert.equal(redactor.clean(`a ${form} b`), `a ${MASK} b`);
    const user = redactor.clean(base64(`ann:${secret}!`));
    assert.ok(user.includes(MASK) && user.length < 30, user);
  });

  it("keeps texts of other lengths in other cases apart", () => {
    assert.equal(redactor.clean(`\u0130\u0130 ${secret} \u0130`), `\u0130\u0130 ${MASK} \u0130`);
  });

  it("knows settings that are copies of a secret", () => {
    assert.deepEqual(redactor.cleanValue({ kind: "str", value: "abc" }, "MY_COPY"), { kind: "str", value: MASK });
    assert.deepEqual(redactor.cleanValue({ kind: "str", value: "abc" }, "OTHER"), { kind: "str", value: "abc" });
  });

  it("does not look for words, names, numbers that are round, and placeholders", () => {
    const texts =
      "password development localhost changeme SHOP_API_KEY shop_settings_name django.contrib.auth smtp.shop.example 31536000 " +
      "3600000 your-secret-key 127.0.0.1 /run/secrets/key short7a";
    const common = new Redactor({ texts: new Set(texts.split(" ")), names: new Set() });
    assert.equal(common.clean(texts), texts);
  });

  it("finds numbers, but not inside of longer ones", () => {
    const number = new Redactor({ texts: new Set(["735194427"]), names: new Set() });
    assert.equal(number.clean("735194427, 17351944279"), `${MASK}, 17351944279`);
  });

  it("keeps the host of a secret address readable elsewhere", () => {
    const address = new Redactor({ texts: new Set([`https://${secret}@errors2.example.org/5`]), names: new Set() });
    assert.equal(address.clean("https://errors2.example.org/help"), "https://errors2.example.org/help");
    assert.equal(address.clean(`key ${secret}`), `key ${MASK}`);
  });
});

describe("redaction: work", () => {
  const many = (count: number): readonly string[] => {
    const source = new SecretSource(count);
    return Array.from({ length: count }, () => LOOKS["password"]?.(source) ?? "");
  };

  it("grows with the text, not with the secrets", () => {
    const text = many(3000).join(" ");
    for (const count of [10, 1000, 20_000]) {
      const texts = new SecretTexts(many(count));
      texts.spans(text);
      assert.ok(texts.work <= 2 * text.length, `${count} secrets: ${texts.work} for ${text.length}`);
    }
  });

  it("is bounded for secrets that begin alike, which are masked up to the next blank", () => {
    const texts = new SecretTexts(
      Array.from(
        { length: 5000 },
        (_, at) => `correct-horse-battery-${"abcdefghij"[at % 10]}-staple-${"x".repeat(at % 500)}`,
      ),
    );
    const text = "correct-horse-battery-a-staple ".repeat(1000);
    const spans = texts.spans(text);
    assert.equal(maskSpans(text, spans), `${MASK} `.repeat(1000));
    assert.ok(texts.work <= 100 * text.length);
  });

  it("still finds the secrets beyond the limit", () => {
    const secrets = many(60_000);
    const texts = new SecretTexts(secrets);
    const last = secrets.at(-1) ?? "";
    assert.equal(maskSpans(`a ${last} b`, texts.spans(`a ${last} b`)), `a ${MASK} b`);
  });
});
