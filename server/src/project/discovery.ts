import type { CancellationToken } from "../base/cancellation";
import { checkCancelled, NEVER_CANCELLED } from "../base/cancellation";
import type { FilePath } from "../base/path";
import { UNDISTURBED, type Turns } from "../base/turns";
import type { Parser } from "../syntax/parser";
import { assembleProjects } from "./assembly";
import { addCandidates } from "./candidates";
import { HeardQuestions, type DiscoveryMemory } from "./discoveryMemory";
import { findEntryPoints } from "./entryPoints/findEntryPoints";
import type { FileSystem } from "./files";
import { withNamedModules } from "./ignoredModules";
import type { DjangoProject, Note, Role } from "./model";
import { ModuleGraph } from "./moduleGraph";
import { ReferenceResolver } from "./references";
import type { Overlays } from "./snapshot";
import { Snapshot } from "./snapshot";
import { SourceCache } from "./sourceCache";
import { asTemplate, isProjectTemplate, readTemplateNote, unreadableTemplate, unrenderedTemplate } from "./templates";
import type { WorkspaceListing } from "./workspaceFiles";
import { listWorkspace } from "./workspaceFiles";

export interface DiscoveryOptions {
  readonly parser: Parser;
  /** Globs relative to the root that are left out. */
  readonly exclude?: readonly string[];
  /** Roles the project's config states, by dotted module name, by path relative to the root, or by a glob of either. */
  readonly roles?: Readonly<Record<string, Role>>;
  /** What open editors show. */
  readonly overlays?: Overlays;
  /** Texts and parsed modules of earlier calls; tell it which files changed (`SourceCache.forget`). */
  readonly cache?: SourceCache;
  /** A listing of an earlier call, when no file was created, deleted or renamed since and no `.gitignore` changed. */
  readonly listing?: WorkspaceListing;
  readonly token?: CancellationToken;
  /** Lets the host take in messages while files are parsed; by default it is left alone. */
  readonly turns?: Turns;
  /** What earlier calls for the same folder have found; it hears what this one asks. */
  readonly memory?: DiscoveryMemory<FoundProjects>;
}

/** What a discovery finds, beside what it finds wrong with single files. */
export interface FoundProjects {
  readonly projects: readonly DjangoProject[];
  /** With what git ignores and something names. */
  readonly listing: WorkspaceListing;
  readonly notes: readonly Note[];
}

export interface Discovery {
  readonly projects: readonly DjangoProject[];
  /** `snapshot.host(project.importRoots)` is the evaluator's view of a project. */
  readonly snapshot: Snapshot;
  readonly notes: readonly Note[];
}

/**
 * Finds the Django projects of a workspace folder, their settings modules and what selects them. References first (what
 * entry points name, and what that imports), then neighbours and names with evidence in their content; never by reading
 * every Python file. Throws only {@link Cancelled}, when `token` asks for it.
 */
export async function discoverProjects(
  files: FileSystem,
  root: FilePath,
  options: DiscoveryOptions,
): Promise<Discovery> {
  const { exclude = [], token = NEVER_CANCELLED, roles = {}, overlays, memory } = options;
  const listing = options.listing ?? (await listWorkspace(files, root, { exclude, token }));
  const cache = options.cache ?? new SourceCache(options.parser);
  const snapshotOf = (listed: WorkspaceListing): Snapshot => new Snapshot(listed, files, cache, overlays);
  const finished = ({ projects, listing: listed, notes }: FoundProjects): Discovery => {
    const snapshot = snapshotOf(listed).becomePresent();
    return { projects, snapshot, notes: [...notes, ...snapshot.notes()] };
  };
  const surroundings = { listing, roles, unlisted: snapshotOf(listing).unlistedFiles() };
  const known = await memory?.recall(surroundings, (found) => snapshotOf(found.listing).becomePresent(), token);
  if (known !== undefined) return finished(known);
  const heard = new HeardQuestions();
  const asked = snapshotOf(listing).heardThroughoutBy(memory && heard);
  const found = await discoverIn(asked, options);
  if (!isProjectTemplate(asked.withListing(found.listing), found.projects)) {
    memory?.keep(found, surroundings, heard, snapshotOf(found.listing));
    return finished(found);
  }
  const template = await discoverIn(snapshotOf(asTemplate(listing)), options);
  if (template.projects.length > 0)
    return finished({ ...template, notes: [...template.notes, readTemplateNote(listing)] });
  const note = unrenderedTemplate(listing);
  return finished(note === undefined ? found : { ...found, notes: [...found.notes, note] });
}

/** @param base the listing without what git ignores and something names */
async function discoverIn(
  snapshot: Snapshot,
  options: DiscoveryOptions,
  base: WorkspaceListing = snapshot.listing,
): Promise<FoundProjects> {
  const { roles = {}, token = NEVER_CANCELLED, turns = UNDISTURBED } = options;
  snapshot.becomePresent();
  checkCancelled(token);
  const found = await findEntryPoints(snapshot);
  checkCancelled(token);
  const listing = await withNamedModules(base, snapshot, found.entryPoints);
  if (listing.files.size > snapshot.listing.files.size) return discoverIn(snapshot.withListing(listing), options, base);
  const resolver = new ReferenceResolver(snapshot);
  const references = found.entryPoints.map((point) => ({ point, reference: resolver.resolve(point) }));
  const graph = new ModuleGraph(snapshot, token, turns);
  const named = new Map<FilePath, FilePath>();
  for (const { reference } of references)
    if (reference?.resolution.kind === "file") named.set(reference.resolution.path, reference.root);
  await graph.grow(named);
  await addCandidates(snapshot, graph);
  checkCancelled(token);
  const assembled = await assembleProjects({ snapshot, graph, references, findings: found, roles });
  const unreadable = [...graph.unreadable].sort().map(unreadableTemplate);
  const notes = [...snapshot.listing.notes, ...found.notes, ...assembled.notes, ...unreadable];
  return { projects: assembled.projects, listing: snapshot.listing, notes };
}
