{{/* Labels of every object. */}}
{{- define "plm-frontier.labels" -}}
app.kubernetes.io/part-of: plm-frontier
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Labels of an object of a service: (list root component). */}}
{{- define "plm-frontier.serviceLabels" -}}
app.kubernetes.io/component: {{ index . 1 }}
{{ include "plm-frontier.labels" (index . 0) }}
{{- end }}

{{/* What selectors ask for: (list root component). */}}
{{- define "plm-frontier.selector" -}}
app.kubernetes.io/name: {{ index . 1 }}-service
{{- end }}

{{/* Labels of pods: without those that every version of the chart changes. (list root component) */}}
{{- define "plm-frontier.podLabels" -}}
{{ include "plm-frontier.selector" . }}
app.kubernetes.io/component: {{ index . 1 }}
app.kubernetes.io/part-of: plm-frontier
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
{{- with (index . 0).Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Annotation of what has data. */}}
{{- define "plm-frontier.keep" -}}
{{- if .Values.keepOnUninstall }}
annotations:
  helm.sh/resource-policy: keep
{{- end }}
{{- end }}

{{/* Name of a service's image: (list root component). */}}
{{- define "plm-frontier.image" -}}
{{- $root := index . 0 -}}
{{- $component := index . 1 -}}
{{- $own := (index $root.Values $component).image -}}
{{- $cuda := and (eq $component "trainer") (gt (int $root.Values.trainer.gpu.count) 0) -}}
{{- $name := default (printf "%s-service%s" $component (ternary "-cuda" "" $cuda)) $own.name -}}
{{- $path := compact (list $root.Values.image.registry $root.Values.image.repository $name) | join "/" -}}
{{- if $own.digest -}}
{{ $path }}@{{ $own.digest }}
{{- else -}}
{{ $path }}:{{ $own.tag | default $root.Values.image.tag | default $root.Chart.AppVersion }}
{{- end -}}
{{- end }}

{{/* Specification of a claim, by the settings of its volume. */}}
{{- define "plm-frontier.claimSpec" -}}
accessModes: {{ toJson .accessModes }}
{{- with .storageClass }}
storageClassName: {{ . }}
{{- end }}
resources:
  requests:
    storage: {{ .size }}
{{- end }}

{{/* cuda:0,cuda:1,... as many as a trainer has. */}}
{{- define "plm-frontier.devices" -}}
{{- $devices := list -}}
{{- range until (int .Values.trainer.gpu.count) -}}
{{- $devices = append $devices (printf "cuda:%d" .) -}}
{{- end -}}
{{- join "," $devices -}}
{{- end }}

{{/* A file that the chart shares with kustomize by a symbolic link; helm package puts its contents in. (list root path) */}}
{{- define "plm-frontier.file" -}}
{{- $text := (index . 0).Files.Get (index . 1) -}}
{{- if not $text -}}
{{- fail (printf "%s is missing: this copy of the chart has lost its symbolic links; take one from helm package" (index . 1)) -}}
{{- end -}}
{{- $text -}}
{{- end }}
