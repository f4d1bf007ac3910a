import { baseName } from "../base/path";
import { entriesOf, itemsOf, nodeAt, readTrees, textOf, type TreeEntry, type TreeNode } from "../documents/tree";
import { deploymentFiles, type DeploymentFile } from "./deploymentFiles";
import { usageOfPath } from "./nameWords";
import { perListing } from "./perListing";
import type { Snapshot } from "./snapshot";

/** Whether a file configures a program that copies a SQLite database to safety. */
const hasCopies = perListing(({ files }) => [...files].some((file) => /^(?:litestream|litefs)\b/.test(baseName(file))));

/** Platforms that give a program a new, empty disk at each deployment, most at each start, unless a disk is attached. */
const EPHEMERAL: readonly (readonly [RegExp, RegExp, string])[] = [
  [/^Procfile$/, /^[ \t]*web[ \t]*:/m, "Heroku and platforms like it"],
  [/^vercel\.json$/, /\S/, "Vercel"],
  [/^render\.ya?ml$/, /\bservices\s*:/, "Render"],
  [/^app\.ya?ml$/, /^[ \t]*runtime[ \t]*:[ \t]*python/m, "App Engine"],
  [/^cloudbuild[\w.-]*\.ya?ml$/, /\brun\b[^\w]{1,40}\bdeploy\b/, "Cloud Run"],
  [/^fly(?:[.-][\w-]+)?\.toml$/, /\S/, "Fly.io"],
];

