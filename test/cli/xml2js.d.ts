declare module "xml2js" {
  /** Rejects what is not well-formed. Elements become properties that hold lists; attributes stand under `$`, text under `_`. */
  export function parseStringPromise(xml: string): Promise<unknown>;
}
