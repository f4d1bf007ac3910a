import type { DjangoCheck } from "./check";

export const appsChecks: readonly DjangoCheck[] = [];
