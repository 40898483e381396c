# OzGateway as an image: built with locked packages, shipped without a shell, run by nobody in particular.
ARG DOTNET_VERSION=10.0
ARG VERSION=0.1.0

# The build runs on the builder's own processor, whatever the image is for.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:${DOTNET_VERSION} AS build
ARG TARGETARCH
ARG VERSION
# CI=true makes the restore locked and the build reproducible.
ENV CI=true DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
WORKDIR /source
RUN dotnet tool install CycloneDX --version 6.3.1 --tool-path /tools

# The package graph first: this layer stays as long as no lock file changes.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/OzGateway/OzGateway.csproj src/OzGateway/packages.lock.json src/OzGateway/
COPY src/OzGateway.Payloads/OzGateway.Payloads.csproj src/OzGateway.Payloads/packages.lock.json src/OzGateway.Payloads/
RUN dotnet restore src/OzGateway/OzGateway.csproj -p:PublishReadyToRun=true --locked-mode
# What is in it: every package of the lock file, with version, hash and licence.
RUN /tools/dotnet-CycloneDX src/OzGateway/OzGateway.csproj --disable-package-restore --runtime linux-x64 --no-serial-number --output-format Json --set-name ozgateway --set-version ${VERSION} --output /sbom --filename sbom.cdx.json

COPY .editorconfig ./
COPY src/ src/
# Compiled ahead of time for the image's processor: a start needs no compiler.
RUN dotnet publish src/OzGateway/OzGateway.csproj -c Release -a ${TARGETARCH} --no-restore -p:PublishReadyToRun=true -p:PublishDocumentationFiles=false -p:IsTransformWebConfigDisabled=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET_VERSION}-noble-chiseled AS final
ARG VERSION
ARG DOTNET_VERSION
ARG REVISION=unknown
LABEL org.opencontainers.image.title="OzGateway" \
      org.opencontainers.image.description="Security reverse proxy in front of the Oz Forensics Web Adapter" \
      org.opencontainers.image.vendor="OzGateway" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="mcr.microsoft.com/dotnet/aspnet:${DOTNET_VERSION}-noble-chiseled"
# No diagnostic pipe, so that a read-only root needs no /tmp. The base image names a port that gateway.yaml has to name.
ENV DOTNET_EnableDiagnostics=0 \
    ASPNETCORE_HTTP_PORTS=
WORKDIR /app
COPY --from=build /sbom/sbom.cdx.json ./
COPY --from=build /app ./
USER $APP_UID
# public, backend, admin
EXPOSE 8080 8081 9090
HEALTHCHECK --interval=10s --timeout=5s --start-period=15s --retries=3 \
    CMD ["./ozgateway", "health", "--config", "/etc/ozgateway/gateway.yaml"]
ENTRYPOINT ["./ozgateway"]
CMD ["run", "--config", "/etc/ozgateway/gateway.yaml"]
