# Larder for production. Build: docker build -t larder .   Run: see compose.yaml and docs/operations.md.

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts ./scripts
COPY config ./config
COPY database ./database
COPY public ./public
COPY src ./src
# Builds the server and the admin panel. Needs neither secrets nor a database.
RUN npm run build
RUN cd src/plugins && for plugin in *; do mkdir -p /app/plugins/$plugin && cp $plugin/package.json /app/plugins/$plugin/; done

FROM node:20-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

FROM node:20-bookworm-slim
ENV NODE_ENV=production TZ=UTC HOST=0.0.0.0 PORT=1337 STRAPI_TELEMETRY_DISABLED=true
WORKDIR /app
COPY --from=packages --chown=node:node /app/node_modules ./node_modules
COPY --from=build --chown=node:node /app/dist ./dist
# tsconfig.json tells `strapi start` where the build is; the plugins' package.json files say which part of it is theirs.
COPY --chown=node:node package.json tsconfig.json favicon.png ./
COPY --from=build --chown=node:node /app/plugins ./src/plugins
COPY --chown=node:node public ./public
RUN chown node:node /app
USER node
EXPOSE 1337
# Alive. Whether it can serve a purchase now is /ready, for a load balancer: a database that is away is no reason to restart it.
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/_health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# What `npm start` runs, without npm between: npm would not pass SIGTERM on, and doors could not be handed over.
CMD ["node", "dist/scripts/start.js"]
