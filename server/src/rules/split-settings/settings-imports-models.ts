import { defineRule, siteOf } from "../../lint/rule";
import type { Import, ImportFrom } from "../../syntax/ast";
import { allStatements, inStatements, type Searchable } from "../../syntax/statements";
import { moduleCalls } from "../questions/modules/moduleLevel";
import doc from "./settings-imports-models.md";

/**
 * Modules that import models, tried out with Django 5.2. Not django.contrib.admin, which app packages may import and which
 * therefore imports none itself, and not Django REST Framework's, which load without apps.
 */
const MODELS = /^(?:[\w.]+\.models|django\.contrib\.auth\.(?:models|views|forms|admin))$/;

const CALLS: readonly string[] = ["django.contrib.auth.get_user_model", "django.apps.apps.get_model"];

export const settingsImportsModels = defineRule({
  id: "settings-imports-models",
  category: "split-settings",
  severity: "error",
  audience: "file",
  messages: {
    models:
      "{module} is imported while the settings are: it defines or imports models, which need INSTALLED_APPS, so Django raises AppRegistryNotReady or ImproperlyConfigured. Name it by a string, or import it where it is used.",
    call: "{module}() is called while the settings are imported: no app is loaded yet, and Django raises AppRegistryNotReady. Call it where it is used.",
  },
  doc,

  check({ file, report }) {
    for (const statement of imports(file.ast)) {
      const names = statement.kind === "Import" ? statement.names.map(({ name }) => name) : modulesOf(statement);
      const module = names.find((name) => MODELS.test(name) && !name.startsWith("django.db"));
      if (module !== undefined) report({ message: "models", values: { module }, at: siteOf(file.path, statement) });
    }
    for (const { call, callee } of moduleCalls(file.ast))
      if (CALLS.includes(callee)) report({ message: "call", values: { module: callee }, at: siteOf(file.path, call) });
  },
});

const imports = inStatements((outer) =>
  [...allStatements([outer], "branches")].filter(({ kind }) => kind === "ImportFrom" || kind === "Import"),
) as (within: Searchable) => readonly (Import | ImportFrom)[];

/** `from shop import models` imports a module, too. */
function modulesOf({ module, level, names }: ImportFrom): readonly string[] {
  if (level > 0) return [];
  const submodule = names !== "*" && names.some(({ name }) => name === "models") ? [`${module}.models`] : [];
  return [module, ...submodule];
}
