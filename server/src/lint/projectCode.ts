import type { FilePath } from "../base/path";
import { isEntryOfApp } from "../django/apps";
import { isSubclassByName } from "../django/classes";
import { findView, type FoundView } from "../django/dottedPaths";
import { findInCode } from "../project/codeIndex";
import type { Host } from "../python/program/host";
import type { Value } from "../python/values/value";
import type { Stmt } from "../syntax/ast";
import { boundNames } from "../syntax/statements";
import { kindsOf } from "./classKinds";
import type { CodeScope } from "./codeScope";
import { tagModulesOf } from "./tagModules";

/**
 * What a project's own code tells about the dotted paths and folders in its settings. Everything is `undefined` where it
 * cannot be told from the workspace.
 */
export class ProjectCode {
  private readonly scope: CodeScope;

  constructor(scope: CodeScope) {
    this.scope = scope;
  }

  /** Whether a folder of the workspace is there. */
  isFolder(path: FilePath): boolean | undefined {
    const found = this.scope.snapshot.exists(path);
    return found === "unknown" ? undefined : found === "directory";
  }

  /** True for what a module of the workspace binds; what a star import brings is not looked for. */
  canImport(dotted: string): boolean | undefined {
    return this.statementOf(dotted) === undefined ? undefined : true;
  }

  /** What `django.urls.get_callable` makes of a dotted path. */
  view(dotted: string): FoundView {
    return findView(this.host, this.scope.module.file, dotted);
  }

  /** The template tag libraries of the app that an INSTALLED_APPS entry names. */
  tagModules(entry: string): readonly string[] | undefined {
    return tagModulesOf(this.scope, entry);
  }

  /** Whether the project's own Python code has a text anywhere: only what is found is certain. */
  mentions(text: string): boolean {
    const { snapshot, project } = this.scope;
    const pattern = new RegExp(text.replaceAll(".", "\\."));
    return findInCode(snapshot, project.root, { id: `mention of ${text}`, files: /\.py$/, pattern }) !== undefined;
  }

  /**
   * Whether an app is installed by its module or its configuration class. A class of the workspace says itself which app it
   * is for; one of a package that looks like a replacement (`unfold.apps.AdminConfig`) may install it under another name.
   */
  installs(apps: Value, app: string): boolean | undefined {
    if (apps.kind !== "list" && apps.kind !== "tuple") return undefined;
    const answers = apps.items.map(({ value, spread }) =>
      spread || value.kind !== "str" ? undefined : this.isAppEntry(value.value, app),
    );
    return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  }

  private isAppEntry(entry: string, app: string): boolean | undefined {
    if (isEntryOfApp(entry, app)) return true;
    if (entry.startsWith("django.") || !/\.[A-Z]\w*$/.test(entry)) return false;
    const name = this.appNameIn(entry);
    if (name !== undefined) return name === app;
    const kinds = kindsOf(this.scope, entry);
    if (kinds?.some(({ path }) => isEntryOfApp(path, app)) === true) return true;
    const last = app.slice(app.lastIndexOf(".") + 1);
    return kinds === undefined || entry.toLowerCase().includes(last) ? undefined : false;
  }

  /** The `name` that an AppConfig of the workspace states. */
  private appNameIn(entry: string): string | undefined {
    const statement = this.statementOf(entry);
    if (statement?.kind !== "ClassDef") return undefined;
    for (const one of statement.body)
      if (one.kind === "Assign" && one.value.kind === "Str" && boundNames(one).includes("name")) return one.value.value;
    return undefined;
  }

  /** Whether a class is another, or derives from it; `false` also for what is no class of the workspace's at all. */
  isSubclass(dotted: string, base: string): boolean | undefined {
    const answers = kindsOf(this.scope, dotted)?.map(({ path }) => {
      const known = isSubclassByName(path, base);
      if (known !== undefined || this.isOurs(path)) return known ?? false;
      return base.endsWith("Middleware") && !LIKELY.test(path) ? false : undefined;
    });
    if (answers === undefined || answers.includes(true)) return answers === undefined ? undefined : true;
    return answers.includes(undefined) ? undefined : false;
  }

  private isOurs(dotted: string): boolean {
    if (dotted === "builtins.object") return true;
    return this.host.resolveModule(dotted.split(".")[0] ?? dotted, this.scope.module.file).kind !== "external";
  }

  /** The statement of a module of the workspace that binds a dotted path's last name. */
  private statementOf(dotted: string): Stmt | undefined {
    const at = dotted.lastIndexOf(".");
    const found = this.host.resolveModule(dotted.slice(0, Math.max(at, 0)), this.scope.module.file);
    const parsed = found.kind === "file" ? this.host.parse(found.path) : undefined;
    if (parsed?.ok !== true) return undefined;
    const name = dotted.slice(at + 1);
    return parsed.module.body.findLast((one) =>
      one.kind === "ClassDef" || one.kind === "FunctionDef" ? one.name === name : boundNames(one).includes(name),
    );
  }

  private get host(): Host {
    return this.scope.snapshot.host(this.scope.project.importRoots);
  }
}

/** Names of classes of packages that may well derive from Django's authentication, session or message middleware. */
const LIKELY = /auth|account|login|user|sso|saml|oidc|\bcas|session|message|jwt|token/i;
