{{- define "ozgateway.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 54 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 54 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "ozgateway.selectorLabels" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "ozgateway.labels" -}}
{{ include "ozgateway.selectorLabels" . }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | trunc 63 | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 }}
{{- end -}}

{{- /* What the check before the start and the gateway itself have in common: both must see the same secrets. */ -}}
{{- define "ozgateway.container" -}}
image: {{ printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  runAsNonRoot: true
  capabilities:
    drop: [ALL]
{{- with .Values.env }}
env:
{{- range . }}
  - name: {{ .name }}
    valueFrom:
      secretKeyRef:
        {{- toYaml .secretKeyRef | nindent 8 }}
{{- end }}
{{- end }}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
volumeMounts:
  - name: config
    mountPath: /etc/ozgateway
    readOnly: true
{{- range .Values.secretVolumes }}
  - name: {{ printf "secret-%s" .name }}
    mountPath: {{ .mountPath | quote }}
    readOnly: true
{{- end }}
{{- end -}}

{{- /* A door on another port, or an admin door on loopback, would start and never be ready: said here instead. */ -}}
{{- define "ozgateway.checkDoors" -}}
{{- $gateway := fromYaml .Values.gateway -}}
{{- with $gateway.Error -}}{{- fail (printf "values.gateway is no YAML: %s" .) -}}{{- end -}}
{{- $doors := $gateway.doors | default dict -}}
{{- range $name, $port := dict "public" "8080" "backend" "8081" "admin" "9090" -}}
{{- $address := (get $doors $name | default dict).address | default (eq $name "admin" | ternary "127.0.0.1:9090" (printf "0.0.0.0:%s" $port)) -}}
{{- if not (has $address (list (printf "0.0.0.0:%s" $port) (printf "[::]:%s" $port))) -}}
{{- fail (printf "values.gateway: doors.%s.address is '%s'; in a pod it must be '0.0.0.0:%s' or '[::]:%s'" $name $address $port $port) -}}
{{- end -}}
{{- end -}}
{{- end -}}
