import { normalizePath, type FilePath } from "../base/path";

/** Scheme and authority of a URI, as they are written, and its path. */
const URI = /^([A-Za-z][A-Za-z0-9+.-]*:(?:\/\/[^/?#]*)?)(\/[^?#]*)/;
const LOCAL = "file://";

/**
 * How the client names the files of the workspace. On this machine these are `file:` URIs; where the client reads the files, all
 * URIs with scheme and authority of its first folder: `vscode-vfs://github/shop/manage.py` is `/shop/manage.py`. Files of
 * other places have no path, so that nothing is said about them.
 */
export class Addresses {
  private readonly origin: string;

  /** `folder`: the URI of a folder whose files the client reads; `undefined`: the server reads the files of this machine. */
  constructor(folder?: string) {
    this.origin = originOf(folder ?? LOCAL);
  }

  /**
   * The path of a URI (`file:///c%3A/shop/manage.py` is `/c:/shop/manage.py`); `undefined` for other schemes, other machines' files
   * and malformed URIs.
   */
  path(uri: string): FilePath | undefined {
    const path = URI.exec(uri)?.[2];
    if (path === undefined || originOf(uri) !== this.origin) return undefined;
    try {
      return normalizePath(decodeURIComponent(path)).replace(
        /^\/([A-Za-z]):/,
        (_, drive: string) => `/${drive.toLowerCase()}:`,
      );
    } catch {
      return undefined;
    }
  }

  /** The URI of a path, encoded as VS Code does it. */
  uri(path: FilePath): string {
    const encoded = path.split("/").map((part) =>
      // encodeURIComponent leaves these as they are; in URIs of VS Code they are escaped.
      encodeURIComponent(part).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`),
    );
    return this.origin + encoded.join("/");
  }
}

/** `vscode-vfs://github`, `memfs:`; this machine has several names. */
function originOf(uri: string): string {
  const origin = URI.exec(uri)?.[1] ?? uri;
  return /^file:(?:\/\/(?:localhost)?)?$/i.test(origin) ? LOCAL : origin;
}
