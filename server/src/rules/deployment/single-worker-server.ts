import { baseName } from "../../base/path";
import { defineRule, siteOf, type RuleContext } from "../../lint/rule";
import { deploymentFiles } from "../../project/deploymentFiles";
import doc from "./single-worker-server.md";

export const singleWorkerServer = defineRule({
  id: "single-worker-server",
  category: "deployment",
  severity: "hint",
  audience: "project",
  onByDefault: false,
  messages: {
    single:
      "{server} starts a single worker here: one slow request keeps all others waiting, unless several containers share the load. Set --workers, or WEB_CONCURRENCY.",
  },
  fixes: { workers: { safety: "unsafe", title: "Start 4 workers" } },
  doc,

  check(context) {
    if (isConfiguredElsewhere(context)) return;
    for (const { serves, file, range } of context.project.starts) {
      const command = context.snapshot.text(file)?.slice(range.start, range.end) ?? "";
      const server = serves === "worker" ? undefined : singleWorker(command);
      if (server === undefined) continue;
      // Elsewhere a command may be a list, or be quoted.
      const isPlain = baseName(file) === "Procfile";
      context.report({
        message: "single",
        values: { server },
        at: siteOf(file, range),
        fixes: [isPlain ? { id: "workers", edit: (edit) => edit.insert(file, range.end, " --workers 4") } : undefined],
      });
    }
  },
});

/** The server that a command starts with one worker, as it does where no option says more. */
function singleWorker(command: string): string | undefined {
  if (/\bgunicorn\b/.test(command))
    return /(?:^|[\s"'])(?:-w|--workers|--threads|-c|--config)(?:\b|\d)/.test(command) ? undefined : "Gunicorn";
  return /\buvicorn\b/.test(command) && !command.includes("--workers") ? "Uvicorn" : undefined;
}

/** A variable or a file of Gunicorn's may say how many workers there are. */
function isConfiguredElsewhere({ snapshot }: RuleContext): boolean {
  return (
    deploymentFiles(snapshot).some(({ text }) => /\b(?:WEB_CONCURRENCY|GUNICORN_CMD_ARGS)\b/.test(text)) ||
    [...snapshot.listing.files].some((file) => /gunicorn[\w.-]{0,20}\.py$/.test(file))
  );
}
