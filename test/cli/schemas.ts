import Ajv2020 from "ajv/dist/2020";
import Ajv, { type ValidateFunction } from "ajv";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** Fails with what is wrong unless the document has the shape that `docs/schemas/<name>.schema.json` promises. */
export function assertContract(name: "check" | "show" | "graph" | "env" | "compare", document: unknown): void {
  const schema = JSON.parse(readFileSync(join(root, "docs", "schemas", `${name}.schema.json`), "utf8")) as object;
  assertValid(new Ajv2020({ allErrors: true, allowUnionTypes: true, strictRequired: false }).compile(schema), document);
}

/** Fails with what is wrong unless the document is a SARIF 2.1.0 log. The schema is the standard's, as published for draft 4. */
export function assertSarif(document: unknown): void {
  const schema = JSON.parse(readFileSync(join(__dirname, "sarif-2.1.0.schema.json"), "utf8")) as Record<
    string,
    unknown
  >;
  // Draft 4 and draft 7 differ, for what this schema uses, in the name of the identifier only.
  const { $schema, id, ...rest } = schema;
  assert.ok($schema !== undefined && id !== undefined);
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    // The pattern for languages has a bracket too many, which only the older syntax of regular expressions takes.
    unicodeRegExp: false,
    formats: { uri: isUri, "uri-reference": true, "date-time": true },
  });
  assertValid(ajv.compile(rest), document);
}

function isUri(text: string): boolean {
  return URL.canParse(text);
}

function assertValid(validate: ValidateFunction, document: unknown): void {
  if (!validate(document)) assert.fail(JSON.stringify(validate.errors, null, 2));
}
