import { withoutNegation } from "../python/semantics/operations";
import type { DeployedVariable, DjangoProject } from "../project/model";
import type { Evaluation } from "../python/program/evaluation";
import { truthOf } from "../python/semantics/operators";
import { resolve, resolveTest, type ReadVariable } from "../python/semantics/resolve";
import { keyOf } from "../python/values/symbolic";
import type { Decision, Guard, Outcome, Site, Test, Value } from "../python/values/value";
import { decisionText, worldsOfOthers, type Decisions } from "./choices";
import type { Config } from "./config";

/** Which outcomes of a name count: all of them, or those that production can have. */
export interface WorldView {
  outcomes(name: string): readonly Outcome[];
  /** What is known of the environment in these worlds; gives `undefined` for a variable that is not known. */
  readonly variables: ReadVariable;
  /** Whether production sets a variable, to whatever text. */
  isDeployed(variable: string): boolean;
  /** Where a variable of {@link variables} gets its text. */
  sourceOf(variable: string): Site | undefined;
  /** Whether DEBUG is on with these variables, but not whatever the variables are: no world that is looked at has them. */
  turnsDebugOn(read: ReadVariable): boolean;
  /** Whether a decision says nothing new, because it holds in all worlds that are looked at. */
  isImplied(decision: Decision): boolean;
}

/**
 * All worlds: for rules about every environment, development and tests.
 *
 * @param deployment for a module that serves production, what its variables are there
 */
export function everyWorld(evaluation: Evaluation, deployment: Deployment | undefined): WorldView {
  return {
    outcomes: (name) => evaluation.outcomes(name),
    variables: (name) => deployment?.variables(name),
    isDeployed: (name) => deployment?.isDeployed(name) === true,
    sourceOf: (name) => deployment?.sourceOf(name),
    turnsDebugOn: () => false,
    isImplied: () => false,
  };
}

/** What production's environment is known to have. */
export interface Deployment {
  readonly variables: ReadVariable;
  isDeployed(variable: string): boolean;
  sourceOf(variable: string): Site | undefined;
}

/** Variables that hosting platforms and container runtimes set themselves: nobody can forget them. */
const SET_BY_PLATFORMS =
  /^(RENDER(_\w+)?|DYNO|FLY_\w+|GAE_\w+|K_SERVICE|GOOGLE_CLOUD_PROJECT|VERCEL(_\w+)?|RAILWAY_\w+|WEBSITE_\w+|AWS_(LAMBDA|EXECUTION)_\w+|KUBERNETES_\w+|PYTHONANYWHERE_\w+|PLATFORM_\w+|VCAP_\w+|CI|GITHUB_ACTIONS|GITLAB_CI)$/;

/** Whether a variable says by itself where the program runs, so that it is there in production for certain. */
export function isSetByPlatform(variable: string): boolean {
  return SET_BY_PLATFORMS.test(variable);
}

/** What chooses the section of dynaconf's files: production takes the one of that name, wherever the variable is set. */
const SECTION_VARIABLES: ReadonlySet<string> = new Set(["DJANGO_ENV", "ENV_FOR_DYNACONF"]);

/** Whether deployment files set a variable where the site is served to its users. */
export function isForProduction({ purpose }: Pick<DeployedVariable, "purpose">): boolean {
  return purpose === "production" || purpose === "staging";
}

/**
 * The variables that production is known to have: what the configuration assumes, else what the production deployment
 * files say, where they all say the same. An empty value in one of them is a blank that is filled in where it is deployed:
 * then production sets the variable, but nobody knows to what. This errs towards silence.
 */
export function productionDeployment(project: DjangoProject, config: Config): Deployment {
  const deployed = project.deployedVariables.filter(isForProduction);
  const texts = new Map<string, string | undefined>();
  for (const { name, value } of deployed) {
    const text = value === "" ? undefined : value;
    texts.set(name, !texts.has(name) || texts.get(name) === text ? text : undefined);
  }
  for (const [name, assumed] of config.assume) texts.set(name, assumed.value);
  const takesSection = project.packages.has("dynaconf");
  return {
    variables: (name) => {
      const isSection = takesSection && !texts.has(name) && SECTION_VARIABLES.has(name);
      const text = isSection ? "production" : texts.get(name);
      return text === undefined ? undefined : { set: true, text };
    },
    isDeployed: (name) => texts.has(name),
    sourceOf: (name) => {
      const origin = config.assume.get(name)?.origin;
      if (origin !== undefined) return origin.kind === "file" ? { file: origin.file, range: origin.range } : undefined;
      const source = deployed.find((one) => one.name === name);
      return source && { file: source.file, range: source.range };
    },
  };
}

