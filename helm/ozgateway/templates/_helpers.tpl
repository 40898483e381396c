{{- define "ozgateway.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- /* 45 characters leave room for the longest suffix. */ -}}
{{- define "ozgateway.fullname" -}}
{{- $name := include "ozgateway.name" . -}}
{{- $full := .Values.fullnameOverride | default (contains $name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name $name)) -}}
{{- $full | trunc 45 | trimSuffix "-" -}}
{{- end -}}

{{- define "ozgateway.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (.Values.serviceAccount.create | ternary (include "ozgateway.fullname" .) "default") -}}
{{- end -}}

{{- define "ozgateway.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}{{ .repository }}@{{ .digest }}{{- else -}}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{- end -}}
{{- end -}}
{{- end -}}

{{- define "ozgateway.releaseLabels" -}}
app.kubernetes.io/name: {{ include "ozgateway.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- /* Of the gateway's pods alone: the pod of `helm test` has another component. */ -}}
{{- define "ozgateway.selectorLabels" -}}
{{ include "ozgateway.releaseLabels" . }}
app.kubernetes.io/component: gateway
{{- end -}}

{{- define "ozgateway.testLabels" -}}
{{ include "ozgateway.releaseLabels" . }}
app.kubernetes.io/component: test
{{- end -}}

{{- /* Without a component: each object names its own. */ -}}
{{- define "ozgateway.labels" -}}
{{ include "ozgateway.releaseLabels" . }}
app.kubernetes.io/part-of: ozgateway
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | trunc 63 | trimAll "-_." | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end -}}

{{- define "ozgateway.containerSecurity" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "ozgateway.podSecurity" -}}
runAsNonRoot: true
{{- with .Values.securityContext }}
{{- range $key := list "runAsUser" "runAsGroup" "fsGroup" }}
{{- with get $.Values.securityContext $key }}
{{ $key }}: {{ int64 . }}
{{- end }}
{{- end }}
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "ozgateway.policyPorts" -}}
{{- range . }}
- { protocol: TCP, port: {{ . }} }
{{- end }}
{{- end -}}

{{- define "ozgateway.dnsEgress" -}}
{{- with .Values.networkPolicy.egress.dns }}
{{- if .to -}}
- to:
    {{- toYaml .to | nindent 4 }}
  ports:
    {{- range .ports }}
    - { protocol: UDP, port: {{ . }} }
    - { protocol: TCP, port: {{ . }} }
    {{- end }}
{{- end }}
{{- end }}
{{- end -}}
