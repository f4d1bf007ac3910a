import type { DjangoCheck } from "./check";

export const securityChecks: readonly DjangoCheck[] = [];
