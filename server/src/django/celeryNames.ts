/** The settings of Celery 3 and their names since Celery 4: celery/app/defaults.py of 5.7. Prefixes that stay or change as a whole first. */
const PREFIXES: readonly (readonly [old: string, since: string, names: string])[] = [
  [
    "BROKER_",
    "broker_",
    `CHANNEL_ERROR_RETRY CONNECTION_MAX_RETRIES CONNECTION_RETRY CONNECTION_RETRY_ON_STARTUP CONNECTION_TIMEOUT FAILOVER_STRATEGY
    HEARTBEAT HEARTBEAT_CHECKRATE HOST LOGIN_METHOD PASSWORD POOL_LIMIT PORT READ_URL TRANSPORT TRANSPORT_OPTIONS URL USER USE_SSL
    VHOST WRITE_URL`,
  ],
  [
    "CELERYD_",
    "worker_",
    `AGENT AUTOSCALER CONCURRENCY CONSUMER HIJACK_ROOT_LOGGER LOG_COLOR LOG_DATEFMT LOG_FORMAT MAX_MEMORY_PER_CHILD MAX_TASKS_PER_CHILD
    POOL POOL_PUTLOCKS POOL_RESTARTS PREFETCH_MULTIPLIER PROC_ALIVE_TIMEOUT STATE_DB TASK_LOG_DATEFMT TASK_LOG_FORMAT TIMER
    TIMER_PRECISION`,
  ],
  ["CELERYBEAT_", "beat_", "MAX_LOOP_INTERVAL SCHEDULE SCHEDULER SCHEDULE_FILENAME SYNC_EVERY"],
  [
    "CELERY_",
    "task_",
    `ACKS_LATE ALWAYS_EAGER ANNOTATIONS CREATE_MISSING_QUEUES DEFAULT_DELIVERY_MODE DEFAULT_EXCHANGE DEFAULT_EXCHANGE_TYPE
    DEFAULT_QUEUE DEFAULT_RATE_LIMIT DEFAULT_ROUTING_KEY IGNORE_RESULT QUEUES REJECT_ON_WORKER_LOST REMOTE_TRACEBACKS ROUTES
    STORE_EAGER_RESULT STORE_ERRORS_EVEN_IF_IGNORED TRACK_STARTED`,
  ],
];

const OTHERS = `CELERY_MAX_CACHED_RESULTS:result_cache_max CELERY_TASK_RESULT_EXPIRES:result_expires CELERY_RESULT_DBURI:database_url
  CELERY_RESULT_ENGINE_OPTIONS:database_engine_options CELERY_RESULT_DB_SHORT_LIVED_SESSIONS:database_short_lived_sessions
  CELERY_RESULT_DB_TABLENAMES:database_table_names CELERY_MESSAGE_COMPRESSION:task_compression
  CELERY_EAGER_PROPAGATES_EXCEPTIONS:task_eager_propagates CELERY_SEND_TASK_SENT_EVENT:task_send_sent_event
  CELERYD_TASK_SOFT_TIME_LIMIT:task_soft_time_limit CELERYD_TASK_TIME_LIMIT:task_time_limit
  CELERY_DISABLE_RATE_LIMITS:worker_disable_rate_limits CELERY_ENABLE_REMOTE_CONTROL:worker_enable_remote_control
  CELERYD_WORKER_LOST_WAIT:worker_lost_wait CELERY_REDIRECT_STDOUTS:worker_redirect_stdouts
  CELERY_REDIRECT_STDOUTS_LEVEL:worker_redirect_stdouts_level CELERY_SEND_EVENTS:worker_send_task_events`;

const NEW_NAMES: ReadonlyMap<string, string> = new Map([
  ...PREFIXES.flatMap(([old, since, names]) =>
    names.split(/\s+/).map((name) => [old + name, since + name.toLowerCase()] as const),
  ),
  ...OTHERS.split(/\s+/).map((pair) => pair.split(":") as [string, string]),
]);

/** The name since Celery 4 of a setting of Celery 3, where `CELERY_` before it is not the setting itself. */
export function celeryNewName(setting: string): string | undefined {
  return NEW_NAMES.get(setting);
}

/** Names of Celery 3 that look like a new one behind `CELERY_`. */
const OLD_TOO = /^CELERY_(?:TASK_(?:SERIALIZER|RESULT_EXPIRES|PROTOCOL|PUBLISH_RETRY(?:_POLICY)?)|WORKER_DIRECT)$/;

/** Whether a setting has a name that only `namespace="CELERY"` makes Celery read. */
export function isNewCeleryName(setting: string): boolean {
  return /^CELERY_(?:BROKER|BEAT|WORKER|TASK)_[A-Z]/.test(setting) && !OLD_TOO.test(setting);
}
