# One image for the three services; docker-compose.yml says which one a container runs.
FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
COPY apps/gateway/package.json apps/gateway/
COPY apps/herder/package.json apps/herder/
COPY apps/task-executor/package.json apps/task-executor/
COPY libs/config-schemas/package.json libs/config-schemas/
COPY libs/connect-api/package.json libs/connect-api/
COPY libs/connectors/file/package.json libs/connectors/file/
COPY libs/control-plane/package.json libs/control-plane/
COPY libs/converters/package.json libs/converters/
COPY libs/error-policy/package.json libs/error-policy/
COPY libs/group-membership/package.json libs/group-membership/
COPY libs/kafka-client/package.json libs/kafka-client/
COPY libs/kafka-storage/package.json libs/kafka-storage/
COPY libs/observability/package.json libs/observability/
COPY libs/plugin-host/package.json libs/plugin-host/
COPY libs/plugins/package.json libs/plugins/
COPY libs/rest-api/package.json libs/rest-api/
COPY libs/task-runtime/package.json libs/task-runtime/
COPY libs/testing/package.json libs/testing/
COPY tools/package.json tools/
RUN npm ci --no-audit --no-fund
COPY nx.json tsconfig.base.json ./
COPY apps apps
COPY libs libs
RUN npx nx run-many -t build --projects=@tributary/gateway,@tributary/herder,@tributary/task-executor \
 && npm prune --omit=dev --no-audit --no-fund \
 && find apps libs \( -name src -o -name '*.tsbuildinfo' -o -name '*.d.ts' -o -name '*.map' \) -prune -exec rm -rf {} +

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /opt/tributary
RUN mkdir /data /plugins && chown node:node /data /plugins
COPY --from=build /src/package.json ./
COPY --from=build /src/node_modules node_modules
COPY --from=build /src/libs libs
COPY --from=build /src/apps apps
USER node
EXPOSE 8083
CMD ["node", "apps/gateway/dist/main.js"]
