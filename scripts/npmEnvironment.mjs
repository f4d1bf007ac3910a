import { delimiter } from "node:path";

/**
 * The environment without what npm adds for the scripts that it runs. Below `npm run`, the installation would otherwise
 * take the outer npm's word for its own: code-server reads the version of Node from `npm_config_user_agent`, node-gyp is
 * looked up in the PATH of the outer npm. What people set themselves (registry, cache, proxy, user configuration) stays.
 */
export function withoutOuterNpm(env) {
  const added =
    /^(?:npm_(?:package|lifecycle|command|execpath|node_execpath)|npm_config_(?:user_agent|global_prefix|local_prefix|prefix|node_gyp|nodedir|init_module)$|NODE$|INIT_CWD$)/;
  const kept = Object.entries(env).filter(([name]) => !added.test(name));
  const isAddedFolder = (folder) => /[\\/](?:node_modules[\\/]\.bin|node-gyp-bin)[\\/]?$/.test(folder);
  const path = (env.PATH ?? "").split(delimiter).filter((folder) => !isAddedFolder(folder));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}
