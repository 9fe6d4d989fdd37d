# One image for the three services; docker-compose.yml says which one a container runs.

# What the dependencies follow from: they are installed again only when one of these files changes.
FROM node:24-bookworm-slim AS manifests
WORKDIR /src
COPY . .
RUN find . -type f ! -name package.json ! -name package-lock.json -delete

FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY --from=manifests /src .
RUN npm install --no-save --no-audit --no-fund --loglevel error
COPY . .
RUN npx tsc -b apps/gateway apps/herder apps/task-executor \
 && rm -rf node_modules \
 && find . -type f ! -path '*/dist/*.js' -delete \
 && find . -type d -empty -delete

# What the services need to run; links to what they do not need are taken away.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /src
COPY --from=manifests /src .
RUN npm install --omit=dev --no-save --no-audit --no-fund --loglevel error -w apps/gateway -w apps/herder -w apps/task-executor \
 && rm -rf package-lock.json tools libs/testing apps/cluster-e2e \
 && find . -xtype l -delete \
 && find . -type f \( -name '*.ts' -o -name '*.map' -o -name '*.md' \) -delete \
 && find . -type d -empty -delete

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /opt/tributary
RUN mkdir /data /plugins && chown node:node /data /plugins
COPY --from=dependencies /src .
COPY --from=build /src .
USER node
EXPOSE 8083
CMD ["node", "apps/gateway/dist/main.js"]
