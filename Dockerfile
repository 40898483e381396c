# OzGateway as an image: built with locked packages, shipped without a shell, run by nobody in particular.
ARG DOTNET_VERSION=10.0

FROM mcr.microsoft.com/dotnet/sdk:${DOTNET_VERSION} AS build
# CI=true makes the restore locked and the build reproducible.
ENV CI=true DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
WORKDIR /source

# The package graph first: this layer stays as long as no lock file changes.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/OzGateway/OzGateway.csproj src/OzGateway/packages.lock.json src/OzGateway/
COPY src/OzGateway.Payloads/OzGateway.Payloads.csproj src/OzGateway.Payloads/packages.lock.json src/OzGateway.Payloads/
RUN dotnet restore src/OzGateway/OzGateway.csproj --locked-mode

COPY .editorconfig ./
COPY src/ src/
# Framework-dependent and without a runtime identifier: the lock files hold no graph for one.
RUN dotnet publish src/OzGateway/OzGateway.csproj -c Release --no-restore -p:PublishDocumentationFiles=false -p:IsTransformWebConfigDisabled=true -o /app

FROM mcr.microsoft.com/dotnet/aspnet:${DOTNET_VERSION}-noble-chiseled AS final
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="OzGateway" \
      org.opencontainers.image.description="Security reverse proxy in front of the Oz Forensics Web Adapter" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# No diagnostic pipe, so that a read-only root needs no /tmp. The base image names a port that gateway.yaml has to name.
ENV DOTNET_EnableDiagnostics=0 \
    ASPNETCORE_HTTP_PORTS=
WORKDIR /app
COPY --from=build /app ./
USER $APP_UID
# public, backend, admin
EXPOSE 8080 8081 9090
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s --retries=3 \
    CMD ["./ozgateway", "health", "--config", "/etc/ozgateway/gateway.yaml"]
ENTRYPOINT ["./ozgateway"]
CMD ["run", "--config", "/etc/ozgateway/gateway.yaml"]
