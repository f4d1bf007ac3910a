import { isFalsy } from "../../lint/effective";
import { defineRule, type ContextOf, type FixOf, type RuleContext } from "../../lint/rule";
import type { Entry, Site, Value } from "../../python/values/value";
import { entryAt, entryOf, expressionAt, keySite, textOf, valueAt } from "../questions/dicts/dicts";
import doc from "./template-loaders-uncached.md";

const DJANGO = "django.template.backends.django.DjangoTemplates";
const CACHED = "django.template.loaders.cached.Loader";
/** What an engine without `loaders` uses, in this order, with the cached loader around it. */
const DEFAULT_LOADERS = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"];

interface Engine {
  readonly value: Value;
  readonly site: Site | undefined;
  readonly loaders: Entry;
  readonly names: readonly string[];
}

export const templateLoadersUncached = defineRule({
  id: "template-loaders-uncached",
  category: "performance",
  severity: "warning",
  audience: "production",
  django: { since: [1, 2] },
  messages: {
    uncached:
      "TEMPLATES has loaders without a cache in {module}: each template is read from disk and compiled each time it is rendered. Django only adds {cached} by itself when there is no list of loaders: put it around these.",
    old: "TEMPLATE_LOADERS has no cached loader in {module}: each template is read from disk and compiled each time it is rendered. Put {cached} around these.",
    unset:
      "TEMPLATES names no cached loader in {module}: before Django 1.11 nothing adds {cached}, and each template is read from disk and compiled each time it is rendered. List it in OPTIONS.",
  },
  fixes: {
    wrap: { safety: "unsafe", title: "Put the cached loader around these loaders" },
    useAppDirs: { safety: "unsafe", title: "Leave the loaders to Django, with APP_DIRS = True" },
  },
  doc,

  check(context) {
    const proof = context.setting("TEMPLATES").mustBe((value) => enginesOf(value).length > 0);
    if (proof === undefined) return context.setting("TEMPLATES").isUnset ? checkOld(context) : checkDefault(context);
    for (const engine of enginesOf(proof.value)) {
      context.report({
        message: "uncached",
        values: { cached: CACHED },
        proof,
        at: keySite(context, engine.loaders),
        fixes: [wrap(context, engine), useAppDirs(context, engine)],
      });
    }
  },
});

/** Before Django 1.8 the loaders were a setting, which 1.8 and 1.9 still read without TEMPLATES. */
function checkOld(context: ContextOf<typeof templateLoadersUncached>): void {
  if (context.djangoAtLeast(1, 10) !== false) return;
  const proof = context.setting("TEMPLATE_LOADERS").mustBe((value) => {
    const names = loaderNames(value);
    return names !== undefined && names.length > 0 && !names.some((name) => /cached/i.test(name));
  });
  if (proof?.origin !== undefined)
    context.report({ message: "old", values: { cached: CACHED }, proof, severity: "info" });
}

/** Django adds the cached loader by itself from 1.11 on (https://docs.djangoproject.com/en/stable/releases/1.11/). */
function checkDefault(context: ContextOf<typeof templateLoadersUncached>): void {
  if (context.djangoAtLeast(1, 11) !== false) return;
  const proof = context.setting("TEMPLATES").mustBe((value) => {
    if (value.kind !== "list" && value.kind !== "tuple") return false;
    return value.items.some(
      ({ value: engine, spread }) =>
        !spread && textOf(valueAt(engine, "BACKEND")) === DJANGO && lacksLoaders(entryOf(engine, "OPTIONS")),
    );
  });
  if (proof !== undefined) context.report({ message: "unset", values: { cached: CACHED }, proof, severity: "hint" });
}

function lacksLoaders(options: ReturnType<typeof entryOf>): boolean {
  return options === "absent" || (options !== undefined && entryOf(options.value, "loaders") === "absent");
}

/** The engines whose loaders are all known and none of which caches. */
function enginesOf(templates: Value): readonly Engine[] {
  if (templates.kind !== "list" && templates.kind !== "tuple") return [];
  return templates.items.flatMap(({ value, spread, site }) => {
    if (spread || textOf(valueAt(value, "BACKEND")) !== DJANGO) return [];
    const loaders = entryAt(value, "OPTIONS", "loaders");
    if (loaders === undefined) return [];
    const names = loaderNames(loaders.value);
    const isCached = names?.some((name) => /cached/i.test(name)) ?? true;
    return names === undefined || names.length === 0 || isCached ? [] : [{ value, site, loaders, names }];
  });
}

/** The classes of a list of loaders, those inside of other loaders' arguments included; `undefined` where one is not known. */
function loaderNames(value: Value): readonly string[] | undefined {
  if (value.kind !== "list" && value.kind !== "tuple") return undefined;
  const names: string[] = [];
  for (const item of value.items) {
    const loader = item.value.kind === "list" || item.value.kind === "tuple" ? item.value.items[0] : item;
    const name = item.spread || loader?.spread === true ? undefined : textOf(loader?.value);
    if (name === undefined) return undefined;
    names.push(name);
  }
  return names;
}

type Fix = FixOf<typeof templateLoadersUncached>;

function wrap(context: RuleContext, { loaders }: Engine): Fix | undefined {
  const list = expressionAt(context, loaders.valueSite);
  const file = loaders.valueSite?.file;
  if (file === undefined || (list?.kind !== "List" && list?.kind !== "Tuple")) return undefined;
  return {
    id: "wrap",
    edit: (edit) => {
      edit.insert(file, list.start, `[(${edit.quote(file, CACHED)}, `);
      edit.insert(file, list.end, ")]");
    },
  };
}

/** The two default loaders in their default order are what Django uses with APP_DIRS. */
function useAppDirs(context: RuleContext, engine: Engine): Fix | undefined {
  const { loaders, value, names } = engine;
  const dict = expressionAt(context, engine.site);
  const appDirs = entryOf(value, "APP_DIRS");
  const loadersSite = loaders.site;
  const isDefault = names.length === 2 && names.every((name, index) => name === DEFAULT_LOADERS[index]);
  if (!isDefault || context.djangoAtLeast(1, 11) !== true || dict?.kind !== "Dict") return undefined;
  if (loadersSite === undefined || loadersSite.file !== engine.site?.file || appDirs === undefined) return undefined;
  const written = appDirs === "absent" ? undefined : appDirs.valueSite;
  if (appDirs !== "absent" && (written?.file !== loadersSite.file || !isFalsy(appDirs.value))) return undefined;
  const { file } = loadersSite;
  const options = dict.items.findIndex((item) => item.key?.kind === "Str" && item.key.value === "OPTIONS");
  return {
    id: "useAppDirs",
    edit: (edit) => {
      edit.deleteElement(file, loadersSite.range);
      if (written !== undefined) edit.replace(file, written.range, "True");
      else edit.insertElement(file, dict, Math.max(options, 0), `${edit.quote(file, "APP_DIRS")}: True`);
    },
  };
}
