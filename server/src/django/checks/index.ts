import { adminChecks } from "./admin";
import { appsChecks } from "./apps";
import type { DjangoCheck } from "./check";
import { filesChecks } from "./files";
import { securityChecks } from "./security";
import { templatesChecks } from "./templates";
import { translationChecks } from "./translation";

/** Every system check of Django that depends on settings alone, for all releases that the facts know. */
export const djangoChecks: readonly DjangoCheck[] = [
  ...securityChecks,
  ...filesChecks,
  ...appsChecks,
  ...adminChecks,
  ...templatesChecks,
  ...translationChecks,
];
