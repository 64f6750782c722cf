{{/* A rule's peers and ports. */}}
{{- define "plm-frontier.podPeer" -}}
- podSelector:
    matchLabels:
      {{ index . 0 }}: {{ index . 1 }}
{{- end }}
{{- define "plm-frontier.namespacePeer" -}}
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ . }}
{{- end }}
{{- define "plm-frontier.ports" -}}
ports:
  {{- range . }}
  - protocol: TCP
    port: {{ . }}
  {{- end }}
{{- end }}

{{/* Head of a policy: (list root name). */}}
{{- define "plm-frontier.policy" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ index . 1 }}
  namespace: {{ (index . 0).Release.Namespace }}
  labels:
    {{- include "plm-frontier.labels" (index . 0) | nindent 4 }}
{{- end }}

{{/* All addresses but private ones, by HTTPS. */}}
{{- define "plm-frontier.internet" -}}
- to:
    - ipBlock:
        cidr: 0.0.0.0/0
        except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16]
  {{- include "plm-frontier.ports" (list 443) | nindent 2 }}
{{- end }}
