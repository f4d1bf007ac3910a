import { graphJson, graphMermaid } from "./graph";
import { graphText } from "./graphText";
import { tellNotes } from "./checkCommand";
import { EXIT, UsageError, type CliHost } from "./host";
import { Session, type CommonOptions } from "./session";

export const GRAPH_FORMATS = ["text", "json", "mermaid"] as const;

export interface GraphOptions extends CommonOptions {
  readonly format: (typeof GRAPH_FORMATS)[number];
}

/** Prints settings modules, what they import, and what selects them. Exit code 0, or 2 on errors. */
export async function graph(host: CliHost, paths: readonly string[], options: GraphOptions): Promise<number> {
  const session = await Session.open(host, paths, options, true);
  const nothing = session.nothingFound();
  if (nothing !== undefined) throw new UsageError(nothing);
  const { projects, at, style } = session;
  switch (options.format) {
    case "text":
      host.stdout.write(graphText(projects, at, style));
      break;
    case "json":
      host.stdout.write(graphJson(projects, at));
      break;
    case "mermaid":
      host.stdout.write(graphMermaid(projects, at));
      break;
  }
  tellNotes(session, options);
  return session.problems.length > 0 ? EXIT.error : EXIT.clean;
}