/** Disks that outlive a container, and programs that copy a SQLite database to safety. */
const LASTING_DISK =
  /^[ \t]*(?:-[ \t]*)?["']?(?:volumes|volumeMounts|mounts|disk|disks)["']?[ \t]*:|^[ \t]*VOLUME[ \t]+["'[/$]|^[ \t]*\[{1,2}mounts\b|litestream|litefs|PersistentVolume/im;

/** Images and services whose volumes hold nothing of Django's. */
const OTHER_SERVICE =
  /(?:^|\/)(?:postgres|postgis|timescaledb|pgvector|mysql|mariadb|mssql|mongo|redis|valkey|memcached|rabbitmq|nginx|traefik|caddy|certbot|elasticsearch|opensearch|minio|pgadmin|adminer|grafana|prometheus)/;

/** Folders that volumes are for where a database does not lie in them, by a word of the path's last part in the container. */
function isForFilesAlone(path: string): boolean {
  const words = (path.split("/").at(-1) ?? "").split(/[._-]/);
  return words.some((word) => /^(?:static|media|upload|log)/i.test(word));
}

/** How strong a sign is: developers mount the code that they work on, so that this says little where a platform is known. */
type Lasting = "disk" | "code";

/** A mount of the project itself, or of the folder in it that has the code. */
const CODE = /^(?:\.{1,2}|\.\/(?:api|app|backend|code|django|project|server|src|web))\/?(?::|$)/;

/**
 * What a compose file mounts into a service that may be the project's own, folders of static files, uploads and logs alone left
 * out where a `database` is asked for.
 */
function composedDisk(services: readonly TreeEntry[], what: Stored): Lasting | undefined {
  const found = services.filter((service) => !isOther(service)).map(({ value }) => mountedIn(value, what));
  return found.find((one) => one === "disk") ?? found.find((one) => one === "code");
}

function mountedIn(service: TreeNode, what: Stored): Lasting | undefined {
  if (nodeAt(service, "extends") !== undefined) return "disk";
  const volumes = nodeAt(service, "volumes");
  if (volumes?.kind !== "list") return volumes === undefined ? undefined : "disk";
  const held = itemsOf(volumes).filter((one) => what !== "database" || !isForFilesAlone(targetOf(one) ?? ""));
  if (held.length === 0) return undefined;
  return held.every((one) => CODE.test(textOf(one) ?? textOf(nodeAt(one, "source")) ?? "")) ? "code" : "disk";
}

/** A service for something else than the project, by its image, or by its name where the project builds it. */
function isOther({ key, value }: TreeEntry): boolean {
  return OTHER_SERVICE.test(nodeAt(value, "build") === undefined ? (textOf(nodeAt(value, "image")) ?? "") : key);
}

/** The path in the container, without a slash at its end. */
function targetOf(volume: TreeNode): string | undefined {
  return (textOf(volume)?.split(":")[1] ?? textOf(nodeAt(volume, "target")))?.replace(/\/$/, "");
}

/** The services of a compose file, whatever its name is; `undefined` of another file, and where it cannot be read. */
function servicesIn({ path, text }: DeploymentFile): readonly TreeEntry[] | undefined {
  if (!/\.ya?ml$/.test(path) || !/^services[ \t]*:/m.test(text)) return undefined;
  const maps = readTrees(path, text)?.map((document) => nodeAt(document, "services"));
  return maps?.every((one) => one?.kind === "map") === true ? maps.flatMap((one) => entriesOf(one)) : undefined;
}

function lastingDisk(file: DeploymentFile, what: Stored): Lasting | undefined {
  const services = servicesIn(file);
  if (services !== undefined) return composedDisk(services, what);
  const { text } = file;
  const mounts = (line: string): boolean =>
    /\bdocker[ \t]+run\b/.test(line) && /[ \t](?:-v|--volume|--mount)\b/.test(line);
  return LASTING_DISK.test(text) || text.split("\n").some(mounts) ? "disk" : undefined;
}

/** The platform that a file is for, if its disks do not last. */
function ephemeralPlatform(file: DeploymentFile, what: Stored): string | undefined {
  const known = EPHEMERAL.find(([name, says]) => name.test(baseName(file.path)) && says.test(file.text))?.[2];
  if (known !== undefined || usageOfPath(file.relative) !== "production") return known;
  // A container of compose keeps what is mounted into it, no more.
  const services = servicesIn(file) ?? [];
  const isBuilt = services.some((one) => !isOther(one) && nodeAt(one.value, "build") !== undefined);
  return isBuilt && composedDisk(services, what) === undefined ? "containers without volumes" : undefined;
}

/** What the deployment files say of the disk that the project writes to. */
export type Disk =
  | { readonly kind: "lasting" | "unknown" }
  | { readonly kind: "ephemeral"; readonly platform: string; readonly file: DeploymentFile };

/** What is written to a disk. */
export type Stored = "database" | "files";

/**
 * Whether what is written survives a deployment. Any sign of a lasting disk counts, also one for something else: errs towards
 * `lasting`. Only the code's own folder does not, where a platform is known: that is how developers run it.
 */
export function diskOf(snapshot: Snapshot, what: Stored): Disk {
  const signs = filesOfSite(snapshot).map((file) =>
    snapshot.derive(`lasting disk for ${what}`, file.path, () => lastingDisk(file, what)),
  );
  if (hasCopies(snapshot.listing) || signs.includes("disk")) return { kind: "lasting" };
  return diskOfPlatform(snapshot, what) ?? { kind: signs.includes("code") ? "lasting" : "unknown" };
}

/** The disk of the platform that a deployment file is for, whatever others say; `undefined` where there is none whose disks do not last. */
export function diskOfPlatform(snapshot: Snapshot, what: Stored): Disk | undefined {
  if (hasCopies(snapshot.listing)) return undefined;
  for (const file of filesOfSite(snapshot)) {
    const platform = snapshot.derive(`lost disk for ${what}`, file.path, () => ephemeralPlatform(file, what));
    if (platform !== undefined) return { kind: "ephemeral", platform, file };
  }
  return undefined;
}

function filesOfSite(snapshot: Snapshot): readonly DeploymentFile[] {
  return deploymentFiles(snapshot).filter(({ relative }) => {
    const usage = usageOfPath(relative);
    return usage !== "development" && usage !== "test";
  });
}
