import { entriesOf, itemsOf, nodeAt, readTrees, textOf, type TreeNode } from "../documents/tree";
import type { FilePath } from "../base/path";
import { baseName, relativePath } from "../base/path";
import { formatOf } from "./entryPoints/formats";
import { isExamplePath } from "./exampleFiles";
import { usageOfPath } from "./nameWords";
import { perListing } from "./perListing";
import type { Snapshot } from "./snapshot";

/** A file that builds, starts or configures the project somewhere. */
export interface DeploymentFile {
  readonly path: FilePath;
  readonly relative: string;
  readonly text: string;
}

/**
 * The files of the workspace that discovery reads for entry points, save for Python, with their texts: Dockerfiles, compose
 * files, scripts, CI, platforms' manifests. They are loaded already, so that asking costs no reading. Deployments that are
 * described elsewhere are not seen: take what is here as evidence, what is missing never as proof.
 */
export function deploymentFiles(snapshot: Snapshot): readonly DeploymentFile[] {
  return deploymentPaths(snapshot.listing).flatMap(({ path, relative }) => {
    const text = snapshot.text(path);
    return text === undefined ? [] : [{ path, relative, text }];
  });
}

const deploymentPaths = perListing(({ root, files }) =>
  [...files]
    .filter((path) => !path.endsWith(".py"))
    .map((path) => ({ path, relative: relativePath(root, path) }))
    .filter(({ relative }) => !isExamplePath(relative) && formatOf(relative) !== undefined),
);

/** Whether a file configures a program that copies a SQLite database to safety. */
const hasCopies = perListing(({ files }) => [...files].some((file) => /^(?:litestream|litefs)\b/.test(baseName(file))));

/** Platforms that give a program a new, empty disk at each start, unless a disk is attached. */
const EPHEMERAL: readonly (readonly [RegExp, RegExp, string])[] = [
  [/^Procfile$/, /^[ \t]*web[ \t]*:/m, "Heroku and platforms like it"],
  [/^vercel\.json$/, /\S/, "Vercel"],
  [/^render\.ya?ml$/, /\bservices\s*:/, "Render"],
  [/^app\.ya?ml$/, /^[ \t]*runtime[ \t]*:[ \t]*python/m, "App Engine"],
  [/^cloudbuild[\w.-]*\.ya?ml$/, /\brun\b[^\w]{1,40}\bdeploy\b/, "Cloud Run"],
  [/^fly(?:[.-][\w-]+)?\.toml$/, /\S/, "Fly.io"],
];

const COMPOSE = /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/;

/** Disks that outlive a container, and programs that copy a SQLite database to safety. */
const LASTING_DISK =
  /^[ \t]*(?:-[ \t]*)?["']?(?:volumes|volumeMounts|mounts|disk|disks)["']?[ \t]*:|^[ \t]*VOLUME\b|^[ \t]*\[{1,2}mounts\b|litestream|litefs|PersistentVolume/im;

/** Services whose volumes hold nothing of Django's. */
const OTHER_SERVICE =
  /(?:^|\/)(?:postgres|postgis|timescaledb|pgvector|mysql|mariadb|mssql|mongo|redis|valkey|memcached|rabbitmq|nginx|traefik|caddy|certbot|elasticsearch|opensearch|minio|pgadmin|adminer|grafana|prometheus)/;

/** Folders that volumes are for where a database does not lie in them, by a word of the path's last part in the container. */
function isForFilesAlone(path: string): boolean {
  const words = (path.split("/").at(-1) ?? "").split(/[._-]/);
  return words.some((word) => /^(?:static|media|upload|log)/i.test(word));
}

/**
 * Whether a compose file mounts something into a service that may be the project's own, folders of static files, uploads and
 * logs alone left out where a `database` is asked for; `undefined` where it cannot be read.
 */
function hasOwnVolume({ path, text }: DeploymentFile, what: Stored): boolean | undefined {
  const documents = readTrees(path, text);
  if (documents === undefined) return undefined;
  const services = documents.flatMap((document) => entriesOf(nodeAt(document, "services")));
  return services.some(({ value }) => {
    const isOther = nodeAt(value, "build") === undefined && OTHER_SERVICE.test(textOf(nodeAt(value, "image")) ?? "");
    const mayHold = (volume: TreeNode): boolean => what !== "database" || !isForFilesAlone(targetOf(volume) ?? "");
    const volumes = nodeAt(value, "volumes");
    const isMounted = volumes?.kind === "list" ? itemsOf(volumes).some(mayHold) : volumes !== undefined;
    return !isOther && (isMounted || nodeAt(value, "extends") !== undefined);
  });
}

/** The path in the container, without a slash at its end. */
function targetOf(volume: TreeNode): string | undefined {
  return (textOf(volume)?.split(":")[1] ?? textOf(nodeAt(volume, "target")))?.replace(/\/$/, "");
}

function hasLastingDisk(file: DeploymentFile, what: Stored): boolean {
  const own = COMPOSE.test(file.relative) ? hasOwnVolume(file, what) : undefined;
  if (own !== undefined) return own;
  const { text } = file;
  const mounts = (line: string): boolean =>
    /\bdocker[ \t]+run\b/.test(line) && /[ \t](?:-v|--volume|--mount)\b/.test(line);
  return LASTING_DISK.test(text) || text.split("\n").some(mounts);
}

/** What the deployment files say of the disk that the project writes to. */
export type Disk =
  | { readonly kind: "lasting" | "unknown" }
  | { readonly kind: "ephemeral"; readonly platform: string; readonly file: DeploymentFile };

/** What is written to a disk. */
export type Stored = "database" | "files";

/** Whether what is written survives a deployment. Any sign of a lasting disk counts, also one for something else: errs towards `lasting`. */
export function diskOf(snapshot: Snapshot, what: Stored): Disk {
  const files = deploymentFiles(snapshot).filter(({ relative }) => {
    const usage = usageOfPath(relative);
    return usage !== "development" && usage !== "test";
  });
  if (
    hasCopies(snapshot.listing) ||
    files.some((file) => snapshot.derive(`lasting disk for ${what}`, file.path, () => hasLastingDisk(file, what)))
  )
    return { kind: "lasting" };
  for (const file of files) {
    const platform = EPHEMERAL.find(([name, says]) => name.test(baseName(file.path)) && says.test(file.text));
    if (platform !== undefined) return { kind: "ephemeral", platform: platform[2], file };
  }
  return { kind: "unknown" };
}
