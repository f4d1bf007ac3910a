import {
  LSPErrorCodes,
  ResponseError,
  type DiagnosticServerCancellationData,
  type TextDocumentPositionParams,
} from "vscode-languageserver";
import { Cancelled } from "../base/cancellation";
import type { FilePath } from "../base/path";
import type { LineIndex } from "../base/text";
import type { Analysis } from "../features/analysis";
import { fromPosition } from "./convert";
import type { ListenableToken } from "./current";
import type { Session } from "./session";
import type { State } from "./state";

/** Requests that take longer are named in the log. */
const SLOW = 500;

/** Thrown by handlers when what they were asked about has changed meanwhile, so that an answer would not fit any more. */
export class Superseded extends Error {
  /** Whether the client should ask again by itself: diagnostics only. */
  readonly retrigger: boolean;

  constructor(retrigger = false) {
    super("superseded");
    this.name = "Superseded";
    this.retrigger = retrigger;
  }
}

/**
 * Wraps the handler of a request: an error is logged and answered with `empty`, a refusal goes to who asked, cancellation with the code that the protocol
 * has for it, and slow answers are named in the log.
 */
export function answering<Params, Result>(
  session: Session,
  method: string,
  empty: Result,
  handler: (params: Params, token: ListenableToken) => Promise<Result> | Result,
): (params: Params, token: ListenableToken) => Promise<Result> {
  return async (params, token) => {
    const started = performance.now();
    try {
      return await handler(params, token);
    } catch (error) {
      if (error instanceof Cancelled) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
      if (error instanceof Superseded) throw supersededError(error);
      if (error instanceof ResponseError) throw error;
      session.log.failure(method, error);
      return empty;
    } finally {
      const took = performance.now() - started;
      if (took > SLOW && !session.isShutDown) session.log.debug(`${method} took ${Math.round(took)} ms`);
    }
  };
}

function supersededError({ retrigger }: Superseded): ResponseError<unknown> {
  if (!retrigger) return new ResponseError(LSPErrorCodes.ContentModified, "the document has changed");
  const data: DiagnosticServerCancellationData = { retriggerRequest: true };
  return new ResponseError(LSPErrorCodes.ServerCancelled, "the document has changed", data);
}

/** Wraps the handler of a notification: an error is logged. */
export function noticing<Params>(
  session: Session,
  method: string,
  handler: (params: Params) => Promise<void> | void,
): (params: Params) => Promise<void> {
  return async (params) => {
    try {
      await handler(params);
    } catch (error) {
      session.log.failure(method, error);
    }
  };
}

/** How a request about one open file is guarded. */
interface FileGuard<Result> {
  /** The answer about a file that is not ours. */
  readonly empty: Result;
  /** Whether the request is answered for this file; {@link Session.serves} by default. */
  readonly isOurs?: (file: FilePath) => boolean;
  /** Whether a client should ask again by itself when the document changes meanwhile. */
  readonly retrigger?: boolean;
}

/** Answers a request about one file from the newest state. Throws {@link Superseded} when the document changes meanwhile. */
export async function aboutFile<Result>(
  session: Session,
  params: { readonly textDocument: { readonly uri: string } },
  token: ListenableToken,
  { empty, isOurs = (file) => session.serves(file), retrigger = false }: FileGuard<Result>,
  answer: (state: State, file: FilePath) => Promise<Result> | Result,
): Promise<Result> {
  const file = session.addresses.path(params.textDocument.uri);
  if (file === undefined || !isOurs(file)) return empty;
  const version = session.documents.get(file)?.version ?? null;
  const state = await session.state(token);
  if (state.version(file) !== version) throw new Superseded(retrigger);
  return answer(state, file);
}

/** What is asked about a place of an analysed file. */
export interface Place {
  readonly state: State;
  readonly analysis: Analysis;
  readonly file: FilePath;
  readonly lines: LineIndex;
  /** UTF-16 code units from the start of the file. */
  readonly offset: number;
}

/** As {@link aboutFile}, for requests about a place of the file; `empty` where no analysis has read it. */
export async function aboutPlace<Result>(
  session: Session,
  params: TextDocumentPositionParams,
  token: ListenableToken,
  empty: Result,
  answer: (place: Place) => Promise<Result> | Result,
): Promise<Result> {
  return aboutFile(session, params, token, { empty }, (state, file) => {
    const analysis = state.folderOf(file)?.analysis;
    const lines = state.lines(file);
    if (analysis === undefined || lines === undefined) return empty;
    return answer({ state, analysis, file, lines, offset: fromPosition(lines, params.position) });
  });
}
