import type { CodeActionParams, DocumentDiagnosticParams, HoverParams, RequestMessage } from "vscode-languageserver";
import * as custom from "../protocol";
import { actionsIn } from "./codeAction";
import { explainRule, rulesList, status } from "./customRequests";
import { reportIn } from "./documentDiagnostic";
import { hoverIn } from "./hover";
import type { Session } from "./session";

/** Milliseconds that what is asked about a file waits for the new state before the last one answers. */
const PATIENCE = 500;
/** As long, for diagnostics: what the last state says of them stays on the screen anyway, and the client has to ask again. */
const DIAGNOSTICS_PATIENCE = 2000;

/**
 * Answers a request in the middle of an analysis: at once what needs none; after a while, from the last state, what is about
 * a file whose text has not changed since. Diagnostics only for a client that can be asked to pull again.
 */
export function answerNow(
  session: Session,
  { method, params }: RequestMessage,
  waited: number,
): { readonly result: unknown } | undefined {
  try {
    switch (method) {
      case custom.rulesRequest:
        return { result: rulesList(session) };
      case custom.explainRuleRequest:
        return { result: explainRule(session, params as custom.ExplainRuleParams) };
      case custom.statusRequest:
        return { result: status(session, params as custom.StatusParams) };
      default:
        return waited < PATIENCE ? undefined : answerFromLast(session, method, params, waited);
    }
  } catch {
    // The usual way to answer logs what is wrong.
    return undefined;
  }
}

function answerFromLast(
  session: Session,
  method: string,
  params: unknown,
  waited: number,
): { readonly result: unknown } | undefined {
  const uri = (params as { textDocument?: { uri?: string } } | undefined)?.textDocument?.uri;
  const file = uri === undefined ? undefined : session.addresses.path(uri);
  const state = file === undefined || !session.serves(file) ? undefined : session.latestFor(file);
  if (file === undefined || state === undefined) return undefined;
  const { features } = session;
  switch (method) {
    case "textDocument/hover":
      return { result: hoverIn(session, state, file, params as HoverParams) };
    case "textDocument/codeAction":
      return features.resolvesEdits
        ? { result: actionsIn(session, state, file, params as CodeActionParams) }
        : undefined;
    case "textDocument/diagnostic":
      return features.refreshesDiagnostics && waited >= DIAGNOSTICS_PATIENCE
        ? { result: reportIn(session, state, file, params as DocumentDiagnosticParams) }
        : undefined;
    default:
      return undefined;
  }
}
