const SECURITY_NAME =
  /^(SECURE_|CSRF_|CORS_|X_FRAME_OPTIONS$|ALLOWED_HOSTS$|SECRET_KEY|DEBUG$|TEMPLATE_DEBUG$|TEMPLATES$|AUTHENTICATION_BACKENDS$|INTERNAL_IPS$|USE_X_FORWARDED_HOST$)|_COOKIE_(SECURE|HTTPONLY|SAMESITE)$/;

/** Whether a wrong value of a setting opens a hole, by its name. */
export function isSecurityRelevant(name: string): boolean {
  return SECURITY_NAME.test(name);
}
