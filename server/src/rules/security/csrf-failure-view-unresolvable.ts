import { findView, takesRequestAndReason } from "../../django/dottedPaths";
import { defineRule, type MessageOf } from "../../lint/rule";
import doc from "./csrf-failure-view-unresolvable.md";

const SETTING = "CSRF_FAILURE_VIEW";

export const csrfFailureViewUnresolvable = defineRule({
  id: "csrf-failure-view-unresolvable",
  category: "security",
  severity: "error",
  audience: "entry",
  djangoChecks: ["security.E102", "security.E101"],
  messages: {
    module:
      'CSRF_FAILURE_VIEW is "{path}", whose module does not exist: in {module}, a request that fails CSRF validation returns 500 instead of 403. Write the path of a view.',
    name: 'CSRF_FAILURE_VIEW is "{path}", which is not defined: in {module}, a request that fails CSRF validation returns 500 instead of 403. Write the path of a view.',
    undotted:
      'CSRF_FAILURE_VIEW is "{path}", which names no module: in {module}, a request that fails CSRF validation returns 500 instead of 403. Write the whole path of a view, with its module.',
    arguments:
      'CSRF_FAILURE_VIEW is "{path}", which takes other arguments: Django calls view(request, reason=""), so in {module}, a request that fails CSRF validation returns 500 instead of 403. Give it these parameters.',
  },
  doc,

  check(context) {
    const proof = context.setting(SETTING).mustBe((value) => value.kind === "str");
    if (proof?.origin === undefined || proof.value.kind !== "str") return;
    const path = proof.value.value;
    const host = context.snapshot.host(context.project.importRoots);
    const found = findView(host, context.module.file, path);
    const message = messageFor(path, found);
    if (message === undefined) return;
    // Of a view that is not there Django's check dies without naming itself.
    context.report({ message, values: { path }, proof, djangoCheck: found.kind === "absent" ? "none" : undefined });
  },
});

function messageFor(
  path: string,
  found: ReturnType<typeof findView>,
): MessageOf<typeof csrfFailureViewUnresolvable> | undefined {
  switch (found.kind) {
    case "not-importable":
      return path.includes(".") ? "module" : "undotted";
    case "absent":
      return found.isModule ? "module" : "name";
    case "callable":
      return found.parameters !== undefined && !takesRequestAndReason(found.parameters) ? "arguments" : undefined;
    case "unknown":
      return undefined;
  }
}
