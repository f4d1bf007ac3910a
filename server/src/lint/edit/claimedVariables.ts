import type { FilePath } from "../../base/path";

/** What a new environment variable shall stand for. */
export interface WantedVariable {
  readonly path: readonly string[];
  /** Names that such a value has by custom, taken as they are where nothing else has them: `REDIS_URL`. */
  readonly customary?: readonly string[];
  /** What the setting is called in short: `DB_PASSWORD`, which gets the project's prefix. */
  readonly short?: string;
  /** The value that the variable will hold, where it is known: a name that holds another value is not used. */
  readonly value?: string;
}

interface Claim {
  readonly path: string;
  readonly value: string | undefined;
}

/** The variables that fixes bring which are applied together, so that no two of them bring one for different values. */
export class ClaimedVariables {
  private readonly claims: Map<string, Claim>;

  constructor(others?: ClaimedVariables) {
    this.claims = new Map(others?.claims);
  }

  /** Whether nobody has claimed a name, or for the same value of the same setting. */
  allows(root: FilePath, name: string, wanted: WantedVariable): boolean {
    const claim = this.claims.get(keyOf(root, name));
    if (claim === undefined) return true;
    const isSameValue = claim.value === undefined || wanted.value === undefined || claim.value === wanted.value;
    return claim.path === wanted.path.join("\0") && isSameValue;
  }

  /** The variables that take the place of values known from the source. */
  get replacing(): readonly string[] {
    const known = [...this.claims].filter(([, { value }]) => value !== undefined);
    return known.map(([key]) => key.slice(key.indexOf("\0") + 1)).toSorted();
  }

  claim(root: FilePath, name: string, { path, value }: WantedVariable): void {
    this.claims.set(keyOf(root, name), { path: path.join("\0"), value });
  }
}

function keyOf(root: FilePath, name: string): string {
  return `${root}\0${name}`;
}
