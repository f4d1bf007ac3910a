import { isTruthy } from "../../lint/effective";
import { defineRule } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { textOf } from "../questions/dicts/dicts";
import doc from "./celery-broker-unsuitable.md";

/** Schemes of broker URLs and what is wrong with them in production (kombu/transport). */
const UNSUITABLE = [
  [/^memory:/, "it does not cross processes, so that workers never see a task"],
  [/^filesystem:/, "tasks are files that only reach workers on the same disk, which is meant for tests"],
  [/^(?:sqla|sqlalchemy|db)\+/, "workers poll a database and cannot be controlled, and kombu calls it experimental"],
  [/^django:/, "Celery 4 removed this transport, and workers do not start"],
] as const;

export const celeryBrokerUnsuitable = defineRule({
  id: "celery-broker-unsuitable",
  category: "third-party",
  severity: "warning",
  audience: "production",
  messages: {
    unsuitable:
      "{setting} is a {scheme} URL in {module}, which runs in {environment}: {reason}. Use Redis, RabbitMQ or another broker for production.",
  },
  doc,

  check(context) {
    // Without a broker in use, celery-always-eager has the say.
    if (["CELERY_TASK_ALWAYS_EAGER", "CELERY_ALWAYS_EAGER"].some((name) => context.setting(name).certainly(isTruthy)))
      return;
    for (const name of ["CELERY_BROKER_URL", "BROKER_URL"]) {
      const proof = context.setting(name).judge((value) => rowOf(value) !== undefined);
      const row = proof && rowOf(proof.value);
      if (proof?.origin === undefined || row === undefined) continue;
      const scheme = `${textOf(proof.value)?.split(":", 1)[0] ?? ""}://`;
      context.report({ message: "unsuitable", values: { scheme, reason: row[1] }, proof });
    }
  },
});

function rowOf(value: Value) {
  const url = textOf(value);
  return url === undefined ? undefined : UNSUITABLE.find(([scheme]) => scheme.test(url));
}
