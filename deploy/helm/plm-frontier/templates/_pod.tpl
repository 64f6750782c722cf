{{/* What all pods have: (list root component priorityClassName). */}}
{{- define "plm-frontier.pod" -}}
{{- $root := index . 0 -}}
{{- $own := index $root.Values (index . 1) -}}
{{- with index . 2 -}}
priorityClassName: {{ . }}
{{ end -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with $root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "plm-frontier.selector" . | nindent 8 }}
{{- end }}

{{/* What all containers have before their environment: (list root component port). */}}
{{- define "plm-frontier.container" -}}
{{- $root := index . 0 -}}
name: {{ index . 1 }}-service
image: {{ include "plm-frontier.image" . }}
{{- with $root.Values.image.pullPolicy }}
imagePullPolicy: {{ . }}
{{- end }}
ports:
  - name: http
    containerPort: {{ index . 2 }}
# Whether the process is up; what it waits for is told by readiness and is no reason to start it again.
startupProbe:
  httpGet:
    path: /q/health/live
    port: http
  # Ten minutes: on a loaded node a start takes five, and starting again only adds load.
  periodSeconds: 2
  failureThreshold: 300
livenessProbe:
  httpGet:
    path: /q/health/live
    port: http
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet:
    path: /q/health/ready
    port: http
  periodSeconds: 5
  timeoutSeconds: 5
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: ["ALL"]
{{- end }}

{{/* Logs, broker and tokens: (list root component). */}}
{{- define "plm-frontier.env" -}}
{{- $root := index . 0 -}}
- name: QUARKUS_LOG_CONSOLE_JSON_ENABLED
  value: {{ $root.Values.logs.json | quote }}
- name: KAFKA_BOOTSTRAP_SERVERS
  value: plm-kafka-bootstrap:9093
- name: KAFKA_SECURITY_PROTOCOL
  value: SASL_SSL
- name: KAFKA_SASL_MECHANISM
  value: SCRAM-SHA-512
- name: KAFKA_SASL_JAAS_CONFIG
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 }}-service
      key: sasl.jaas.config
- name: KAFKA_SSL_TRUSTSTORE_TYPE
  value: PEM
- name: KAFKA_SSL_TRUSTSTORE_LOCATION
  value: /etc/kafka-ca/ca.crt
- name: {{ upper (index . 1) }}_ACCESS_TOKENS
  valueFrom:
    secretKeyRef:
      name: {{ $root.Values.access.secret }}
      key: {{ $root.Values.access.key }}
      optional: true
{{- range $name, $value := (index $root.Values (index . 1)).env }}
- name: {{ $name }}
  value: {{ kindIs "string" $value | ternary $value (toJson $value) | quote }}
{{- end }}
{{- end }}

{{/* Database: its name, which is the component's. */}}
{{- define "plm-frontier.databaseEnv" -}}
- name: QUARKUS_DATASOURCE_JDBC_URL
  value: jdbc:postgresql://{{ . }}-db-rw:5432/{{ . }}?sslmode=verify-full&sslrootcert=/etc/postgres-ca/ca.crt
- name: QUARKUS_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ . }}-db-app
      key: username
- name: QUARKUS_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ . }}-db-app
      key: password
{{- end }}

{{/* Mount of an authority's certificate by its name, and its volume: (list name secret). */}}
{{- define "plm-frontier.caMount" -}}
- name: {{ . }}
  mountPath: /etc/{{ . }}
  readOnly: true
{{- end }}
{{- define "plm-frontier.caVolume" -}}
- name: {{ index . 0 }}
  secret:
    secretName: {{ index . 1 }}
    items:
      - key: ca.crt
        path: ca.crt
{{- end }}
