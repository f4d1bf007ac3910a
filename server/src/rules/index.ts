import type { Rule } from "../lint/rule";
import { absolutePathJoin } from "./correctness/absolute-path-join";
import { adminTemplateRequirements } from "./correctness/admin-template-requirements";
import { adminsInvalid } from "./correctness/admins-invalid";
import { appMissingDependency } from "./correctness/app-missing-dependency";
import { appOrder } from "./correctness/app-order";
import { appWithoutAuthBackend } from "./correctness/app-without-auth-backend";
import { appWithoutMiddleware } from "./correctness/app-without-middleware";
import { appconfigNameMismatch } from "./correctness/appconfig-name-mismatch";
import { authUserModelChangedLate } from "./correctness/auth-user-model-changed-late";
import { authUserModelInvalid } from "./correctness/auth-user-model-invalid";
import { authUserModelNotInstalled } from "./correctness/auth-user-model-not-installed";
import { cacheAliasUndefined } from "./correctness/cache-alias-undefined";
import { cacheDefaultMissing } from "./correctness/cache-default-missing";
import { databaseDefaultMissing } from "./correctness/database-default-missing";
import { databaseEngineInvalid } from "./correctness/database-engine-invalid";
import { databaseNameMissing } from "./correctness/database-name-missing";
import { databaseOptionMisplaced } from "./correctness/database-option-misplaced";
import { defaultAutoFieldMissing } from "./correctness/default-auto-field-missing";
import { djangoPathUnknown } from "./correctness/django-path-unknown";
import { dottedPathUnresolved } from "./correctness/dotted-path-unresolved";
import { duplicateListEntry } from "./correctness/duplicate-list-entry";
import { emailBackendNotProduction } from "./correctness/email-backend-not-production";
import { emailFromDefault } from "./correctness/email-from-default";
import { emailHostDefault } from "./correctness/email-host-default";
import { emailPortMismatch } from "./correctness/email-port-mismatch";
import { emailTlsSslConflict } from "./correctness/email-tls-ssl-conflict";
import { envDefaultNotCast } from "./correctness/env-default-not-cast";
import { envNoneDereference } from "./correctness/env-none-dereference";
import { envSplitEmptyString } from "./correctness/env-split-empty-string";
import { envStringAsBoolean } from "./correctness/env-string-as-boolean";
import { envStringAsInt } from "./correctness/env-string-as-int";
import { envVarOfMachine } from "./correctness/env-var-of-machine";
import { errorReportingAbsent } from "./correctness/error-reporting-absent";
import { formRendererNeedsFormsApp } from "./correctness/form-renderer-needs-forms-app";
import { implicitStringConcatenation } from "./correctness/implicit-string-concatenation";
import { installedAppDistributionName } from "./correctness/installed-app-distribution-name";
import { installedAppDuplicate } from "./correctness/installed-app-duplicate";
import { installedAppNotFound } from "./correctness/installed-app-not-found";
import { languageCodeInvalid } from "./correctness/language-code-invalid";
import { languageCodeNotListed } from "./correctness/language-code-not-listed";
import { languagesEntryInvalid } from "./correctness/languages-entry-invalid";
import { localeFolderName } from "./correctness/locale-folder-name";
import { loggerRootMisplaced } from "./correctness/logger-root-misplaced";
import { loggingDisablesExistingLoggers } from "./correctness/logging-disables-existing-loggers";
import { loggingInvalidReference } from "./correctness/logging-invalid-reference";
import { loggingMailAdminsUnfiltered } from "./correctness/logging-mail-admins-unfiltered";
import { loggingVersionMissing } from "./correctness/logging-version-missing";
import { mailAdminsWithoutAdmins } from "./correctness/mail-admins-without-admins";
import { mailersConflict } from "./correctness/mailers-conflict";
import { mailersDefaultMissing } from "./correctness/mailers-default-missing";
import { mediaRootMissing } from "./correctness/media-root-missing";
import { middlewareOrder } from "./correctness/middleware-order";
import { middlewareWithoutApp } from "./correctness/middleware-without-app";
import { mysqlStrictModeOff } from "./correctness/mysql-strict-mode-off";
import { pathBackslashEscape } from "./correctness/path-backslash-escape";
import { regexSettingNotCompiled } from "./correctness/regex-setting-not-compiled";
import { relativePathSetting } from "./correctness/relative-path-setting";
import { rootUrlconfMissing } from "./correctness/root-urlconf-missing";
import { scalarSettingIsTuple } from "./correctness/scalar-setting-is-tuple";
import { sequenceSettingIsSet } from "./correctness/sequence-setting-is-set";
import { sequenceSettingIsString } from "./correctness/sequence-setting-is-string";
import { settingHasNoEffect } from "./correctness/setting-has-no-effect";
import { settingNameNotUppercase } from "./correctness/setting-name-not-uppercase";
import { settingNameTypo } from "./correctness/setting-name-typo";
import { settingWrongType } from "./correctness/setting-wrong-type";
import { settingsImportFails } from "./correctness/settings-import-fails";
import { settingsSyntaxError } from "./correctness/settings-syntax-error";
import { siteIdType } from "./correctness/site-id-type";
import { staticRootIsSource } from "./correctness/static-root-is-source";
import { staticRootMissing } from "./correctness/static-root-missing";
import { staticUrlMissing } from "./correctness/static-url-missing";
import { staticfilesDirsContainsStaticRoot } from "./correctness/staticfiles-dirs-contains-static-root";
import { staticfilesPrefixSlash } from "./correctness/staticfiles-prefix-slash";
import { storagesConflict } from "./correctness/storages-conflict";
import { storagesIncomplete } from "./correctness/storages-incomplete";
import { templateStringIfInvalidType } from "./correctness/template-string-if-invalid-type";
import { templateTagLibraryDuplicate } from "./correctness/template-tag-library-duplicate";
import { templatesAppDirsWithLoaders } from "./correctness/templates-app-dirs-with-loaders";
import { templatesEngineNameDuplicate } from "./correctness/templates-engine-name-duplicate";
import { templatesUnknownKey } from "./correctness/templates-unknown-key";
import { timeZoneInvalid } from "./correctness/time-zone-invalid";
import { urlSettingIsPath } from "./correctness/url-setting-is-path";
import { urlSettingMissingSlash } from "./correctness/url-setting-missing-slash";
import { useTzDisabled } from "./correctness/use-tz-disabled";
import { celeryAppWithoutSettings } from "./deployment/celery-app-without-settings";
import { databaseFlushedAtStart } from "./deployment/database-flushed-at-start";
import { debugInDeploymentFile } from "./deployment/debug-in-deployment-file";
import { deploymentValueQuoted } from "./deployment/deployment-value-quoted";
import { djangoVersionOpen } from "./deployment/django-version-open";
import { envVarNotRead } from "./deployment/env-var-not-read";
import { legacyWsgiHandler } from "./deployment/legacy-wsgi-handler";
import { localhostServiceInContainer } from "./deployment/localhost-service-in-container";
import { makemigrationsAtStart } from "./deployment/makemigrations-at-start";
import { migrationsIgnored } from "./deployment/migrations-ignored";
import { reloadInProduction } from "./deployment/reload-in-production";
import { requirementsDriverMissing } from "./deployment/requirements-driver-missing";
import { runserverInProduction } from "./deployment/runserver-in-production";
import { secretInDeploymentFile } from "./deployment/secret-in-deployment-file";
import { serverInterfaceMismatch } from "./deployment/server-interface-mismatch";
import { servicePortPublished } from "./deployment/service-port-published";
import { singleWorkerServer } from "./deployment/single-worker-server";
import { staticNotServed } from "./deployment/static-not-served";
import { staticPathMismatch } from "./deployment/static-path-mismatch";
import { adminsTuples } from "./deprecation/admins-tuples";
import { browserXssFilter } from "./deprecation/browser-xss-filter";
import { databasePsycopg2Alias } from "./deprecation/database-psycopg2-alias";
import { databaseTestKeys } from "./deprecation/database-test-keys";
import { defaultAutoFieldRedundant } from "./deprecation/default-auto-field-redundant";
import { deprecatedDottedPath } from "./deprecation/deprecated-dotted-path";
import { deprecatedSetting } from "./deprecation/deprecated-setting";
import { djangoVersionUnsupported } from "./deprecation/django-version-unsupported";
import { emailSettingsToMailers } from "./deprecation/email-settings-to-mailers";
import { middlewareClasses } from "./deprecation/middleware-classes";
import { passwordResetTimeoutDays } from "./deprecation/password-reset-timeout-days";
import { removedDottedPath } from "./deprecation/removed-dotted-path";
import { removedSettingRule } from "./deprecation/removed-setting";
import { signedCookieLegacySalt } from "./deprecation/signed-cookie-legacy-salt";
import { storagesMigration } from "./deprecation/storages-migration";
import { templateSettings } from "./deprecation/template-settings";
import { transitionalSetting } from "./deprecation/transitional-setting";
import { useL10n } from "./deprecation/use-l10n";
import { useTzDefaultFlip } from "./deprecation/use-tz-default-flip";
import { atomicRequestsInProduction } from "./performance/atomic-requests-in-production";
import { cacheDummyInProduction } from "./performance/cache-dummy-in-production";
import { cacheKeyPrefixCollision } from "./performance/cache-key-prefix-collision";
import { cacheLocalMemory } from "./performance/cache-local-memory";
import { cacheMaxEntriesDefault } from "./performance/cache-max-entries-default";
import { cacheMiddlewareIncomplete } from "./performance/cache-middleware-incomplete";
import { cacheOptionMisplaced } from "./performance/cache-option-misplaced";
import { cacheOptionsWrongBackend } from "./performance/cache-options-wrong-backend";
import { cacheSharesBrokerDatabase } from "./performance/cache-shares-broker-database";
import { cacheSlowBackend } from "./performance/cache-slow-backend";
import { cacheTimeoutZero } from "./performance/cache-timeout-zero";
import { conditionalGetAbsent } from "./performance/conditional-get-absent";
import { connHealthChecksMissing } from "./performance/conn-health-checks-missing";
import { connMaxAgeUnderAsgi } from "./performance/conn-max-age-under-asgi";
import { connMaxAgeZero } from "./performance/conn-max-age-zero";
import { databaseOnAppHost } from "./performance/database-on-app-host";
import { emailTimeoutMissing } from "./performance/email-timeout-missing";
import { loggingDebugLevel } from "./performance/logging-debug-level";
import { loggingFileUnbounded } from "./performance/logging-file-unbounded";
import { manifestStorageInTests } from "./performance/manifest-storage-in-tests";
import { mediaOnLocalDisk } from "./performance/media-on-local-disk";
import { middlewareStackLarge } from "./performance/middleware-stack-large";
import { middlewareUnused } from "./performance/middleware-unused";
import { passwordHasherSlowInTests } from "./performance/password-hasher-slow-in-tests";
import { pgbouncerServerSideCursors } from "./performance/pgbouncer-server-side-cursors";
import { poolWithPersistentConnections } from "./performance/pool-with-persistent-connections";
import { rateLimitCacheNotShared } from "./performance/rate-limit-cache-not-shared";
import { responseCompressionAbsent } from "./performance/response-compression-absent";
import { sessionCacheNotShared } from "./performance/session-cache-not-shared";
import { sessionSaveEveryRequest } from "./performance/session-save-every-request";
import { sessionsInDatabase } from "./performance/sessions-in-database";
import { sqliteDefaultLocking } from "./performance/sqlite-default-locking";
import { sqliteInProduction } from "./performance/sqlite-in-production";
import { staticfilesStorageUnhashed } from "./performance/staticfiles-storage-unhashed";
import { tasksRunInline } from "./performance/tasks-run-inline";
import { templateLoadersUncached } from "./performance/template-loaders-uncached";
import { adminEmailHtmlTraceback } from "./security/admin-email-html-traceback";
import { allowedHostsEmpty } from "./security/allowed-hosts-empty";
import { allowedHostsInvalidEntry } from "./security/allowed-hosts-invalid-entry";
import { allowedHostsWildcard } from "./security/allowed-hosts-wildcard";
import { asyncUnsafeAllowed } from "./security/async-unsafe-allowed";
import { cacheUnauthenticated } from "./security/cache-unauthenticated";
import { contentTypeNosniffDisabled } from "./security/content-type-nosniff-disabled";
import { cookieDomainInvalid } from "./security/cookie-domain-invalid";
import { cookiePathInvalid } from "./security/cookie-path-invalid";
import { credentialsInUrl } from "./security/credentials-in-url";
import { crossOriginOpenerPolicyInvalid } from "./security/cross-origin-opener-policy-invalid";
import { cspConfiguredTwice } from "./security/csp-configured-twice";
import { cspMiddlewareMissing } from "./security/csp-middleware-missing";
import { cspNonceWithoutContextProcessor } from "./security/csp-nonce-without-context-processor";
import { cspSettingNotDict } from "./security/csp-setting-not-dict";
import { csrfChecksBypassed } from "./security/csrf-checks-bypassed";
import { csrfCookieInsecure } from "./security/csrf-cookie-insecure";
import { csrfFailureViewUnresolvable } from "./security/csrf-failure-view-unresolvable";
import { csrfMiddlewareMissing } from "./security/csrf-middleware-missing";
import { csrfTrustedOriginBroad } from "./security/csrf-trusted-origin-broad";
import { csrfTrustedOriginMalformed } from "./security/csrf-trusted-origin-malformed";
import { csrfTrustedOriginScheme } from "./security/csrf-trusted-origin-scheme";
import { databasePasswordEmpty } from "./security/database-password-empty";
import { databasePasswordHardcoded } from "./security/database-password-hardcoded";
import { databaseTlsDisabled } from "./security/database-tls-disabled";
import { debugEnabled } from "./security/debug-enabled";
import { debugFailsOpen } from "./security/debug-fails-open";
import { debugOnPublicHost } from "./security/debug-on-public-host";
import { debugPresenceTest } from "./security/debug-presence-test";
import { debugPropagateExceptions } from "./security/debug-propagate-exceptions";
import { developmentCredentialHardcoded } from "./security/development-credential-hardcoded";
import { filePermissionsUnsafe } from "./security/file-permissions-unsafe";
import { forwardedHostWithWildcard } from "./security/forwarded-host-with-wildcard";
import { hstsDisabled } from "./security/hsts-disabled";
import { hstsNeverSent } from "./security/hsts-never-sent";
import { hstsPreloadDisabled } from "./security/hsts-preload-disabled";
import { hstsPreloadNotEligible } from "./security/hsts-preload-not-eligible";
import { hstsShort } from "./security/hsts-short";
import { hstsSubdomainsDisabled } from "./security/hsts-subdomains-disabled";
import { httpsForcedInDevelopment } from "./security/https-forced-in-development";
import { insecureHttpUrl } from "./security/insecure-http-url";
import { mediaInsideStatic } from "./security/media-inside-static";
import { passwordHasherWeak } from "./security/password-hasher-weak";
import { passwordMinLengthLow } from "./security/password-min-length-low";
import { passwordValidatorsMissing } from "./security/password-validators-missing";
import { permanentRedirectWithoutExemptHealthcheck } from "./security/permanent-redirect-without-exempt-healthcheck";
import { protectionDisabled } from "./security/protection-disabled";
import { proxySslHeaderInvalid } from "./security/proxy-ssl-header-invalid";
import { proxySslHeaderMissing } from "./security/proxy-ssl-header-missing";
import { referrerPolicyDisabled } from "./security/referrer-policy-disabled";
import { referrerPolicyInvalid } from "./security/referrer-policy-invalid";
import { samesiteInvalid } from "./security/samesite-invalid";
import { samesiteNoneWithoutSecure } from "./security/samesite-none-without-secure";
import { secretEnvReadOptional } from "./security/secret-env-read-optional";
import { secretFileNotStripped } from "./security/secret-file-not-stripped";
import { secretKeyEmpty } from "./security/secret-key-empty";
import { secretKeyFallbackInsecure } from "./security/secret-key-fallback-insecure";
import { secretKeyGeneratedAtStart } from "./security/secret-key-generated-at-start";
import { secretKeyHardcoded } from "./security/secret-key-hardcoded";
import { secretKeyInsecureDefault } from "./security/secret-key-insecure-default";
import { secretKeyWeak } from "./security/secret-key-weak";
import { secretSettingHardcoded } from "./security/secret-setting-hardcoded";
import { securityCheckSilenced } from "./security/security-check-silenced";
import { securityMiddlewareMissing } from "./security/security-middleware-missing";
import { sensitivePathServed } from "./security/sensitive-path-served";
import { servedRootExposesSource } from "./security/served-root-exposes-source";
import { sessionCookieHttponlyDisabled } from "./security/session-cookie-httponly-disabled";
import { sessionCookieInsecure } from "./security/session-cookie-insecure";
import { sessionInSignedCookie } from "./security/session-in-signed-cookie";
import { sessionSerializerPickle } from "./security/session-serializer-pickle";
import { signingKeySharedOrShort } from "./security/signing-key-shared-or-short";
import { sslRedirectDisabled } from "./security/ssl-redirect-disabled";
import { sslRedirectLoop } from "./security/ssl-redirect-loop";
import { templateAutoescapeDisabled } from "./security/template-autoescape-disabled";
import { templateDebugEnabled } from "./security/template-debug-enabled";
import { tlsVerificationDisabled } from "./security/tls-verification-disabled";
import { uploadLimitDisabled } from "./security/upload-limit-disabled";
import { xFrameOptionsInvalid } from "./security/x-frame-options-invalid";
import { xFrameOptionsNotDeny } from "./security/x-frame-options-not-deny";
import { xframeMiddlewareMissing } from "./security/xframe-middleware-missing";
import { argvBranching } from "./split-settings/argv-branching";
import { baseDirDepth } from "./split-settings/base-dir-depth";
import { baseDirRelative } from "./split-settings/base-dir-relative";
import { baseNotImported } from "./split-settings/base-not-imported";
import { circularSettingsImport } from "./split-settings/circular-settings-import";
import { configurationsEntryMissing } from "./split-settings/configurations-entry-missing";
import { configuredDirectoryMissing } from "./split-settings/configured-directory-missing";
import { databaseFileNotIgnored } from "./split-settings/database-file-not-ignored";
import { databaseUrlDefaultMissing } from "./split-settings/database-url-default-missing";
import { developmentImportsProduction } from "./split-settings/development-imports-production";
import { dictAliasMutated } from "./split-settings/dict-alias-mutated";
import { dictSettingReplaced } from "./split-settings/dict-setting-replaced";
import { directSettingsImport } from "./split-settings/direct-settings-import";
import { duplicateSettingsModule } from "./split-settings/duplicate-settings-module";
import { engineParity } from "./split-settings/engine-parity";
import { envDefaultConflict } from "./split-settings/env-default-conflict";
import { envFileLoadedLate } from "./split-settings/env-file-loaded-late";
import { envFileNotIgnored } from "./split-settings/env-file-not-ignored";
import { envFileOverridesEnvironment } from "./split-settings/env-file-overrides-environment";
import { envFilePath } from "./split-settings/env-file-path";
import { envVarMissingFromTemplate } from "./split-settings/env-var-missing-from-template";
import { hostnameBranching } from "./split-settings/hostname-branching";
import { inplaceMutationLeaks } from "./split-settings/inplace-mutation-leaks";
import { inplaceMutationOfBase } from "./split-settings/inplace-mutation-of-base";
import { listSettingReplaced } from "./split-settings/list-setting-replaced";
import { listTupleConcat } from "./split-settings/list-tuple-concat";
import { localAppOnlyInDevelopment } from "./split-settings/local-app-only-in-development";
import { localSettingsErrorsSwallowed } from "./split-settings/local-settings-errors-swallowed";
import { localSettingsImportedTooEarly } from "./split-settings/local-settings-imported-too-early";
import { localSettingsNotIgnored } from "./split-settings/local-settings-not-ignored";
import { machineSpecificPath } from "./split-settings/machine-specific-path";
import { modWsgiSetdefault } from "./split-settings/mod-wsgi-setdefault";
import { noProductionModule } from "./split-settings/no-production-module";
import { overrideBeforeStarImport } from "./split-settings/override-before-star-import";
import { productionEntryUsesDevelopment } from "./split-settings/production-entry-uses-development";
import { productionImportsDevelopment } from "./split-settings/production-imports-development";
import { pytestSettingsConflict } from "./split-settings/pytest-settings-conflict";
import { settingMissingInProduction } from "./split-settings/setting-missing-in-production";
import { settingOverwritten } from "./split-settings/setting-overwritten";
import { settingsCallsSetup } from "./split-settings/settings-calls-setup";
import { settingsEagerReverse } from "./split-settings/settings-eager-reverse";
import { settingsEagerTranslation } from "./split-settings/settings-eager-translation";
import { settingsExecInclude } from "./split-settings/settings-exec-include";
import { settingsImportsDjangoConf } from "./split-settings/settings-imports-django-conf";
import { settingsImportsModels } from "./split-settings/settings-imports-models";
import { settingsInitImportsEnvironment } from "./split-settings/settings-init-imports-environment";
import { settingsModuleHardAssigned } from "./split-settings/settings-module-hard-assigned";
import { settingsModuleIsEmptyPackage } from "./split-settings/settings-module-is-empty-package";
import { settingsModuleNotFound } from "./split-settings/settings-module-not-found";
import { settingsMutatedAtRuntime } from "./split-settings/settings-mutated-at-runtime";
import { settingsPrint } from "./split-settings/settings-print";
import { settingsSelectorFailsOpen } from "./split-settings/settings-selector-fails-open";
import { settingsSideEffect } from "./split-settings/settings-side-effect";
import { staleConditionalBlock } from "./split-settings/stale-conditional-block";
import { staleDerivedSetting } from "./split-settings/stale-derived-setting";
import { starImportUnresolved } from "./split-settings/star-import-unresolved";
import { undefinedBaseName } from "./split-settings/undefined-base-name";
import { undefinedSettingUsed } from "./split-settings/undefined-setting-used";
import { unusedSetting } from "./split-settings/unused-setting";
import { workerSettingsMismatch } from "./split-settings/worker-settings-mismatch";
import { suppressionWithoutReason } from "./suppression/suppression-without-reason";
import { unknownRule } from "./suppression/unknown-rule";
import { unusedSuppression } from "./suppression/unused-suppression";
import { celeryAlwaysEager } from "./third-party/celery-always-eager";
import { celeryBrokerUnsuitable } from "./third-party/celery-broker-unsuitable";
import { celeryPickle } from "./third-party/celery-pickle";
import { celerySettingIgnored } from "./third-party/celery-setting-ignored";
import { channelsInMemoryLayer } from "./third-party/channels-in-memory-layer";
import { corsAllowAll } from "./third-party/cors-allow-all";
import { corsLegacyName } from "./third-party/cors-legacy-name";
import { corsLocalhostOrigin } from "./third-party/cors-localhost-origin";
import { corsNotConfigured } from "./third-party/cors-not-configured";
import { corsOriginInvalid } from "./third-party/cors-origin-invalid";
import { corsRegexBroad } from "./third-party/cors-regex-broad";
import { debugToolbarMisconfigured } from "./third-party/debug-toolbar-misconfigured";
import { debugToolbarNotShown } from "./third-party/debug-toolbar-not-shown";
import { devAppInProduction } from "./third-party/dev-app-in-production";
import { drfBasicAuthentication } from "./third-party/drf-basic-authentication";
import { drfBrowsableApi } from "./third-party/drf-browsable-api";
import { drfDefaultPermissionOpen } from "./third-party/drf-default-permission-open";
import { drfPagination } from "./third-party/drf-pagination";
import { drfRemovedKey } from "./third-party/drf-removed-key";
import { drfThrottleRateMissing } from "./third-party/drf-throttle-rate-missing";
import { drfThrottlingAbsent } from "./third-party/drf-throttling-absent";
import { internalIpsWildcard } from "./third-party/internal-ips-wildcard";
import { jwtBlacklistAppMissing } from "./third-party/jwt-blacklist-app-missing";
import { jwtRotationIncomplete } from "./third-party/jwt-rotation-incomplete";
import { jwtTokenLifetimeLong } from "./third-party/jwt-token-lifetime-long";
import { sentryFullSampling } from "./third-party/sentry-full-sampling";
import { storagesPublicMedia } from "./third-party/storages-public-media";
import { whitenoiseDevelopmentMode } from "./third-party/whitenoise-development-mode";
import { whitenoiseStoragePlain } from "./third-party/whitenoise-storage-plain";

