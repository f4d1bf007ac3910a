import planted from "../example.expected.json";

/** What the Problems panel lists of the example's findings: all but hints, which VS Code shows in the text only. */
export const SHOWN = planted.filter((one) => !("severity" in one));
