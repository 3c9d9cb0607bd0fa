# The service as JavaScript, without the dependencies that only development needs and without the contract checker.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# The other workspace, verify, is not copied, so npm does not install its dependencies.
COPY client/package.json client/
# No dependency needs an install script here.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json build.ts openapi.yaml ./
COPY generated generated
COPY contract contract
COPY client client
COPY server server
RUN npm run build -- service && npm prune --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/client client
COPY --from=build /app/dist dist
# The service runs as the user node, who must own the data.
RUN mkdir /data && chown node:node /data
USER node
ENV HOST=0.0.0.0 DATA_DIR=/data
VOLUME /data
EXPOSE 3000
# The image has no curl.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 3000) + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "dist/server/cli/cli.js", "serve"]