/**
 * The worlds of production: without those in which DEBUG is on, the run is a test, the settings take the module of another
 * environment, or a variable would have another text than production's. A module in which DEBUG is certainly on everywhere keeps
 * all its worlds.
 */
export class ProductionView implements WorldView {
  readonly variables: ReadVariable;
  private readonly deployment: Deployment;
  private readonly evaluation: Evaluation;
  /** Final values of DEBUG in the worlds that are left by everything but DEBUG itself. */
  private readonly debug: readonly Outcome[];
  private readonly isDebugEverywhere: boolean;
  private readonly others: readonly Decisions[];

  constructor(evaluation: Evaluation, deployment: Deployment) {
    this.evaluation = evaluation;
    this.deployment = deployment;
    this.variables = deployment.variables;
    this.others = worldsOfOthers(evaluation);
    this.debug = this.deployable(evaluation.outcomes("DEBUG"));
    this.isDebugEverywhere = this.debug.every((outcome) => this.truth(outcome.value, outcome.guard) === true);
  }

  outcomes(name: string): readonly Outcome[] {
    const deployable = this.deployable(this.evaluation.outcomes(name));
    // DEBUG's own worlds cannot be told apart by whether DEBUG is on, and it is what goes wrong where the choice does.
    if (name === "DEBUG") return deployable;
    const left = deployable.filter(({ guard }) => !this.isOfOthers(guard) && !this.isDebugOn(guard));
    return (left.length > 0 ? left : deployable).map((outcome) => this.withoutChoice(outcome));
  }

  /** In production the choice has been made: a variable that decides it is not one that may be missing. */
  private withoutChoice(outcome: Outcome): Outcome {
    if (this.others.length === 0) return outcome;
    const guard = outcome.guard.filter(({ test, holds }) => !this.isOfOthers([{ test, holds: !holds }]));
    return guard.length === outcome.guard.length ? outcome : { ...outcome, guard };
  }

  isDeployed(variable: string): boolean {
    return this.deployment.isDeployed(variable);
  }

  sourceOf(variable: string): Site | undefined {
    return this.deployment.sourceOf(variable);
  }

  turnsDebugOn(read: ReadVariable): boolean {
    if (this.isDebugEverywhere) return false;
    const left = this.debug.filter(({ guard }) => guard.every(({ test, holds }) => resolveTest(test, read) !== !holds));
    return left.length > 0 && left.every(({ value }) => truthOf(resolve(value, read)) === true);
  }

  isImplied(decision: Decision): boolean {
    const opposite = { ...decision, holds: !decision.holds };
    return this.isImpossible(opposite) || this.isOfOthers([opposite]) || this.isDebugOn([opposite]);
  }

  private isOfOthers(guard: Guard): boolean {
    if (this.others.length === 0) return false;
    const texts = new Set(guard.map(decisionText));
    return this.others.some((decisions) => decisions.every((one) => texts.has(one)));
  }

  private deployable(outcomes: readonly Outcome[]): readonly Outcome[] {
    const left = outcomes.filter((outcome) => !outcome.guard.some((decision) => this.isImpossible(decision)));
    // Nothing left: what was assumed does not fit this module, and then it is no help.
    return left.length > 0 ? left : outcomes;
  }

  private isImpossible(decision: Decision): boolean {
    return isTestRun(decision) || resolveTest(decision.test, this.variables) === !decision.holds;
  }

  private isDebugOn(guard: Guard): boolean {
    if (this.isDebugEverywhere) return false;
    const possible = this.debug.filter((outcome) => areCompatible(outcome.guard, guard));
    return (
      possible.length > 0 &&
      possible.every((outcome) => this.truth(outcome.value, [...outcome.guard, ...guard]) === true)
    );
  }

