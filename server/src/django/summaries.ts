import { table } from "../base/table";
import summaries from "./summaries.json";

const TEXTS: Readonly<Record<string, string>> = table(summaries);

/** What one of Django's settings is for, in one sentence of our own; `undefined` for any other name. */
export function settingSummary(name: string): string | undefined {
  return TEXTS[name];
}
