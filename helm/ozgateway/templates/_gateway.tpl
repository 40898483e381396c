{{- /* What the chart has to know of values.gateway. Whether it is right is said by `ozgateway check` in the init step. */ -}}

{{- /* gateway.yaml as YAML, the parts that are read here of the kind they should be: what is not is told by the check of the init step. */ -}}
{{- define "ozgateway.sections" -}}
{{- $gateway := fromYaml .Values.gateway -}}
{{- with $gateway.Error -}}{{- fail (printf "values.gateway is no YAML mapping: %s" .) -}}{{- end -}}
{{- range $section := list "doors" "drain" "audit" "store" "telemetry" -}}
{{- $written := get $gateway $section -}}
{{- $_ := set $gateway $section (kindIs "map" $written | ternary $written dict) -}}
{{- end -}}
{{- range $door := list "public" "backend" "admin" -}}
{{- $written := get $gateway.doors $door -}}
{{- $_ := set $gateway.doors $door (kindIs "map" $written | ternary $written dict) -}}
{{- $protocols := get (get $gateway.doors $door) "protocols" -}}
{{- $_ := set (get $gateway.doors $door) "protocols" (kindIs "slice" $protocols | ternary $protocols list) -}}
{{- end -}}
{{- toYaml $gateway -}}
{{- end -}}

{{- /* Takes (list context door): http or https, as the door speaks it. */ -}}
{{- define "ozgateway.scheme" -}}
{{- $gateway := include "ozgateway.sections" (first .) | fromYaml -}}
{{- hasKey (get $gateway.doors (last .)) "tls" | ternary "https" "http" -}}
{{- end -}}

{{- /* Takes the same: what a Service says of the door. Without TLS a door may speak HTTP/2 alone. */ -}}
{{- define "ozgateway.appProtocol" -}}
{{- $gateway := include "ozgateway.sections" (first .) | fromYaml -}}
{{- $protocols := (get $gateway.doors (last .)).protocols -}}
{{- $scheme := include "ozgateway.scheme" . -}}
{{- and (eq $scheme "http") (has "http2" $protocols) (not (has "http1" $protocols)) | ternary "kubernetes.io/h2c" $scheme -}}
{{- end -}}

{{- /* A duration of gateway.yaml in seconds, rounded up; 0 where it is no duration. */ -}}
{{- define "ozgateway.seconds" -}}
{{- $text := toString . -}}
{{- $number := regexFind "^[0-9]+" $text | default "0" | int64 -}}
{{- $unit := regexFind "[a-z]+$" $text -}}
{{- if eq $unit "ms" -}}{{- div (add $number 999) 1000 -}}
{{- else -}}{{- mul $number (get (dict "s" 1 "m" 60 "h" 3600 "d" 86400) $unit | default 0) -}}{{- end -}}
{{- end -}}

