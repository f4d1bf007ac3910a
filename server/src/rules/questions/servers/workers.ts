import type { RuleContext } from "../../../lint/rule";
import { findInCode, searchesAll, type CodeQuestion } from "../../../project/codeIndex";
import { deploymentFiles } from "../../../project/deploymentFiles";

/** Packages for processes that freeze between requests, in which persistent connections do not live. */
const FREEZING = ["zappa", "mangum", "serverless-wsgi", "apig-wsgi"];

const SERVERLESS = /(?:^|\/)(?:vercel\.json|serverless[\w.-]*\.(?:ya?ml|json)|zappa_settings\.\w+)$/;

/** Packages for green threads, with which persistent connections pile up. */
const GREEN = ["gevent", "eventlet", "meinheld"];

const GREEN_THREADS: CodeQuestion = {
  id: "green threads",
  files: /\.(?:py|conf|ini|cfg|j2|service)$/,
  pattern: /\b(?:gevent|eventlet|meinheld)\b/,
};

/**
 * Whether production may run under WSGI with something else than processes and threads that live on between requests. A package for
 * green threads does not do it alone where a command that starts the site is known: something has to choose its workers.
 */
export function mayUseOtherWorkers(context: RuleContext): boolean {
  const files = deploymentFiles(context.snapshot);
  if (FREEZING.some((name) => context.hasPackage(name))) return true;
  if (files.some(({ relative }) => SERVERLESS.test(relative))) return true;
  if (!GREEN.some((name) => context.hasPackage(name))) return false;
  if (context.project.server !== "wsgi") return true;
  const { snapshot, project } = context;
  return (
    // Where packages are listed, too, nobody chooses workers.
    files.some(
      ({ relative, text }) => !/(?:^|\/)pyproject\.toml$/.test(relative) && GREEN_THREADS.pattern.test(text),
    ) ||
    findInCode(snapshot, project.root, GREEN_THREADS) !== undefined ||
    !searchesAll(snapshot, project.root, GREEN_THREADS.files)
  );
}
