type Variables = Record<string, string | undefined>;

/**
 * Building the panel loads the configuration too, on machines that have neither secrets nor a database (CI, a Docker
 * build). `npm run build` marks itself with LARDER_BUILD, and gets an environment that no server could use; nothing of
 * the builder's own environment gets into the bundle.
 */
export function buildTimeVariables(variables: Variables): Variables | undefined {
  if (!variables.LARDER_BUILD) return undefined;
  return { NODE_ENV: 'development', DATABASE_URL: 'postgres://build.invalid/none' };
}