/** All rules, by category and in the order in which they are listed to people. */
export const rules: readonly Rule[] = [
  // security
  debugEnabled,
  debugFailsOpen,
  secretKeyHardcoded,
  secretKeyInsecureDefault,
  secretKeyWeak,
  secretKeyGeneratedAtStart,
  secretSettingHardcoded,
  databasePasswordHardcoded,
  credentialsInUrl,
  allowedHostsEmpty,
  allowedHostsWildcard,
  allowedHostsInvalidEntry,
  securityMiddlewareMissing,
  sslRedirectDisabled,
  hstsDisabled,
  csrfMiddlewareMissing,
  csrfCookieInsecure,
  sessionCookieInsecure,
  passwordValidatorsMissing,
  sensitivePathServed,
  xframeMiddlewareMissing,
  hstsSubdomainsDisabled,
  hstsPreloadDisabled,
  contentTypeNosniffDisabled,
  sessionCookieHttponlyDisabled,
  xFrameOptionsNotDeny,
  referrerPolicyDisabled,
  referrerPolicyInvalid,
  crossOriginOpenerPolicyInvalid,
  secretKeyFallbackInsecure,
  secretKeyEmpty,
  cspSettingNotDict,
  cspNonceWithoutContextProcessor,
  csrfFailureViewUnresolvable,
  csrfTrustedOriginScheme,
  asyncUnsafeAllowed,
  debugPropagateExceptions,
  samesiteNoneWithoutSecure,
  samesiteInvalid,
  sessionSerializerPickle,
  sessionInSignedCookie,
  xFrameOptionsInvalid,
  hstsShort,
  csrfTrustedOriginMalformed,
  csrfTrustedOriginBroad,
  proxySslHeaderInvalid,
  passwordHasherWeak,
  debugPresenceTest,
  permanentRedirectWithoutExemptHealthcheck,
  databasePasswordEmpty,
  cookieDomainInvalid,
  cookiePathInvalid,
  passwordMinLengthLow,
  httpsForcedInDevelopment,
  csrfChecksBypassed,
  databaseTlsDisabled,
  tlsVerificationDisabled,
  cacheUnauthenticated,
  insecureHttpUrl,
  securityCheckSilenced,
  protectionDisabled,
  templateDebugEnabled,
  adminEmailHtmlTraceback,
  secretEnvReadOptional,
  secretFileNotStripped,
  signingKeySharedOrShort,
  forwardedHostWithWildcard,
  hstsPreloadNotEligible,
  templateAutoescapeDisabled,
  cspMiddlewareMissing,
  cspConfiguredTwice,
  uploadLimitDisabled,
  filePermissionsUnsafe,
  servedRootExposesSource,
  mediaInsideStatic,
  sslRedirectLoop,
  hstsNeverSent,
  proxySslHeaderMissing,
  developmentCredentialHardcoded,
  debugOnPublicHost,
  // performance
  middlewareUnused,
  templateLoadersUncached,
  connMaxAgeZero,
  cacheLocalMemory,
  sqliteInProduction,
  sessionSaveEveryRequest,
  cacheDummyInProduction,
  pgbouncerServerSideCursors,
  cacheOptionMisplaced,
  cacheOptionsWrongBackend,
  manifestStorageInTests,
  staticfilesStorageUnhashed,
  sessionsInDatabase,
  sessionCacheNotShared,
  rateLimitCacheNotShared,
  cacheSlowBackend,
  cacheMaxEntriesDefault,
  cacheTimeoutZero,
  cacheMiddlewareIncomplete,
  emailTimeoutMissing,
  poolWithPersistentConnections,
  connMaxAgeUnderAsgi,
  loggingDebugLevel,
  connHealthChecksMissing,
  cacheSharesBrokerDatabase,
  cacheKeyPrefixCollision,
  mediaOnLocalDisk,
  passwordHasherSlowInTests,
  sqliteDefaultLocking,
  tasksRunInline,
  loggingFileUnbounded,
  responseCompressionAbsent,
  conditionalGetAbsent,
  middlewareStackLarge,
  databaseOnAppHost,
  atomicRequestsInProduction,
  // split-settings
  baseDirDepth,
  dictSettingReplaced,
  hostnameBranching,
  inplaceMutationLeaks,
  localSettingsImportedTooEarly,
  overrideBeforeStarImport,
  settingOverwritten,
  staleConditionalBlock,
  staleDerivedSetting,
  settingsModuleNotFound,
  settingsModuleIsEmptyPackage,
  productionEntryUsesDevelopment,
  configuredDirectoryMissing,
  settingsCallsSetup,
  settingsImportsModels,
  settingsImportsDjangoConf,
  settingsEagerTranslation,
  settingsEagerReverse,
  settingsPrint,
  noProductionModule,
  localSettingsErrorsSwallowed,
  pytestSettingsConflict,
  workerSettingsMismatch,
  machineSpecificPath,
  productionImportsDevelopment,
  developmentImportsProduction,
  settingsInitImportsEnvironment,
  envFileLoadedLate,
  envFileOverridesEnvironment,
  envFilePath,
  settingsSelectorFailsOpen,
  settingsModuleHardAssigned,
  duplicateSettingsModule,
  listSettingReplaced,
  inplaceMutationOfBase,
  dictAliasMutated,
  undefinedSettingUsed,
  settingMissingInProduction,
  settingsMutatedAtRuntime,
  directSettingsImport,
  localSettingsNotIgnored,
  envFileNotIgnored,
  envVarMissingFromTemplate,
  envDefaultConflict,
  databaseUrlDefaultMissing,
  localAppOnlyInDevelopment,
  engineParity,
  argvBranching,
  unusedSetting,
  modWsgiSetdefault,
  configurationsEntryMissing,
  settingsSideEffect,
  settingsExecInclude,
  starImportUnresolved,
  undefinedBaseName,
  listTupleConcat,
  circularSettingsImport,
  baseDirRelative,
  databaseFileNotIgnored,
  baseNotImported,
  // correctness
  envStringAsBoolean,
  envSplitEmptyString,
  middlewareOrder,
  staticRootMissing,
  errorReportingAbsent,
  emailBackendNotProduction,
  templatesAppDirsWithLoaders,
  templateStringIfInvalidType,
  relativePathSetting,
  staticfilesDirsContainsStaticRoot,
  languageCodeInvalid,
  languagesEntryInvalid,
  languageCodeNotListed,
  siteIdType,
  cacheDefaultMissing,
  mailersDefaultMissing,
  mailersConflict,
  storagesIncomplete,
  staticfilesPrefixSlash,
  urlSettingMissingSlash,
  appWithoutMiddleware,
  appMissingDependency,
  adminTemplateRequirements,
  timeZoneInvalid,
  mysqlStrictModeOff,
  defaultAutoFieldMissing,
  authUserModelInvalid,
  authUserModelNotInstalled,
  templateTagLibraryDuplicate,
  sequenceSettingIsString,
  settingNameTypo,
  djangoPathUnknown,
  dottedPathUnresolved,
  installedAppNotFound,
  installedAppDistributionName,
  installedAppDuplicate,
  duplicateListEntry,
  settingsSyntaxError,
  settingsImportFails,
  implicitStringConcatenation,
  scalarSettingIsTuple,
  sequenceSettingIsSet,
  settingWrongType,
  regexSettingNotCompiled,
  urlSettingIsPath,
  loggingInvalidReference,
  loggingVersionMissing,
  emailTlsSslConflict,
  emailPortMismatch,
  cacheAliasUndefined,
  staticUrlMissing,
  templatesUnknownKey,
  envDefaultNotCast,
  databaseDefaultMissing,
  absolutePathJoin,
  mailAdminsWithoutAdmins,
  appconfigNameMismatch,
  envStringAsInt,
  settingNameNotUppercase,
  adminsInvalid,
  loggingDisablesExistingLoggers,
  loggerRootMisplaced,
  databaseOptionMisplaced,
  databaseEngineInvalid,
  databaseNameMissing,
  storagesConflict,
  templatesEngineNameDuplicate,
  rootUrlconfMissing,
  middlewareWithoutApp,
  appWithoutAuthBackend,
  appOrder,
  formRendererNeedsFormsApp,
  useTzDisabled,
  envNoneDereference,
  loggingMailAdminsUnfiltered,
  emailFromDefault,
  emailHostDefault,
  pathBackslashEscape,
  authUserModelChangedLate,
  settingHasNoEffect,
  mediaRootMissing,
  staticRootIsSource,
  localeFolderName,
  envVarOfMachine,
  // deprecation
  removedSettingRule,
  browserXssFilter,
  transitionalSetting,
  defaultAutoFieldRedundant,
  databasePsycopg2Alias,
  deprecatedSetting,
  removedDottedPath,
  deprecatedDottedPath,
  useTzDefaultFlip,
  adminsTuples,
  emailSettingsToMailers,
  signedCookieLegacySalt,
  databaseTestKeys,
  djangoVersionUnsupported,
  storagesMigration,
  middlewareClasses,
  templateSettings,
  useL10n,
  passwordResetTimeoutDays,
  // deployment
  deploymentValueQuoted,
  runserverInProduction,
  requirementsDriverMissing,
  localhostServiceInContainer,
  singleWorkerServer,
  serverInterfaceMismatch,
  legacyWsgiHandler,
  celeryAppWithoutSettings,
  staticNotServed,
  envVarNotRead,
  secretInDeploymentFile,
  staticPathMismatch,
  debugInDeploymentFile,
  makemigrationsAtStart,
  databaseFlushedAtStart,
  reloadInProduction,
  servicePortPublished,
  migrationsIgnored,
  djangoVersionOpen,
  // third-party
  corsAllowAll,
  corsLocalhostOrigin,
  corsOriginInvalid,
  corsRegexBroad,
  celeryAlwaysEager,
  celeryPickle,
  channelsInMemoryLayer,
  devAppInProduction,
  jwtTokenLifetimeLong,
  drfDefaultPermissionOpen,
  drfThrottlingAbsent,
  drfThrottleRateMissing,
  drfBrowsableApi,
  drfBasicAuthentication,
  drfPagination,
  drfRemovedKey,
  jwtBlacklistAppMissing,
  jwtRotationIncomplete,
  debugToolbarMisconfigured,
  debugToolbarNotShown,
  internalIpsWildcard,
  whitenoiseDevelopmentMode,
  whitenoiseStoragePlain,
  storagesPublicMedia,
  celerySettingIgnored,
  celeryBrokerUnsuitable,
  sentryFullSampling,
  corsNotConfigured,
  corsLegacyName,
  // suppression
  suppressionWithoutReason,
  unknownRule,
  unusedSuppression,
];
