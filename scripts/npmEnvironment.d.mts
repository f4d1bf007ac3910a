export declare function withoutOuterNpm(env: NodeJS.ProcessEnv): Record<string, string | undefined>;