  /** Whether a value is true where some decisions hold and production's variables are set. */
  private truth(value: Value, guard: Guard): boolean | undefined {
    const known = truthOf(value) ?? truthOf(resolve(value, this.variables));
    if (known !== undefined) return known;
    // Tests are kept in their positive form: `ENV == "dev"`.
    const { value: positive, inverted } = withoutNegation(value);
    const decision = guard.find((one) => keyOf(one.test.value) === keyOf(positive));
    return decision === undefined ? undefined : decision.holds !== inverted;
  }
}

function areCompatible(a: Guard, b: Guard): boolean {
  return a.every((one) => b.every((other) => one.test.id !== other.test.id || one.holds === other.holds));
}

/** `"test" in sys.argv`, `sys.argv[1] == "test"`, `"pytest" in sys.modules`, and variables that only test runs have. */
const ARGUMENTS = /\bsys\.argv\b/;
const TEST_WORD = /(["'])(?:test|pytest|py\.test)\1/;
const TEST_MODULE = /(["'])(?:pytest|_pytest|unittest)\1\s+(?:not\s+)?in\s+(?:set\()?sys\.modules\b/;
const TEST_VARIABLE = /(?:^|_)(?:PYTEST|TESTING|RUNNING_TESTS|IN_TESTS?|TEST_MODE|TEST_RUN)(?:_|$)/;

/** Whether a decision says that the module is run by a test runner. */
export function isTestRun(decision: Decision): boolean {
  const { test, holds } = decision;
  if (readsTestVariable(test.value)) return holds;
  return namesTestRunner(test) && holds !== isWrittenNegatively(decision);
}

/** Whether a condition tells runs of tests from others. */
export function asksForTests(test: Pick<Test, "value" | "text">): boolean {
  return readsTestVariable(test.value) || namesTestRunner(test);
}

function namesTestRunner({ value, text }: Pick<Test, "value" | "text">): boolean {
  const cause = value.kind === "unknown" ? value.because.text : "";
  return [text, cause].some((one) => (ARGUMENTS.test(one) && TEST_WORD.test(one)) || TEST_MODULE.test(one));
}

/** The truth or the presence of a variable that only test runs have. */
function readsTestVariable(value: Value): boolean {
  if (value.kind === "environment") return TEST_VARIABLE.test(value.variable);
  if (value.kind === "derived" && value.operation.id === "==") return isEnvironmentOfTests(value.inputs);
  if (value.kind !== "derived" || value.operation.id !== "in os.environ") return false;
  return value.inputs.some((input) => input.kind === "environment" && TEST_VARIABLE.test(input.variable));
}

/** `os.environ.get("ENVIRONMENT") == "CI"`: what chooses between environments names the one for tests. */
function isEnvironmentOfTests(inputs: readonly Value[]): boolean {
  const isRead = inputs.some(({ kind }) => kind === "environment");
  return isRead && inputs.some((input) => input.kind === "str" && /^(?:ci|tests?|testing)$/i.test(input.value));
}

/** A test keeps its text as written where it was first asked, which may be the negation of what its outcome says. */
function isWrittenNegatively({ test }: Decision): boolean {
  if (/^not\b/.test(test.text)) return true;
  // An unknown value is asked for its truth as it is; only known operations are turned into their positive form.
  if (test.value.kind === "unknown") return /\bnot in\b|!=|\bis not\b/.test(test.text);
  if (test.value.kind !== "derived") return false;
  const written = { "==": "!=", in: "not in", is: "is not" }[test.value.operation.id];
  return written !== undefined && test.text.includes(` ${written} `);
}

/** Readable conditions of a guard: `if ON_RENDER and unless ENV == "dev"`; empty for always. */
export function describeGuard(guard: Guard, view: WorldView): string {
  const parts = guard
    .filter((decision) => !view.isImplied(decision))
    .map((decision) => {
      const isPositive =
        decision.test.value.kind === "unknown" ? decision.holds : decision.holds !== isWrittenNegatively(decision);
      return `${isPositive ? "if" : "unless"} ${decision.test.text}`;
    });
  return [...new Set(parts)].join(" and ");
}
