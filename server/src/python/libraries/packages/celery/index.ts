import type { Library } from "../../library";

/** Celery's schedules (https://docs.celeryq.dev/en/stable/reference/celery.schedules.html), which are what they are given. */
export const celery: Library = {
  constructors: ["celery.schedules.crontab", "celery.schedules.schedule", "celery.schedules.solar"],
};
