import { append } from "../../base/lists";
import type { Binding, Evaluation } from "../../python/program/evaluation";
import { lastChange, markOf } from "../../python/program/evaluationChanges";
import type { Outcome, Value } from "../../python/values/value";
import type { Expr } from "../../syntax/ast";
import { walk } from "../edit/walk";
import { comparedName, isSecretNumber, isSecretText, nameUnder } from "./maskValue";
import { mayHoldPin, mayHoldSecret, nestedName } from "./secretNames";
import { SecretTexts } from "./secretTexts";
import { shapeSpans } from "./shapes";

/** What was found to be secret. */
export interface Secrets {
  readonly texts: ReadonlySet<string>;
  /** Settings that hold a secret, or a part of one, although their names do not say so: `MY_COPY = SECRET_KEY`. */
  readonly names: ReadonlySet<string>;
}

/** What was found in an evaluation, and where: that tells whether the next one has the same. */
interface Found extends Secrets {
  readonly searched: readonly string[];
  readonly ofNames: ReadonlyMap<string, readonly string[]>;
  /** Names whose expressions make something of a secret. */
  readonly derived: ReadonlySet<string>;
}

/** By what stands for an evaluation. */
const knownOfEvaluations = new WeakMap<object, Found>();

/** Everything secret that the names of an evaluation hold in any of its worlds, and what string operations made of it. */
export function secretsOfEvaluation(evaluation: Evaluation): Secrets {
  const mark = markOf(evaluation);
  let found = knownOfEvaluations.get(mark);
  if (found === undefined) knownOfEvaluations.set(mark, (found = foundBefore(evaluation) ?? findIn(evaluation)));
  return found;
}

function findIn(evaluation: Evaluation): Found {
  const texts = new Set<string>();
  const ofNames = new Map<string, readonly string[]>();
  const bindings = evaluation.bindings.map(seenIn);
  for (const { secrets } of bindings) for (const text of secrets) texts.add(text);
  for (const name of evaluation.names) {
    const secrets = secretsOfOutcomes(evaluation.outcomes(name), name);
    if (secrets.length > 0) ofNames.set(name, secrets);
    for (const text of secrets) texts.add(text);
  }
  const { names, copies } = collectDerived(bindings, texts);
  return { texts, names: copies, searched: evaluation.names, ofNames, derived: names };
}

/** What was found in the evaluation before, where the edit since then has nothing to do with secrets. Errs towards looking again. */
function foundBefore(evaluation: Evaluation): Found | undefined {
  const change = lastChange(evaluation);
  const found = change && knownOfEvaluations.get(change.from);
  if (change === undefined || found?.searched !== evaluation.names) return undefined;
  const isConcerned = [...change.removed, ...change.added]
    .map(seenIn)
    .some(
      ({ secrets, mentions }) => secrets.length > 0 || (mentions && isAboutAny(mentions, found.derived, found.names)),
    );
  if (isConcerned) return undefined;
  const isSame = [...change.names].every((name) => {
    const before = found.ofNames.get(name) ?? [];
    const now = secretsOfOutcomes(evaluation.outcomes(name), name);
    return now.length === before.length && now.every((text, index) => text === before[index]);
  });
  return isSame ? found : undefined;
}

/** What was seen in a binding, which is the same object after most edits. */
interface Seen {
  readonly binding: Binding;
  readonly secrets: readonly string[];
  /** Of its expression, unless its name says already that it is secret. */
  readonly mentions: Mentions | undefined;
}

const knownOfBindings = new WeakMap<Binding, Seen>();

function seenIn(binding: Binding): Seen {
  let seen = knownOfBindings.get(binding);
  if (seen === undefined) {
    const { name, value, expression } = binding;
    const mentions = expression === undefined || mayHoldSecret(name) ? undefined : mentionsOf(expression);
    knownOfBindings.set(binding, (seen = { binding, secrets: secretsOfValue(value, name), mentions }));
  }
  return seen;
}

/** The outcomes of a name are the same list as long as they are the same. */
const knownOfOutcomes = new WeakMap<
  readonly Outcome[],
  { readonly name: string; readonly secrets: readonly string[] }
>();

function secretsOfOutcomes(outcomes: readonly Outcome[], name: string): readonly string[] {
  let known = knownOfOutcomes.get(outcomes);
  if (known?.name !== name) {
    known = { name, secrets: outcomes.flatMap(({ value }) => secretsOfValue(value, name)) };
    knownOfOutcomes.set(outcomes, known);
  }
  return known.secrets;
}

