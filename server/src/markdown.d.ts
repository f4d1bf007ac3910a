/** A rule's page is imported as its text: esbuild inlines it into the bundles, a require hook reads it in tests. */
declare module "*.md" {
  const text: string;
  export default text;
}
