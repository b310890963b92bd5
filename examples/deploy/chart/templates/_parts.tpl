{{- define "apay.image" -}}
{{- $image := .Values.image -}}
{{- $repository := required "image.repository: name the registry and the image that you pushed" $image.repository -}}
{{- if $image.digest -}}
{{ $repository }}@{{ $image.digest }}
{{- else -}}
{{ $repository }}:{{ default .Chart.AppVersion $image.tag }}
{{- end -}}
{{- end -}}

{{- define "apay.name" -}}
{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- end -}}

{{- define "apay.labels" -}}
app.kubernetes.io/name: amazon-pay-books
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end -}}

{{- define "apay.selector" -}}
app.kubernetes.io/name: amazon-pay-books
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* What every pod has: no rights, nothing to write but /tmp, the configuration and the keys. */}}
{{- define "apay.pod" -}}
automountServiceAccountToken: false
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  - name: config
    configMap:
      name: {{ include "apay.name" . }}-config
  - name: tmp
    emptyDir: {}
  {{- if .Values.secrets.keys }}
  - name: keys
    secret:
      secretName: {{ .Values.secrets.keys }}
      defaultMode: 288
  {{- end }}
{{- end -}}

{{- define "apay.container" -}}
image: {{ include "apay.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: ["ALL"]
env:
  - name: APAY_CONFIG
    value: /etc/apay/apay.config.json
  - name: APAY_DATA_DIR
    value: /tmp/apay
volumeMounts:
  - name: config
    mountPath: /etc/apay/apay.config.json
    subPath: apay.config.json
    readOnly: true
  - name: tmp
    mountPath: /tmp
  {{- if .Values.secrets.keys }}
  - name: keys
    mountPath: /etc/apay/keys
    readOnly: true
  {{- end }}
{{- end -}}