/** What counts of the name that a value stands under. */
type NameKind = "open" | "secret" | "pin";

/** After an edit most values are the same objects. */
const knownOfValues = new WeakMap<Value, Partial<Record<NameKind, readonly string[]>>>();

function secretsOfValue(value: Value, name: string): readonly string[] {
  let known = knownOfValues.get(value);
  if (known === undefined) knownOfValues.set(value, (known = {}));
  return (known[mayHoldPin(name) ? "pin" : mayHoldSecret(name) ? "secret" : "open"] ??= findSecrets(value, name));
}

function findSecrets(value: Value, name: string): readonly string[] {
  const collector = new ValueSecrets();
  collector.visit(value, name);
  return [...collector.found];
}

/** Collects the texts in values that are secrets by name or shape. */
export class ValueSecrets {
  readonly found = new Set<string>();
  private readonly seen = { open: new WeakSet<Value>(), secret: new WeakSet<Value>() };

  /** Values are trees that share branches: each is looked at once below a secret's name and once below others. */
  visit(value: Value, name: string): void {
    const waiting: (readonly [Value, string])[] = [[value, name]];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const seen = this.seen[mayHoldSecret(next[1]) ? "secret" : "open"];
      if (seen.has(next[0])) continue;
      seen.add(next[0]);
      this.visitOne(next[0], next[1], (each, under) => void waiting.push([each, under]));
    }
  }

  private visitOne(value: Value, name: string, then: (value: Value, name: string) => void): void {
    switch (value.kind) {
      case "str":
      case "bytes":
        this.visitText(value.value, name);
        return;
      case "int": {
        const digits = value.value.toString();
        if (isSecretNumber(digits, name)) this.found.add(digits);
        return;
      }
      case "list":
      case "tuple":
      case "set":
      case "frozenset":
        for (const item of value.items) then(item.value, name);
        return;
      case "dict":
        for (const { key, value: each } of value.entries) {
          if (key !== undefined) then(key, "");
          then(each, nameUnder(key, name));
        }
        return;
      case "environment":
        if (value.fallback !== undefined) then(value.fallback, mayHoldSecret(value.variable) ? value.variable : name);
        return;
      case "derived":
        for (const input of value.inputs) then(input, comparedName(value.inputs, name));
        return;
      case "opaque":
        for (const each of value.args) then(each, name);
        for (const [key, each] of value.keywords) then(each, nestedName(key, name));
        return;
      case "choice":
        then(value.yes, name);
        then(value.no, name);
        return;
      default:
    }
  }

  private visitText(text: string, name: string): void {
    if (isSecretText(text, name)) this.found.add(text);
    // The password in a URL may be shown without the URL, the lines of a key one by one.
    else for (const { start, end } of shapeSpans(text)) this.found.add(text.slice(start, end));
  }
}

/** Functions that make a text of texts without hiding them. */
const TEXT_FUNCTIONS =
  /^(?:str|repr|bytes|bytearray|format|join|replace|encode|decode|quote|quote_plus|unquote|b64encode|b64decode|urlsafe_b64encode|urlsafe_b64decode|hexlify|hex|sorted|reversed|list|tuple|map|translate|md5|sha1|sha256|sha512|hexdigest|digest|force_str|smart_str|force_bytes)$/;

/**
 * What names hold whose expression makes a text of a secret in a way that leaves nothing of it to be recognised
 * (`"".join(sorted(SECRET_KEY))`) is added to `found`. Names that are made so are secret, too; gives them, and the settings that are copies.
 */
function collectDerived(
  bindings: readonly Seen[],
  found: Set<string>,
): { readonly names: ReadonlySet<string>; readonly copies: ReadonlySet<string> } {
  const names = new Set<string>();
  const copies = new Set<string>();
  const made = new Set<string>();
  for (const { binding, mentions } of bindings) {
    const { name, expression, value, atModuleLevel } = binding;
    if (expression === undefined || mentions === undefined || !isAboutAny(mentions, names, copies)) continue;
    if (atModuleLevel && /^[A-Z]/.test(name) && isCopy(expression, copies)) copies.add(name);
    if (!isMadeOf(expression, names)) continue;
    names.add(name);
    if (value.kind === "str" || value.kind === "bytes") made.add(value.value);
  }
  // Where a part of the secret is still to be seen, that part is what is masked.
  const known = made.size === 0 ? undefined : new SecretTexts(found);
  for (const text of made) if (known?.spans(text).length === 0) found.add(text);
  return { names, copies };
}