{{- /* What would start and never be ready, or be killed before it is done: said here instead. */ -}}
{{- define "ozgateway.check" -}}
{{- $gateway := include "ozgateway.sections" . | fromYaml -}}
{{- range $name, $port := dict "public" "8080" "backend" "8081" "admin" "9090" -}}
{{- $address := (get $gateway.doors $name).address | default (eq $name "admin" | ternary "127.0.0.1:9090" (printf "0.0.0.0:%s" $port)) | toString -}}
{{- if not (has $address (list (printf "0.0.0.0:%s" $port) (printf "[::]:%s" $port))) -}}
{{- fail (printf "values.gateway: doors.%s.address is '%s'; in a pod it must be '0.0.0.0:%s' or '[::]:%s'" $name $address $port $port) -}}
{{- end -}}
{{- end -}}
{{- if or (hasKey $gateway.doors.admin "tls") (and $gateway.doors.admin.protocols (not (has "http1" $gateway.doors.admin.protocols))) -}}
{{- fail "values.gateway: doors.admin has tls or no http1; the kubelet probes it by plain HTTP/1.1" -}}
{{- end -}}
{{- $drain := add (include "ozgateway.seconds" ($gateway.drain.not_ready | default "5s") | int64) (include "ozgateway.seconds" ($gateway.drain.timeout | default "25s") | int64) -}}
{{- if le (int64 .Values.terminationGracePeriodSeconds) $drain -}}
{{- fail (printf "values.terminationGracePeriodSeconds is %d; it must be longer than drain.not_ready + drain.timeout in values.gateway, which is %ds" (int64 .Values.terminationGracePeriodSeconds) $drain) -}}
{{- end -}}
{{- $file := $gateway.audit.file | default "" | toString -}}
{{- $folder := printf "%s/" (trimSuffix "/" .Values.audit.mountPath) -}}
{{- if and $file (or (eq .Values.audit.volume "none") (not (hasPrefix $folder $file))) -}}
{{- fail (printf "values.gateway: audit.file is '%s', where nothing can be written; set values.audit.volume, and write below values.audit.mountPath, '%s'" $file .Values.audit.mountPath) -}}
{{- end -}}
{{- if and (ne .Values.audit.volume "none") (not $file) -}}
{{- fail (printf "values.audit.volume is '%s', but values.gateway has no audit.file: the volume would stay empty" .Values.audit.volume) -}}
{{- end -}}
{{- range $door := list "public" "backend" -}}
{{- $secret := (get $.Values.tls $door).secretName -}}
{{- if and $secret (not (hasKey (get $gateway.doors $door) "tls")) -}}
{{- fail (printf "values.tls.%s is '%s', but values.gateway has no doors.%s.tls: the door would speak plain http" $door $secret $door) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.serviceMonitor.enabled (ne (toString $gateway.telemetry.prometheus) "true") -}}
{{- fail "values.serviceMonitor is enabled, but values.gateway has no telemetry.prometheus: true; there would be nothing to scrape" -}}
{{- end -}}
{{- include "ozgateway.checkMounts" . -}}
{{- if and (hasKey .Values.podDisruptionBudget "minAvailable") (hasKey .Values.podDisruptionBudget "maxUnavailable") -}}
{{- fail "values.podDisruptionBudget has minAvailable and maxUnavailable; take one away: maxUnavailable: null" -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (not (dig "requests" "cpu" "" .Values.resources)) -}}
{{- fail "values.autoscaling counts in per cent of values.resources.requests.cpu, which is not given" -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) -}}
{{- fail (printf "values.autoscaling.minReplicas is %d and maxReplicas is %d; minReplicas must not be larger" (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) -}}
{{- end -}}
{{- end -}}

{{- /* No volume may cover another one, or what the image and the chart put into the pod. */ -}}
{{- define "ozgateway.checkMounts" -}}
{{- $taken := dict "/etc/ozgateway" "gateway.yaml" "/app" "the program" "/run/secrets/tls" "values.tls" -}}
{{- if ne .Values.audit.volume "none" -}}{{- $_ := set $taken .Values.audit.mountPath "values.audit" -}}{{- end -}}
{{- range $volume := .Values.secretVolumes -}}
{{- if and $volume.secretName $volume.secretProviderClass -}}
{{- fail (printf "values.secretVolumes: '%s' has secretName and secretProviderClass; write one of them" $volume.name) -}}
{{- end -}}
{{- range $folder, $owner := $taken -}}
{{- if or (hasPrefix (printf "%s/" $folder) (printf "%s/" $volume.mountPath)) (hasPrefix (printf "%s/" $volume.mountPath) (printf "%s/" $folder)) -}}
{{- fail (printf "values.secretVolumes: '%s' is mounted at %s, but %s is the place of %s" $volume.name $volume.mountPath $folder $owner) -}}
{{- end -}}
{{- end -}}
{{- $_ := set $taken $volume.mountPath (printf "'%s'" $volume.name) -}}
{{- end -}}
{{- end -}}

{{- /* Every from_file or from_env of gateway.yaml, one a line. Takes (list value key). */ -}}
{{- define "ozgateway.secretsAskedFor" -}}
{{- $value := first . -}}
{{- $key := last . -}}
{{- if kindIs "map" $value -}}
{{- range $name, $item := $value -}}
{{- if and (eq $name $key) (kindIs "string" $item) -}}{{- printf "%s\n" $item -}}
{{- else -}}{{- include "ozgateway.secretsAskedFor" (list $item $key) -}}{{- end -}}
{{- end -}}
{{- else if kindIs "slice" $value -}}
{{- range $value -}}{{- include "ozgateway.secretsAskedFor" (list . $key) -}}{{- end -}}
{{- end -}}
{{- end -}}

{{- /* Those of them that neither env nor a mounted Secret provides, one a line. */ -}}
{{- define "ozgateway.secretsMissing" -}}
{{- $gateway := include "ozgateway.sections" . | fromYaml -}}
{{- $variables := list -}}
{{- range .Values.env -}}{{- $variables = append $variables .name -}}{{- end -}}
{{- $folders := list -}}
{{- range .Values.secretVolumes -}}{{- $folders = append $folders .mountPath -}}{{- end -}}
{{- range $door := list "public" "backend" -}}
{{- if (get $.Values.tls $door).secretName -}}{{- $folders = append $folders (printf "/run/secrets/tls/%s" $door) -}}{{- end -}}
{{- end -}}
{{- range include "ozgateway.secretsAskedFor" (list $gateway "from_env") | splitList "\n" | compact | uniq -}}
{{- if not (has . $variables) -}}{{- printf "variable %s\n" . -}}{{- end -}}
{{- end -}}
{{- range $file := include "ozgateway.secretsAskedFor" (list $gateway "from_file") | splitList "\n" | compact | uniq -}}
{{- $found := false -}}
{{- range $folders -}}{{- if hasPrefix (printf "%s/" (trimSuffix "/" .)) $file -}}{{- $found = true -}}{{- end -}}{{- end -}}
{{- if not $found -}}{{- printf "file %s\n" $file -}}{{- end -}}
{{- end -}}
{{- end -}}

{{- /* "true" where several replicas would each count for themselves. */ -}}
{{- define "ozgateway.countsApart" -}}
{{- $gateway := include "ozgateway.sections" . | fromYaml -}}
{{- $most := .Values.autoscaling.enabled | ternary (int .Values.autoscaling.maxReplicas) (int .Values.replicas) -}}
{{- if and (gt $most 1) (not $gateway.store.redis) -}}true{{- end -}}
{{- end -}}
