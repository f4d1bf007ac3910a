import { defineRule, type ContextOf } from "../../lint/rule";
import type { Value } from "../../python/values/value";
import { entryAt, entryOf, valueAt } from "../questions/dicts/dicts";
import { isKeyOn } from "../questions/dicts/judgedKeys";
import { secondsOf } from "../questions/dicts/durations";
import doc from "./jwt-token-lifetime-long.md";

const DAY = 24 * 60 * 60;

export const jwtTokenLifetimeLong = defineRule({
  id: "jwt-token-lifetime-long",
  category: "third-party",
  severity: "warning",
  audience: "hardened",
  messages: {
    access:
      "{setting}: access tokens are valid for {days} in {module}, which runs in {environment}, and cannot be revoked: a stolen one is good for as long. Use minutes, and refresh them.",
    refresh:
      "SIMPLE_JWT: refresh tokens are valid for {days} in {module}, which runs in {environment}: a stolen one is good for as long. Use days or weeks, and rotate them.",
    order:
      "SIMPLE_JWT: access tokens outlive refresh tokens ({days}): refreshing them means nothing. Use minutes for access tokens.",
  },
  doc,

  check(context) {
    const { setting, report } = context;
    checkOthers(context);
    const judged = (key: string, isBad: (seconds: number, value: Value) => boolean) =>
      setting("SIMPLE_JWT").judge((value) => {
        const seconds = secondsOf(valueAt(value, key));
        return seconds !== undefined && isBad(seconds, value);
      });
    const access = judged("ACCESS_TOKEN_LIFETIME", (seconds) => seconds >= DAY);
    const order = judged("ACCESS_TOKEN_LIFETIME", (seconds, value) => {
      const refresh = secondsOf(valueAt(value, "REFRESH_TOKEN_LIFETIME"));
      return refresh !== undefined && seconds > refresh;
    });
    const refresh = judged("REFRESH_TOKEN_LIFETIME", (seconds) => seconds > 90 * DAY);
    const found = [
      { message: "order", key: "ACCESS_TOKEN_LIFETIME", proof: order } as const,
      { message: "access", key: "ACCESS_TOKEN_LIFETIME", proof: order === undefined ? access : undefined } as const,
      { message: "refresh", key: "REFRESH_TOKEN_LIFETIME", proof: refresh } as const,
    ];
    for (const { message, key, proof } of found) {
      if (proof?.origin === undefined) continue;
      const days = inDays(secondsOf(valueAt(proof.value, key)) ?? 0);
      const at = entryAt(proof.value, key)?.valueSite;
      // A day is what many take for short: worth a thought, no more.
      const isLong = message === "order" || (secondsOf(valueAt(proof.value, key)) ?? 0) > DAY;
      const severity = message === "refresh" || !isLong ? "info" : undefined;
      report({ message, values: { days }, proof, at, severity });
    }
  },
});

/**
 * Packages with tokens of one kind, or one that all clients send: djangorestframework-jwt and drf-jwt, which let tokens expire unless
 * told otherwise (`rest_framework_jwt/settings.py`), and django-graphql-jwt, which does so only where told to (`graphql_jwt/settings.py`).
 */
const OTHERS = [
  { name: "JWT_AUTH", expires: (value: Value) => entryOf(value, VERIFY) === "absent" },
  { name: "GRAPHQL_JWT", expires: (value: Value) => isKeyOn(value, VERIFY) },
] as const;
const VERIFY = "JWT_VERIFY_EXPIRATION";

function checkOthers({ setting, report }: ContextOf<typeof jwtTokenLifetimeLong>): void {
  const key = "JWT_EXPIRATION_DELTA";
  const lifetime = (value: Value): number => secondsOf(valueAt(value, key)) ?? 0;
  for (const { name, expires } of OTHERS) {
    const proof = setting(name).judge((value) => lifetime(value) >= DAY && expires(value));
    if (proof?.origin === undefined) continue;
    const severity = lifetime(proof.value) > DAY ? undefined : "info";
    const at = entryAt(proof.value, key)?.valueSite;
    report({ message: "access", values: { days: inDays(lifetime(proof.value)) }, proof, at, severity });
  }
}

function inDays(seconds: number): string {
  const days = Math.round(seconds / DAY);
  return days >= 1 ? `${days} ${days === 1 ? "day" : "days"}` : `${Math.round(seconds / 60)} minutes`;
}