/** What an expression mentions, as far as it matters to what is made of secrets. */
interface Mentions {
  readonly names: ReadonlySet<string>;
  /** A name, an attribute or a text that may stand for a secret. */
  readonly isSecret: boolean;
}

/** Whether an expression has anything in it that {@link isCopy} and {@link isMadeOf} look for. */
function isAboutAny(mentions: Mentions, names: ReadonlySet<string>, copies: ReadonlySet<string>): boolean {
  if (mentions.isSecret) return true;
  if (names.size === 0 && copies.size === 0) return false;
  return [...mentions.names].some((name) => names.has(name) || copies.has(name));
}

function mentionsOf(expression: Expr): Mentions {
  const names = new Set<string>();
  let isSecret = false;
  walk([expression], (node) => {
    const text =
      node.kind === "Name" ? node.id : node.kind === "Attribute" ? node.attr : node.kind === "Str" ? node.value : "";
    if (node.kind === "Name") names.add(text);
    if (mayHoldSecret(text)) isSecret = true;
  });
  return { names, isSecret };
}

/** Whether an expression gives a secret, or something of a secret and nothing else. */
function isCopy(expression: Expr, copies: ReadonlySet<string>): boolean {
  switch (expression.kind) {
    case "Name":
      return copies.has(expression.id) || mayHoldSecret(expression.id);
    case "Attribute":
      return mayHoldSecret(expression.attr);
    case "Subscript":
      // A key of a dictionary called SECRETS says itself what it is.
      return expression.slice.kind === "Str" ? mayHoldSecret(expression.slice.value) : isCopy(expression.value, copies);
    case "Call": {
      const { func, args } = expression;
      const isList = func.kind === "Name" && /^(?:list|tuple|set|sorted|reversed|str|bytes)$/.test(func.id);
      if (isList && args.some((each) => isCopy(each, copies))) return true;
      const [first] = args;
      // `get_secret("ALLOWED_HOSTS")`: what is asked for says what it is.
      if (first?.kind === "Str" && /^\w{4,}$/.test(first.value)) return mayHoldSecret(first.value);
      return isCopy(func, copies) || (func.kind === "Attribute" && isCopy(func.value, copies));
    }
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
      return expression.generators.some(({ iter }) => isCopy(iter, copies));
    case "IfExp":
      return isCopy(expression.body, copies) || isCopy(expression.orelse, copies);
    case "BoolOp":
      return expression.values.some((each) => isCopy(each, copies));
    default:
      return false;
  }
}

/** Whether an expression's text is made of a secret's: conditions and comparisons only depend on it. */
function isMadeOf(expression: Expr, names: ReadonlySet<string>): boolean {
  const waiting: Expr[] = [expression];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (
      next.kind === "Name"
        ? names.has(next.id) || mayHoldSecret(next.id)
        : next.kind === "Attribute" && mayHoldSecret(next.attr)
    )
      return true;
    append(waiting, textsOf(next));
  }
  return false;
}

/** The parts of an expression that its text is made of. */
function textsOf(expression: Expr): readonly Expr[] {
  switch (expression.kind) {
    case "Attribute":
    case "Subscript":
    case "Starred":
    case "NamedExpr":
      return [expression.value];
    case "BinOp":
      return [expression.left, expression.right];
    case "BoolOp":
      return expression.values;
    case "IfExp":
      return [expression.body, expression.orelse];
    case "JoinedStr":
      return expression.values.map((part) => (part.kind === "Str" ? part : part.value));
    case "List":
    case "Tuple":
      return expression.elts;
    case "ListComp":
    case "GeneratorExp":
      return [expression.elt, ...expression.generators.map((each) => each.iter)];
    case "Call": {
      const { func, args } = expression;
      const name = func.kind === "Name" ? func.id : func.kind === "Attribute" ? func.attr : "";
      return [...(func.kind === "Attribute" ? [func.value] : []), ...(TEXT_FUNCTIONS.test(name) ? args : [])];
    }
    default:
      return [];
  }
}
