import type { DjangoCheck } from "./check";

export const filesChecks: readonly DjangoCheck[] = [];
