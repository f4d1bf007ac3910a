/*
 * The paths in the index of a git repository: what is tracked, be it ignored or not.
 * Source: https://git-scm.com/docs/index-format, versions 2 to 4, with SHA-1.
 */

const HEADER = 12;
/** Times, device, inode, mode, owner and size before an object's name of 20 bytes and the flags. */
const FIXED = 62;
const MODE = 24;
const FLAGS = 60;
const EXTENDED = 0x4000;

/**
 * The tracked files of an index, relative to the repository's root, with `/` between folders. `undefined` for anything that is no
 * such index or is damaged: then nobody knows what is tracked.
 */
export function indexedPaths(bytes: Uint8Array): readonly string[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER || view.getUint32(0) !== 0x44495243) return undefined;
  const version = view.getUint32(4);
  const count = view.getUint32(8);
  if (version < 2 || version > 4 || count > bytes.length / FIXED) return undefined;
  const paths: string[] = [];
  const reader = new EntryReader(bytes, view, version);
  for (let index = 0; index < count; index += 1) {
    const path = reader.next();
    if (path === undefined) return undefined;
    // Of a sparse index: a folder of which nothing is checked out.
    if (!path.endsWith("/")) paths.push(path);
  }
  return paths;
}

class EntryReader {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly version: number;
  private readonly decoder = new TextDecoder();
  private at = HEADER;
  private previous = new Uint8Array();

  constructor(bytes: Uint8Array, view: DataView, version: number) {
    this.bytes = bytes;
    this.view = view;
    this.version = version;
  }

  /** The path of the next entry; `undefined` where there is none. */
  next(): string | undefined {
    const start = this.at;
    if (start + FIXED > this.bytes.length || !isMode(this.view.getUint32(start + MODE))) return undefined;
    const isExtended = this.version > 2 && (this.view.getUint16(start + FLAGS) & EXTENDED) !== 0;
    this.at = start + FIXED + (isExtended ? 2 : 0);
    const kept = this.version === 4 ? this.previous.length - this.stripped() : 0;
    const end = this.bytes.indexOf(0, this.at);
    if (end < 0 || kept < 0) return undefined;
    const name = new Uint8Array(kept + end - this.at);
    name.set(this.previous.subarray(0, kept));
    name.set(this.bytes.subarray(this.at, end), kept);
    const path = this.decoder.decode(name);
    // Entries of the older versions end with one to eight zeros, at a multiple of eight.
    this.at = this.version === 4 ? end + 1 : start + (Math.floor((end - start) / 8) + 1) * 8;
    if (path === "" || path.startsWith("/")) return undefined;
    this.previous = name;
    return path;
  }

  /** How much is cut off from the path before: an offset as in packs, seven bits a byte. */
  private stripped(): number {
    let byte = this.bytes[this.at++] ?? 0;
    let value = byte & 0x7f;
    while ((byte & 0x80) !== 0 && value < this.bytes.length) {
      byte = this.bytes[this.at++] ?? 0;
      value = (value + 1) * 128 + (byte & 0x7f);
    }
    return value;
  }
}

/** A file, a link, a submodule, or a folder of a sparse index. */
function isMode(mode: number): boolean {
  return [0o100, 0o120, 0o160, 0o040].includes(mode >> 9);
}
