import type { FilePath } from "../../../base/path";
import { kindsOf } from "../../../lint/classKinds";
import type { RuleContext } from "../../../lint/rule";
import type { EffectiveSetting, Proof } from "../../../lint/setting";
import type { Expr } from "../../../syntax/ast";
import { hasApp } from "../apps/installedApps";
import { assignedBy } from "../assignments/assigned";
import { allEntries, knownEntries, type Asks, type ListEntry } from "../lists/entries";

type Context = RuleContext;

export const SECURITY = "django.middleware.security.SecurityMiddleware";
export const SESSION = "django.contrib.sessions.middleware.SessionMiddleware";
export const AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware";
export const COMMON = "django.middleware.common.CommonMiddleware";
export const CSRF = "django.middleware.csrf.CsrfViewMiddleware";
export const XFRAME = "django.middleware.clickjacking.XFrameOptionsMiddleware";
export const CSP = "django.middleware.csp.ContentSecurityPolicyMiddleware";
export const WHITENOISE = "whitenoise.middleware.WhiteNoiseMiddleware";

/** The setting that names the middleware: MIDDLEWARE since Django 1.10; 1.10 and 1.11 read the old one where the new one is unset. */
export function middlewareSetting(context: Asks): EffectiveSetting {
  const setting = context.setting("MIDDLEWARE");
  const isOld = context.djangoAtLeast(1, 10) === false;
  const isBetween = context.djangoAtLeast(2, 0) === false && setting.isUnset;
  return isOld || isBetween ? context.setting("MIDDLEWARE_CLASSES") : setting;
}

/** Proof that a middleware is certainly listed, under this very name. */
export function listsMiddleware(context: Asks, path: string): Proof | undefined {
  return middlewareSetting(context).mustBe((value) => knownEntries(value).some(({ text }) => text === path));
}

/** Whether a middleware is certainly listed, under this very name. */
export function hasMiddleware(context: Asks, path: string): boolean {
  return listsMiddleware(context, path) !== undefined;
}

/**
 * Whether a middleware is certainly listed: itself, a class of the workspace that derives from it and replaces nothing without
 * calling it, or a class of another package that has its name, as one has that derives from it.
 */
export function hasKindOfMiddleware(context: Context, path: string): boolean {
  const named = path.slice(path.lastIndexOf("."));
  const isKind = (text: string) =>
    text.endsWith(named) || kindsOf(context, text)?.some((kind) => kind.path === path && kind.isKept) === true;
  return (
    middlewareSetting(context).mustBe((value) => knownEntries(value).some(({ text }) => isKind(text))) !== undefined
  );
}

/** Whether requests certainly have sessions. */
export function hasSessions(context: Asks): boolean {
  return hasMiddleware(context, SESSION) || hasApp(context, "django.contrib.sessions");
}

/**
 * Proof that the project sets a middleware list that is completely known, and that neither the name of an entry nor that
 * of a class it derives from matches. Classes of the workspace are followed; what cannot be followed counts as a match.
 */
export function lacksMiddleware(context: Context, likely: RegExp): Proof | undefined {
  const setting = middlewareSetting(context);
  if (setting.isUnset) return undefined;
  return setting.mustBe((value) => {
    const entries = allEntries(value);
    if (entries === undefined || entries.length === 0) return false;
    if (entries.some(({ text }) => likely.test(text))) return false;
    return entries.every(({ text }) => {
      const kinds = kindsOf(context, text);
      return kinds !== undefined && !kinds.some(({ path }) => likely.test(path));
    });
  });
}

/** A list display in a file, to put entries into. */
export interface WrittenList {
  readonly file: FilePath;
  readonly list: Expr & { readonly kind: "List" | "Tuple" };
}

/** The one display that all entries of a proven list are written in. */
export function writtenList(context: Context, proof: Proof): WrittenList | undefined {
  const assigned = assignedBy(context, proof.outcome);
  if (assigned?.expression.kind !== "List" && assigned?.expression.kind !== "Tuple") return undefined;
  const written = { file: assigned.file, list: assigned.expression };
  return knownEntries(proof.value).every((entry) => indexIn(written, entry) !== undefined) ? written : undefined;
}

/** The index of an entry among the elements of a display. */
export function indexIn({ file, list }: WrittenList, { item }: ListEntry): number | undefined {
  const { site } = item;
  if (site === undefined || site.file !== file) return undefined;
  const index = list.elts.findIndex((one) => one.start === site.range.start && one.end === site.range.end);
  return index < 0 ? undefined : index;
}

/** `SessionMiddleware` for `django.contrib.sessions.middleware.SessionMiddleware`. */
export function shortName(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf(".") + 1);
}
