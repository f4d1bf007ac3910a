import { placeLabel } from "../../lint/phrases";
import { isForProduction } from "../../lint/production";
import { defineRule, siteOf } from "../../lint/rule";
import { meanTheSame } from "../questions/environment/similarVariables";
import { isVariableInDeployment, isVariableUsed } from "../questions/environment/variableMentions";
import { readsOfSettings } from "../questions/environment/variablesRead";
import doc from "./env-var-not-read.md";

export const envVarNotRead = defineRule({
  id: "env-var-not-read",
  category: "deployment",
  severity: "warning",
  audience: "project",
  messages: {
    other:
      "{variable} is set here, and nothing reads it: {place} reads {other}, which no deployment file sets. Use one name for both.",
  },
  doc,

  check(context) {
    if (READ_BY_PREFIX.some((name) => context.hasPackage(name))) return;
    const set = context.project.deployedVariables;
    const unread = set.filter((one) => isForProduction(one) && !READ_BY_OTHERS.test(one.name));
    if (unread.length === 0) return;
    const reads = readsOfSettings(context);
    const read = new Set(reads.map(({ variable }) => variable));
    const deployed = new Set(set.map(({ name }) => name));
    const wanted = reads.filter(({ variable }) => !deployed.has(variable));
    const own = context.project.modules[0]?.name.split(".", 1)[0] ?? "";
    const reported = new Set<string>();
    for (const { name, file, range, scope } of unread) {
      if (reported.has(name) || read.has(name)) continue;
      const meant = wanted.find(({ variable }) => meanTheSame(name, variable, own));
      // What is set for another program beside it is read there.
      const isDjangos = set.some((one) => one.file === file && one.scope === scope && read.has(one.name));
      if (meant === undefined || !isDjangos) continue;
      if (isVariableUsed(context, name) || isVariableInDeployment(context, meant.variable)) continue;
      reported.add(name);
      context.report({
        message: "other",
        values: { variable: name, other: meant.variable, place: placeLabel(context, meant.site) },
        at: siteOf(file, range),
        chain: [{ site: meant.site, text: `reads ${meant.variable}` }],
      });
    }
  },
});

/** Libraries that read all variables with a prefix. */
const READ_BY_PREFIX = ["dynaconf", "pydantic-settings", "goodconf", "environ-config", "typed-settings"];

/** What images, platforms and servers read. */
const READ_BY_OTHERS =
  /^(?:POSTGRES|PG|MYSQL|MARIADB|REDIS|RABBITMQ|MINIO|MONGO|ELASTIC|NGINX|VIRTUAL|LETSENCRYPT|TRAEFIK|CADDY|NODE|NPM|VITE|NEXT|REACT|NUXT|PYTHON|PIP|UV|POETRY|GUNICORN|UWSGI|UVICORN|WEB_CONCURRENCY|NEW_RELIC|SENTRY|DD|OTEL|FLOWER|C_FORCE_ROOT|DJANGO_SUPERUSER|DOCKER|COMPOSE|DISABLE_COLLECTSTATIC|AWS|GOOGLE|AZURE|GAE)(?:_|$)/;
