import type { FilePath } from "../../base/path";
import type { Range } from "../../base/text";
import type { Value } from "../../python/values/value";
import type { Module } from "../../syntax/ast";
import { assignmentSpans, isSecretFile } from "./assignmentLines";
import type { Secrets } from "./collectValues";
import { ValueMasker } from "./maskValue";
import { pythonSpans } from "./pythonSource";
import { mayHoldSecret } from "./secretNames";
import { SecretTexts } from "./secretTexts";
import { contentRanges, isVariable, literalsOf, type Literal } from "./sourceSecrets";
import { shapeSpans } from "./shapes";
import { MASK, maskSpans, mergeSpans, touching } from "./spans";

/** A file as far as masking looks at it; `module` where it is Python. */
export interface RedactedSource {
  readonly file: FilePath;
  readonly text: string;
  readonly module: Module | undefined;
}

/** A text in quotes; an apostrophe is none. What is not closed is matched, too, so that it is looked at once. */
const QUOTED = /(?<![A-Za-z])(["'])((?:\\.|(?!\1)[^\\])+)\1?/gs;

/**
 * Takes secrets out of all that is shown of a workspace. What is secret is told by value (what names of secrets hold in any world,
 * and what is made of it), by shape (`shapes.ts`) and, for values and source, by the name it stands under.
 */
export class Redactor {
  /** What it looks for, to tell whether another redactor would do the same. */
  readonly secrets: Secrets;
  private readonly texts: SecretTexts;
  private readonly masker: ValueMasker;

  constructor(secrets: Secrets) {
    this.secrets = secrets;
    this.texts = new SecretTexts(secrets.texts);
    this.masker = new ValueMasker((text) => this.clean(text));
  }

  /** A text with {@link MASK} in place of secrets. */
  clean(text: string): string {
    const spans = this.data(text);
    return spans.length === 0 ? text : maskSpans(text, spans);
  }

  /** The text of an option or variable of this name. */
  cleanUnder(name: string, text: string): string {
    return mayHoldSecret(name) && text !== "" ? MASK : this.clean(text);
  }

  /** A part of a message about a secret: what stands in quotes, and what is the secret's text, is its value. */
  cleanAbout(held: ReadonlySet<string>, text: string): string {
    if (held.has(text)) return MASK;
    return this.clean(text).replace(QUOTED, (whole, quote: string, content: string) =>
      whole.length === content.length + 1 || isVariable(content) ? whole : quote + MASK + quote,
    );
  }

  /** Whether the values of a setting are secret whatever they look like: by its name, or because it is a copy of a secret. */
  isSecretName(name: string): boolean {
    return this.secrets.names.has(name) || mayHoldSecret(name);
  }

  /** The value of a name as it may be shown; the same object where nothing in it is secret. */
  cleanValue(value: Value, name: string): Value {
    return this.masker.mask(value, this.isSecretName(name) ? "SECRET" : name);
  }

  /** Where secrets stand in a file, in the order of its text. */
  sourceSpans({ file, text, module }: RedactedSource): readonly Range[] {
    const data = (part: string): readonly Range[] => this.data(part);
    if (module !== undefined)
      return mergeSpans(pythonSpans(text, module, { data, code: (code) => this.found(code, "code") }));
    return mergeSpans([...data(text), ...assignmentSpans(text, isSecretFile(file))]);
  }

  /** The contents of all literals that touch a range: for a finding that is about a secret. */
  literalSpans({ text, module }: RedactedSource, range: Range): readonly Range[] {
    if (module === undefined) return [];
    const own = touching(literalsOf(module), range);
    return own.filter(isText).flatMap(({ node }) => contentRanges(text, node));
  }

  /** Whether a source has texts that are not only names of variables. */
  writesLiteral({ module }: RedactedSource): boolean {
    return module !== undefined && literalsOf(module).some(isText);
  }

  private data(text: string): readonly Range[] {
    return this.found(text, "data");
  }

  private found(text: string, kind: "data" | "code"): readonly Range[] {
    return mergeSpans([...this.texts.spans(text), ...shapeSpans(text, kind)]);
  }
}

function isText({ node, isName }: Literal): boolean {
  return node.kind !== "Int" && !isName && /[\p{L}\p{N}]/u.test(node.value);
}

/** Masks by shape alone: for messages that no project stands behind. */
export const SHAPES_ONLY = new Redactor({ texts: new Set(), names: new Set() });
