# The service, with its types compiled away and without what only development needs.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY client/package.json client/
COPY verify/package.json verify/
# The lock's own TypeScript; nothing here needs an install script.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json build.ts openapi.yaml ./
COPY generated generated
COPY contract contract
COPY server server
COPY client client
RUN npm run build -- service && npm prune --omit=dev --ignore-scripts --workspace=client --include-workspace-root

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/client client
COPY --from=build /app/dist dist
# The data is the user's that the service runs as.
RUN mkdir /data && chown node:node /data
USER node
ENV HOST=0.0.0.0 DATA_DIR=/data
VOLUME /data
EXPOSE 3000
# The image has no curl.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "dist/server/cli/cli.js", "serve"]
