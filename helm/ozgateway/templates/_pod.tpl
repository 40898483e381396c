{{- /* What the check before the start and the gateway itself have in common: both must see the same secrets. */ -}}
{{- define "ozgateway.container" -}}
image: {{ include "ozgateway.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  {{- include "ozgateway.containerSecurity" . | nindent 2 }}
resources:
  {{- toYaml .Values.resources | nindent 2 }}
{{- end -}}

{{- /* Takes (list context own): with the pod's own variables, or with the secrets alone. */ -}}
{{- define "ozgateway.env" -}}
{{- $own := last . -}}
{{- with first . -}}
{{- if and $own (or .Values.otlp.endpoint (eq .Values.audit.volume "claim")) }}
- name: POD_NAME
  valueFrom: { fieldRef: { fieldPath: metadata.name } }
{{- end }}
{{- if and $own .Values.otlp.endpoint }}
- name: POD_NAMESPACE
  valueFrom: { fieldRef: { fieldPath: metadata.namespace } }
- { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ .Values.otlp.endpoint | quote }} }
- { name: OTEL_EXPORTER_OTLP_PROTOCOL, value: {{ .Values.otlp.protocol }} }
- { name: OTEL_RESOURCE_ATTRIBUTES, value: "k8s.pod.name=$(POD_NAME),k8s.namespace.name=$(POD_NAMESPACE)" }
{{- end }}
{{- range .Values.env }}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      {{- toYaml .secretKeyRef | nindent 6 }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "ozgateway.mounts" -}}
- name: config
  mountPath: /etc/ozgateway
  readOnly: true
{{- range .Values.secretVolumes }}
- name: {{ printf "secret-%s" .name }}
  mountPath: {{ .mountPath | quote }}
  readOnly: true
{{- end }}
{{- range $door := list "public" "backend" }}
{{- if (get $.Values.tls $door).secretName }}
- name: tls-{{ $door }}
  mountPath: /run/secrets/tls/{{ $door }}
  readOnly: true
{{- end }}
{{- end }}
{{- end -}}

{{- define "ozgateway.volumes" -}}
- name: config
  configMap:
    name: {{ include "ozgateway.fullname" . }}
    defaultMode: 292 # 0444
{{- range .Values.secretVolumes }}
- name: {{ printf "secret-%s" .name }}
  {{- if .secretName }}
  secret:
    secretName: {{ .secretName }}
    defaultMode: 288 # 0440, for fsGroup
  {{- else }}
  csi:
    driver: secrets-store.csi.k8s.io
    readOnly: true
    volumeAttributes:
      secretProviderClass: {{ .secretProviderClass }}
  {{- end }}
{{- end }}
{{- range $door := list "public" "backend" }}
{{- with (get $.Values.tls $door).secretName }}
- name: tls-{{ $door }}
  secret:
    secretName: {{ . }}
    defaultMode: 288 # 0440, for fsGroup
{{- end }}
{{- end }}
{{- if eq .Values.audit.volume "emptyDir" }}
- name: audit
  emptyDir:
    sizeLimit: {{ .Values.audit.sizeLimit }}
{{- else if eq .Values.audit.volume "claim" }}
- name: audit
  persistentVolumeClaim:
    claimName: {{ .Values.audit.existingClaim }}
{{- end }}
{{- end -}}

{{- define "ozgateway.probe" -}}
httpGet: { path: {{ first . }}, port: admin, scheme: HTTP }
{{ toYaml (last .) }}
{{- end -}}

{{- /* Soft by default: a cluster of one zone or one node still takes every pod. */ -}}
{{- define "ozgateway.topologySpread" -}}
{{- range $key, $topology := dict "zone" "topology.kubernetes.io/zone" "node" "kubernetes.io/hostname" }}
{{- $when := get $.Values.topologySpread $key }}
{{- if ne $when "none" }}
- maxSkew: 1
  topologyKey: {{ $topology }}
  whenUnsatisfiable: {{ $when }}
  labelSelector:
    matchLabels:
      {{- include "ozgateway.selectorLabels" $ | nindent 6 }}
  matchLabelKeys: [pod-template-hash]
{{- end }}
{{- end }}
{{- end -}}

{{- /*
What the Secrets are, without what they hold: uid and resourceVersion change with every write, and tell nobody who can read the
Deployment anything about a value. Files of tls are left out: the gateway takes renewed ones up by itself.
*/ -}}
{{- define "ozgateway.secretsHash" -}}
{{- $names := list -}}
{{- range .Values.env -}}{{- $names = append $names .secretKeyRef.name -}}{{- end -}}
{{- range .Values.secretVolumes -}}{{- with .secretName -}}{{- $names = append $names . -}}{{- end -}}{{- end -}}
{{- $seen := list .Values.secretsHash.revision -}}
{{- range $names | uniq | sortAlpha -}}
{{- $seen = append $seen . -}}
{{- if $.Values.secretsHash.lookup -}}
{{- $secret := lookup "v1" "Secret" $.Release.Namespace . -}}
{{- $seen = concat $seen (list (dig "metadata" "uid" "" $secret) (dig "metadata" "resourceVersion" "" $secret)) -}}
{{- end -}}
{{- end -}}
{{- $seen | join "\n" | sha256sum -}}
{{- end -}}
