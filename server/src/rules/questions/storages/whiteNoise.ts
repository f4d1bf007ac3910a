import type { RuleContext } from "../../../lint/rule";
import { findInCode, type CodeQuestion } from "../../../project/codeIndex";
import { hasOlder } from "../apps/packages";
import { hasMiddleware, WHITENOISE } from "../middleware/middleware";

/** How WhiteNoise was put around a site before its middleware, until its release 4. */
const WRAPPED: CodeQuestion = {
  id: "WhiteNoise around the WSGI application",
  files: /(?:^|\/)wsgi\.py$/,
  pattern: /^[ \t]*\w+[ \t]*=[ \t]*DjangoWhiteNoise\(/m,
};

/** The first releases with storages that are called as today, and without the wrapper. */
const NAMED_AS_TODAY = { name: "whitenoise", version: [3, 0], django: [1, 8] } as const;
const WITHOUT_WRAPPER = { name: "whitenoise", version: [4, 0], django: [1, 11] } as const;

/** The storage of WhiteNoise's that hashes and compresses, where it certainly serves the static files. */
export function whiteNoiseStorage(context: RuleContext): string | undefined {
  const today = "whitenoise.storage.CompressedManifestStaticFilesStorage";
  if (hasMiddleware(context, WHITENOISE)) return today;
  const isWrapped =
    hasOlder(context, WITHOUT_WRAPPER) && findInCode(context.snapshot, context.project.root, WRAPPED) !== undefined;
  if (!isWrapped) return undefined;
  return hasOlder(context, NAMED_AS_TODAY) ? "whitenoise.django.GzipManifestStaticFilesStorage" : today;
}
